//! The database cannot be used: the tour goes on without it and says so, and the operator reads one line.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection, raw_sql};

use super::database::quiet;
use super::onboarding::{description, onboard, press, start};
use super::scene::{LOUD, Scene, TEA_AND_COFFEE, View};
use super::sent::{labels, line, title};
use crate::bot::Bot;
use crate::standin::Standin;
use crate::standin::events::{MANAGER, Origin, slash};

/// What a step says that is not saved.
pub(super) const NOT_SAVED: &str = "I cannot save your place just now.";

/// What is answered while there is no database.
const WITHOUT: &str = "\
replaces: Brewing · Water first | not saved | Next, More on this, Other tours
replaces: Brewing · Leaves | not saved | Back, Next, More on this, Other tours
replaces: Brewing · Beans | not saved | Back, Next, More on this, Other tours
replaces: Brewing · Leaves | not saved | Back, Next, More on this, Other tours
answers privately: Taste
answers privately: Quiz: question 1 of 5
answers privately: I cannot look that up just now
answers privately: I could not delete it just now
answers privately: I cannot look up your tour just now
";
/// What is answered when it works again.
const AGAIN: &str = "\
replaces: Brewing · Beans | saved | Back, Next, More on this, Other tours
answers privately: Brewing · Beans | saved | Back, Next, More on this, Other tours
";

fn asker() -> Origin {
    Origin::guild()
}

/// What a step shows: its title, and whether it says that it is not saved.
fn step(shown: &View) -> String {
    let saved = if description(&shown.sent).contains(NOT_SAVED) { "not saved" } else { "saved" };
    format!("{} | {saved} | {}\n", line(&shown.sent), labels(&shown.sent).join(", "))
}

/// Stops the bot and compares what its log says besides what it always says.
async fn finish(scene: Scene, expected: Expect) {
    let (standin, complaints) = scene.stop().await;
    let folder = standin.database().parent().expect("it lies in a folder").display().to_string();
    let lines: String = complaints.into_iter().map(|line| line.replace(&folder, "DIR") + "\n").collect();
    expected.assert_eq(&lines);
    standin.finish();
}

/// All that needs the database, while there is none: everything is answered.
async fn use_without(scene: &Scene) -> View {
    let offer = start(scene, &asker()).await;
    assert_eq!(line(&offer.sent), "answers privately: I cannot look up your tour just now");
    let mut shown = press(scene, &offer, "Brewing, from the start").await;
    let mut lines = step(&shown);
    for label in ["Next", "Next", "Back"] {
        shown = press(scene, &shown, label).await;
        lines += &step(&shown);
    }
    let others = [
        scene.press_label("More on this", &shown).await,
        scene.interact(&onboard(&asker(), "quiz")).await,
        scene.interact(&onboard(&asker().permissions(MANAGER), "progress")).await,
        scene.interact(&slash(&asker(), "forget-me", &[])).await,
        scene.interact(&onboard(&asker(), "start")).await,
    ];
    lines.extend(others.iter().map(|sent| line(sent) + "\n"));
    assert_eq!(lines, WITHOUT);
    shown
}

/// Whatever was in the way is gone: the next step is saved.
async fn use_again(scene: &Scene, shown: &View) {
    quiet(scene).await;
    let shown = press(scene, shown, "Next").await;
    let again = start(scene, &asker()).await;
    let shown = [step(&shown), step(&again)].concat();
    assert_eq!(shown, AGAIN);
}

/// Another program at the same database.
async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    options.connect().await.expect("the database can be opened")
}

/// Locks a database for everybody else, until the connection is closed.
async fn lock(file: &Path) -> SqliteConnection {
    let mut connection = open(file).await;
    raw_sql("BEGIN EXCLUSIVE").execute(&mut connection).await.expect("it can be locked");
    connection
}

/// As [`lock`], so that nobody else can even read.
async fn lock_for_readers(file: &Path) -> SqliteConnection {
    let mut connection = open(file).await;
    let lock = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
    raw_sql(lock).execute(&mut connection).await.expect("it can be locked");
    connection
}

/// Somebody has taken a step, the bot is stopped, and all that it wrote stands in the one file.
async fn left() -> Standin {
    let scene = Scene::start().await;
    let offer = start(&scene, &asker()).await;
    press(&scene, &offer, "Brewing").await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let mut connection = open(&standin.database()).await;
    raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.expect("it can be tidied");
    connection.close().await.expect("it can be closed");
    standin
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    let standin = Standin::start().await;
    fs::write(standin.database(), "garbage é 日 🦀 ".repeat(500)).expect("it can be written");
    let scene = Scene::with(standin, &[]).await;
    let shown = use_without(&scene).await;
    fs::remove_file(scene.standin.database()).expect("it can be removed");
    use_again(&scene, &shown).await;
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 26) file is not a database; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
        INFO the database sqlite:DIR/versus.db works again
    "#]]).await;
}

#[tokio::test]
async fn a_folder_that_is_not_there() {
    let standin = Standin::start().await;
    let folder = standin.database().with_extension("é 日 🦀");
    let address = format!("sqlite:{}/versus.db", folder.display());
    let scene = Scene::with(standin, &[("DATABASE_URL", &address)]).await;
    let shown = use_without(&scene).await;
    fs::create_dir(&folder).expect("it can be made");
    use_again(&scene, &shown).await;
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.é 日 🦀/versus.db: the file cannot be used: No such file or directory (os error 2); tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
        INFO the database sqlite:DIR/versus.é 日 🦀/versus.db works again
    "#]]).await;
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file() {
    let standin = Standin::start().await;
    fs::create_dir(standin.database()).expect("it can be made");
    let scene = Scene::with(standin, &[]).await;
    use_without(&scene).await;
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: the file cannot be used: it is not a file; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
    "#]]).await;
}

#[tokio::test]
async fn a_disk_without_room() {
    let standin = Standin::start().await;
    let bot = Bot::start_on_full_disk(&standin, &[LOUD.as_slice(), &[TEA_AND_COFFEE]].concat());
    let scene = Scene::ready(standin, bot).await;
    use_without(&scene).await;
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 778) disk I/O error; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
    "#]]).await;
}

