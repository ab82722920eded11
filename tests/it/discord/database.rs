//! The file of the database: who can read it, what stays in it, whose it is, and what happens when another one comes in its place.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use expect_test::expect;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, query, raw_sql};
use tokio::time::timeout;

use super::onboarding::{forget_me, onboard, press, start, walk};
use super::scene::{self, LOUD, Scene, TEA_AND_COFFEE};
use super::sent::{line, title};
use crate::bot::Bot;
use crate::folder::Folder;
use crate::standin::events::{OTHER_GUILD, OTHER_USER, Origin, in_server, snowflake};
use crate::standin::{Standin, TIME_OUT};

/// People who take a tour; so many that SQLite moves their rows from page to page.
const PEOPLE: usize = 150;

fn asker() -> Origin {
    Origin::guild()
}

/// A database with what SQLite keeps beside it.
fn files_of(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", database.display())))
}

/// Those of the ids that can be found in a database or in what SQLite keeps beside it, as SQLite writes numbers.
fn readable<'i>(database: &Path, ids: impl IntoIterator<Item = &'i String>) -> Vec<&'i String> {
    let files = files_of(database).map(|file| fs::read(file).unwrap_or_default());
    let is_there = |id: &&String| {
        let number = id.parse::<u64>().expect("an id is a number").to_be_bytes();
        files.iter().any(|file| file.windows(number.len()).any(|bytes| bytes == number))
    };
    ids.into_iter().filter(is_there).collect()
}

/// Waits until everything is done that was begun in the database: calls follow each other.
pub(super) async fn quiet(scene: &Scene) {
    let nobody = asker().user(&snowflake());
    while line(&start(scene, &nobody).await.sent).contains("cannot look up") {}
}

/// Waits until none of the ids can be read in the files any more: what was deleted is taken out of them soon after. It is deleted
/// once, and only looked at here.
async fn wait_until_unreadable(scene: &Scene, database: &Path, ids: &[&String]) {
    let search = async {
        while !readable(database, ids.iter().copied()).is_empty() {
            quiet(scene).await;
        }
    };
    let found = timeout(TIME_OUT, search).await;
    assert!(found.is_ok(), "still readable after {TIME_OUT:?}: {:?}", readable(database, ids.iter().copied()));
}

async fn open(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.expect("the database can be opened")
}

async fn execute(file: &Path, sql: &'static str) {
    let mut connection = open(file).await;
    raw_sql(sql).execute(&mut connection).await.expect("it can be carried out");
    connection.close().await.expect("it can be closed");
}

/// The steps of the asker in a file, and whether the file is in order.
async fn steps_in(file: &Path) -> (Vec<String>, String) {
    let mut connection = open(file).await;
    let steps = query("SELECT step FROM progress").fetch_all(&mut connection).await.expect("it can be read");
    let check = query("PRAGMA integrity_check").fetch_one(&mut connection).await.expect("it can be checked");
    connection.close().await.expect("it can be closed");
    (steps.iter().map(|row| row.get(0)).collect(), check.get(0))
}