#[tokio::test]
async fn a_database_that_somebody_else_locked() {
    let standin = Standin::start().await;
    let lock = lock(&standin.database()).await;
    let scene = Scene::with(standin, &[]).await;
    let shown = use_without(&scene).await;
    lock.close().await.expect("it can be closed");
    use_again(&scene, &shown).await;
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 5) database is locked; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
        INFO the database sqlite:DIR/versus.db works again
    "#]]).await;
}

#[tokio::test]
async fn a_database_that_somebody_else_locks_meanwhile() {
    let scene = Scene::start().await;
    let offer = start(&scene, &asker()).await;
    let mut shown = press(&scene, &offer, "Brewing").await;
    let lock = lock(&scene.standin.database()).await;
    // What was written can still be read.
    let mut lines = step(&start(&scene, &asker()).await);
    for _ in 0..3 {
        shown = press(&scene, &shown, "Next").await;
        lines += &step(&shown);
    }
    lines += &step(&start(&scene, &asker()).await);
    lock.close().await.expect("it can be closed");
    shown = press(&scene, &shown, "Back").await;
    lines += &step(&shown);
    expect![[r#"
        answers privately: Brewing · Water first | not saved | Next, More on this, Other tours
        replaces: Brewing · Leaves | not saved | Back, Next, More on this, Other tours
        replaces: Brewing · Beans | not saved | Back, Next, More on this, Other tours
        replaces: Brewing · Waking up | not saved | Back, Next, More on this, Other tours
        answers privately: Brewing · Water first | not saved | Next, More on this, Other tours
        replaces: Brewing · Beans | saved | Back, Next, More on this, Other tours
    "#]]
    .assert_eq(&lines);
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 5) database is locked; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
        INFO the database sqlite:DIR/versus.db works again
    "#]]).await;
}

#[tokio::test]
async fn progress_that_cannot_be_read_for_a_while_is_not_lost() {
    let scene = Scene::start().await;
    let offer = start(&scene, &asker()).await;
    let first = press(&scene, &offer, "Brewing").await;
    press(&scene, &first, "Next").await;
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let lock = lock_for_readers(&standin.database()).await;
    let scene = Scene::with(standin, &[]).await;
    let offer = start(&scene, &asker()).await;
    assert_eq!(line(&offer.sent), "answers privately: I cannot look up your tour just now");
    assert_eq!(labels(&offer.sent), ["Try again", "Brewing, from the start", "Serving, from the start"]);
    lock.close().await.expect("it can be closed");
    assert_eq!(line(&scene.press_label("Try again", &offer).await), "answers privately: Brewing · Leaves");
    let (standin, _) = scene.stop().await;
    standin.finish();
}

/// The byte of a database's header that says who may write it: a number above 2 means nobody. Unlike the permissions of
/// a file this holds for everybody, also for the administrator, as whom tests may run.
const WRITE_VERSION: usize = 18;

#[tokio::test]
async fn a_database_that_cannot_be_written() {
    let standin = left().await;
    let file = standin.database();
    let mut bytes = fs::read(&file).expect("it is there");
    bytes[WRITE_VERSION] = 3;
    fs::write(&file, bytes).expect("it can be written");
    let scene = Scene::with(standin, &[]).await;
    let mut shown = start(&scene, &asker()).await;
    let mut lines = step(&shown);
    for label in ["Next", "Next", "Back"] {
        shown = press(&scene, &shown, label).await;
        lines += &step(&shown);
    }
    lines += &step(&start(&scene, &asker()).await);
    expect![[r#"
        answers privately: Brewing · Water first | not saved | Next, More on this, Other tours
        replaces: Brewing · Leaves | not saved | Back, Next, More on this, Other tours
        replaces: Brewing · Beans | not saved | Back, Next, More on this, Other tours
        replaces: Brewing · Leaves | not saved | Back, Next, More on this, Other tours
        answers privately: Brewing · Water first | not saved | Next, More on this, Other tours
    "#]]
    .assert_eq(&lines);
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 8) attempt to write a readonly database; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
    "#]]).await;
}

#[tokio::test]
async fn a_database_of_which_a_part_was_overwritten() {
    /// After the header, which alone says what the file is.
    const HEADER: usize = 100;
    let standin = left().await;
    let file = standin.database();
    let mut bytes = fs::read(&file).expect("it is there");
    bytes[HEADER..].fill(0xE9);
    fs::write(&file, bytes).expect("it can be written");
    let scene = Scene::with(standin, &[]).await;
    let shown = use_without(&scene).await;
    for ending in ["db", "db-wal", "db-shm"] {
        // Only the first is always there.
        let _ = fs::rename(file.with_extension(ending), file.with_extension(format!("{ending}.damaged")));
    }
    use_again(&scene, &shown).await;
    assert_eq!(title(&start(&scene, &asker()).await.sent), "Brewing · Beans");
    finish(scene, expect![[r#"
        WARN progress cannot be kept in sqlite:DIR/versus.db: error returned from database: (code: 11) database disk image is malformed; tours go on without it. See that the file is writable, on a disk with free space and not locked, or move a damaged one away
        INFO the database sqlite:DIR/versus.db works again
    "#]]).await;
}