#[tokio::test]
async fn nothing_of_a_person_who_is_forgotten_can_be_read_in_the_files() {
    let scene = Scene::start().await;
    let database = scene.standin.database();
    let people: Vec<String> = (0..PEOPLE).map(|_| snowflake()).collect();
    for person in &people {
        walk(&scene, &asker().user(person), &["Brewing"]).await;
    }
    assert_eq!(readable(&database, &people).len(), PEOPLE);
    let (kept, forgotten): (Vec<_>, Vec<_>) = people.iter().enumerate().partition(|(number, _)| number % 3 == 0);
    let [kept, forgotten] = [kept, forgotten].map(|people| people.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    for person in &forgotten {
        let sent = scene.interact(&forget_me(&asker().user(person))).await;
        assert_eq!(line(&sent), "answers privately: Forgotten");
    }
    wait_until_unreadable(&scene, &database, &forgotten).await;
    assert_eq!(readable(&database, kept.clone()), kept);
    scene.finish().await;
}

#[tokio::test]
async fn nothing_of_a_server_that_is_left_can_be_read_in_the_files() {
    let scene = Scene::start().await;
    let database = scene.standin.database();
    let mut people: Vec<String> = (0..PEOPLE).map(|_| snowflake()).collect();
    for person in &people {
        let origin = asker().user(person);
        let shown = scene.use_command(&origin, &in_server(onboard(&origin, "start"), OTHER_GUILD)).await;
        scene.interact(&in_server(shown.pressed("Serving"), OTHER_GUILD)).await;
    }
    people.push(OTHER_GUILD.to_owned());
    assert_eq!(readable(&database, &people).len(), PEOPLE + 1);
    walk(&scene, &asker(), &["Brewing"]).await;
    scene.standin.remove_from(OTHER_GUILD, true);
    scene.bot.logged("removed from a server").await;
    wait_until_unreadable(&scene, &database, &people.iter().collect::<Vec<_>>()).await;
    assert_eq!(title(&start(&scene, &asker()).await.sent), "Brewing · Water first");
    scene
        .finish_after_faults(expect![[r#"
            INFO removed from a server: 150 positions in tours deleted
        "#]])
        .await;
}

/// An older version overwrote nothing, and a process that was killed had no time for it.
#[tokio::test]
async fn what_was_deleted_earlier_goes_at_the_start() {
    let standin = left_by(&asker()).await;
    let database = standin.database();
    let person = asker().user;
    execute(&database, "PRAGMA secure_delete = OFF; DELETE FROM progress; DELETE FROM facts WHERE name = 'tidied'")
        .await;
    assert_eq!(readable(&database, [&person]).len(), 1);
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).expect("it is ours");
    let scene = Scene::with(standin, &[]).await;
    quiet(&scene).await;
    assert_eq!(readable(&database, [&person]).len(), 0);
    assert_eq!(mode(&database), 0o600);
    scene.finish().await;
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).expect("it is there").mode() & 0o777
}

#[tokio::test]
async fn nobody_else_can_read_the_files_whatever_the_umask() {
    for umask in ["000", "027", "0377"] {
        let data = Folder::new();
        let standin = Standin::start().await;
        let folder = data.path().to_str().expect("it is UTF-8").to_owned();
        let own = [("DATABASE_URL", ""), ("XDG_DATA_HOME", &folder), TEA_AND_COFFEE];
        let bot = Bot::start_with_umask(umask, &standin, &[LOUD.as_slice(), &own].concat());
        let scene = Scene::ready(standin, bot).await;
        walk(&scene, &asker(), &["Brewing"]).await;
        let folder = data.path().join("versus");
        assert_eq!(mode(&folder), 0o700, "{umask}");
        for file in files_of(&folder.join("versus.db")) {
            assert_eq!(mode(&file), 0o600, "{} {umask}", file.display());
        }
        scene.finish().await;
    }
}

/// A person has begun a tour, and the bot is stopped.
async fn left_by(origin: &Origin) -> Standin {
    let scene = Scene::start().await;
    walk(&scene, origin, &["Brewing", "Next"]).await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    standin
}

#[tokio::test]
async fn the_database_of_another_application_is_not_touched() {
    let standin = left_by(&asker()).await;
    let database = standin.database();
    execute(&database, "UPDATE facts SET value = '42' WHERE name = 'application'").await;
    let scene = Scene::with(standin, &[]).await;
    scene.bot.logged("progress cannot be kept").await;
    assert_eq!(line(&start(&scene, &asker()).await.sent), "answers privately: I cannot look up your tour just now");
    scene.interact(&forget_me(&asker())).await;
    scene.standin.remove_from(OTHER_GUILD, true);
    let (standin, complaints) = scene.stop().await;
    let folder = database.parent().expect("it lies in a folder").display().to_string();
    expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: it belongs to the application 42, and the token to 1100000000000000001; tours go on without it. Give each application a database of its own by DATABASE_URL"#]]
    .assert_eq(&complaints.join("\n").replace(&folder, "DIR"));
    assert_eq!(steps_in(&database).await, (vec!["leaves".to_owned()], "ok".to_owned()));
    standin.finish();
}

/// What somebody sees of the tour of the asker in a file that came in the place of the one that is open.
#[tokio::test]
async fn a_file_that_comes_in_the_place_of_the_open_one_is_used_from_then_on() {
    let other = left_by(&asker()).await;
    let scene = Scene::start().await;
    let database = scene.standin.database();
    walk(&scene, &asker(), &["Brewing"]).await;
    walk(&scene, &asker().user(OTHER_USER), &["Brewing"]).await;
    let moved = database.with_extension("moved");
    fs::rename(&database, &moved).expect("it can be moved");
    fs::rename(other.database(), &database).expect("it can be moved");
    let shown = start(&scene, &asker()).await;
    assert_eq!(title(&shown.sent), "Brewing · Leaves");
    assert_eq!(line(&start(&scene, &asker().user(OTHER_USER)).await.sent), "answers privately: Welcome to the team");
    press(&scene, &shown, "Next").await;
    let (standin, complaints) = scene.stop().await;
    let folder = database.parent().expect("it lies in a folder").display().to_string();
    expect![[r#"
        INFO the database sqlite:DIR/versus.db is not the file that was open any more, and is opened again"#]]
    .assert_eq(&complaints.join("\n").replace(&folder, "DIR"));
    assert_eq!(steps_in(&database).await, (vec!["beans".to_owned()], "ok".to_owned()));
    // What was written to the file that was moved is complete in it.
    assert_eq!(steps_in(&moved).await, (vec!["water".to_owned(); 2], "ok".to_owned()));
    other.finish();
    standin.finish();
}

#[tokio::test]
async fn a_file_that_replaces_the_open_one_again_and_again() {
    let scene = Scene::start().await;
    let database = scene.standin.database();
    for number in 0..10 {
        let copy = database.with_extension("copy");
        let mut shown = start(&scene, &asker()).await;
        if number == 0 {
            shown = press(&scene, &shown, "Brewing").await;
        }
        assert_eq!(title(&shown.sent), "Brewing · Water first", "{number}");
        let mut connection = open(&database).await;
        let into = format!("VACUUM INTO '{}'", copy.display());
        raw_sql(sqlx::AssertSqlSafe(into)).execute(&mut connection).await.expect("it can be copied");
        connection.close().await.expect("it can be closed");
        // These steps go with the file that is replaced; none of them gets into the other one.
        for label in ["Next", "Next", "Next"] {
            shown = press(&scene, &shown, label).await;
        }
        fs::rename(&copy, &database).expect("it can be moved");
    }
    let (standin, complaints) = scene.stop().await;
    assert!(
        complaints.len() == 9 && complaints.iter().all(|line| line.starts_with("INFO the database")),
        "{complaints:?}"
    );
    assert_eq!(steps_in(&database).await, (vec!["water".to_owned()], "ok".to_owned()));
    standin.finish();
}

#[tokio::test]
async fn a_file_that_is_removed_is_made_again() {
    let scene = Scene::start().await;
    let shown = walk(&scene, &asker(), &["Brewing"]).await;
    fs::remove_file(scene.standin.database()).expect("it can be removed");
    press(&scene, &shown, "Next").await;
    assert_eq!(title(&start(&scene, &asker()).await.sent), "Brewing · Leaves");
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert_eq!(steps_in(&standin.database()).await, (vec!["leaves".to_owned()], "ok".to_owned()));
    standin.finish();
}

/// A large file is rewritten when it is opened, which takes longer than anybody waits for a call.
#[tokio::test]
async fn opening_that_takes_longer_than_a_call_still_finishes() {
    let standin = left_by(&asker()).await;
    execute(
        &standin.database(),
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
         INSERT INTO progress SELECT n, n, 'brewing', printf('%1000s', 'leaves'), 0, 0, NULL FROM numbers;
         DELETE FROM facts WHERE name = 'tidied'",
    )
    .await;
    // Calls come before it is open, and give up: each has a fifth of this time.
    let bot = scene::start(&standin, &[("VERSUS_ANSWER_MS", "5000")]);
    let scene = Scene::ready(standin, bot).await;
    let mut shown = start(&scene, &asker()).await;
    while line(&shown.sent).contains("cannot look up") {
        shown = start(&scene, &asker()).await;
    }
    assert_eq!(title(&shown.sent), "Brewing · Leaves");
    let (standin, _) = scene.stop().await;
    standin.finish();
}

#[tokio::test]
async fn an_address_that_cannot_be_written_is_reported_at_the_start() {
    for address in ["sqlite:/proc/versus.db", "sqlite:/dev/null", "sqlite:/no/such/folder/versus.db", "sqlite:/"] {
        let standin = Standin::start().await;
        let bot = scene::start(&standin, &[("DATABASE_URL", address)]);
        bot.logged(if address == "sqlite:/" { "does not name a file" } else { "progress cannot be kept in" }).await;
        drop(bot);
        standin.finish();
    }
}

#[tokio::test]
async fn where_nothing_shall_be_kept_tours_go_on_without_it() {
    let scene = Scene::with(Standin::start().await, &[("DATABASE_URL", "none")]).await;
    let shown = walk(&scene, &asker(), &["Brewing", "Next"]).await;
    assert_eq!(title(&shown.sent), "Brewing · Leaves");
    assert_eq!(line(&start(&scene, &asker()).await.sent), "answers privately: Welcome to the team");
    assert_eq!(line(&scene.interact(&forget_me(&asker())).await), "answers privately: Forgotten");
    scene
        .finish_after_faults(expect![[r#"
            WARN progress in tours is not kept: DATABASE_URL is none
        "#]])
        .await;
}

/// Without HOME the file is in the folder that systemd made for the service.
#[tokio::test]
async fn without_a_home_it_is_kept_in_the_folder_of_the_service() {
    let state = Folder::new();
    let standin = Standin::start().await;
    let folder = state.path().to_str().expect("it is UTF-8").to_owned();
    for home in ["", "/proc", "relative"] {
        let own = [("DATABASE_URL", ""), ("HOME", home), ("STATE_DIRECTORY", &folder), TEA_AND_COFFEE];
        let bot = Bot::start(&standin, &[LOUD.as_slice(), &own].concat());
        bot.logged("ready on shard 0").await;
        bot.stop().await;
        fs::remove_file(state.path().join("versus.db")).expect(home);
    }
    standin.finish();
}
