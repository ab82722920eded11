//! A PostgreSQL server that is slow, away, killed, or not what the address says: it costs what is stored, never an answer.

use std::sync::Arc;

use expect_test::expect;
use sqlx::{Connection, PgConnection, raw_sql};

use super::onboarding::{description, press, start, start_when_readable, walk};
use super::scene::{PUNCTUAL, Scene, start as start_bot};
use super::sent::{line, title};
use super::storage::NOT_SAVED;
use crate::bot::Bot;
use crate::cluster::{Cluster, SECRETS};
use crate::standin::Standin;
use crate::standin::events::Origin;
use crate::stored::Stored;

/// What is answered while nothing can be read.
const WITHOUT: &str = "answers privately: I cannot look up your tour just now";
/// How often the server is killed.
const TIMES: usize = 10;

fn asker() -> Origin {
    Origin::guild()
}

/// What the log says about the database, without its address.
fn complaints_of(complaints: &[String], stored: &Stored) -> String {
    let address = stored.address().split_once('@').expect("it has a user").1;
    complaints.iter().map(|line| line.replace(address, "SERVER") + "\n").collect()
}

#[tokio::test]
async fn a_server_that_is_slow_costs_the_memory_and_not_the_answer() {
    let Some(stored) = Stored::on_server().await else { return };
    let scene = Scene::with(Standin::start().await, &[stored.variable(), PUNCTUAL]).await;
    let shown = walk(&scene, &asker(), &["Brewing"]).await;
    let mut other = PgConnection::connect(stored.address()).await.expect("it can be reached");
    let lock = "BEGIN; LOCK TABLE progress IN ACCESS EXCLUSIVE MODE";
    raw_sql(lock).execute(&mut other).await.expect("it can be locked");
    assert_eq!(line(&start(&scene, &asker()).await.sent), WITHOUT);
    let next = press(&scene, &shown, "Next").await;
    assert_eq!(title(&next.sent), "Brewing · Leaves");
    other.close().await.expect("it can be closed");
    let again = start_when_readable(&scene, &asker()).await;
    assert!(title(&again.sent).starts_with("Brewing"), "{}", again.sent);
    let (standin, complaints) = scene.stop().await;
    expect![[r#"
        WARN progress cannot be kept in postgres://SERVER: no answer within 500 ms; tours go on without it. See that the server runs and has free space, and that DATABASE_URL has the right host, user, password and database
        INFO the database postgres://SERVER works again
    "#]]
    .assert_eq(&complaints_of(&complaints, &stored));
    standin.finish();
}

/// What was shown as saved is there after the server was killed and started again.
#[tokio::test]
async fn a_server_that_is_killed_loses_nothing_that_was_acknowledged() {
    let Some(cluster) = Cluster::start() else { return };
    let stored = Stored::on(Arc::clone(&cluster)).await;
    let scene = Scene::with(Standin::start().await, &[stored.variable(), PUNCTUAL]).await;
    let mut shown = walk(&scene, &asker(), &["Brewing"]).await;
    for time in 0..TIMES {
        let label = if time % 2 == 0 { "Next" } else { "Back" };
        shown = press(&scene, &shown, label).await;
        let acknowledged = title(&shown.sent).to_owned();
        // A busy machine may be too slow to save it in time, and then the reply says so.
        let is_saved = !description(&shown.sent).contains(NOT_SAVED);
        cluster.kill();
        assert_eq!(line(&start(&scene, &asker()).await.sent), WITHOUT, "after {time} times");
        cluster.run();
        let again = start_when_readable(&scene, &asker()).await;
        assert!(!is_saved || title(&again.sent) == acknowledged, "after {time} times: {}", again.sent);
    }
    let (standin, complaints) = scene.stop().await;
    assert_eq!(complaints.len(), 2 * TIMES, "{complaints:#?}");
    standin.finish();
}

#[tokio::test]
async fn tables_that_somebody_dropped_are_made_again() {
    let Some(stored) = Stored::on_server().await else { return };
    let scene = Scene::with(Standin::start().await, &[stored.variable()]).await;
    walk(&scene, &asker(), &["Brewing"]).await;
    stored.rows("DROP SCHEMA public CASCADE").await;
    stored.rows("CREATE SCHEMA public").await;
    assert_eq!(title(&start_when_readable(&scene, &asker()).await.sent), "Welcome to the team");
    let (standin, _) = scene.stop().await;
    standin.finish();
}

/// What the log says where nothing can be kept at an address.
async fn refused(address: &str) -> String {
    let standin = Standin::start().await;
    let bot = start_bot(&standin, &[("DATABASE_URL", address)]);
    bot.logged("progress cannot be kept in").await;
    let log = bot.log();
    assert!(!SECRETS.iter().any(|secret| log.contains(secret)), "{log}");
    standin.finish();
    log.lines().find(|line| line.contains("progress cannot be kept")).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_reported_without_user_and_password() {
    let Some(stored) = Stored::on_server().await else { return };
    let right = stored.address();
    let (start, database) = right.rsplit_once('/').expect("it names a database");
    let cases = [
        (right.replace("versus:se%2Fcret", "nobody:se%2Fcret"), "password authentication failed for the user"),
        (right.replace("se%2Fcret", "Se%2Fcret"), "password authentication failed for the user"),
        (format!("{start}/none"), "database \"none\" does not exist"),
        (format!("{right}?sslmode=require"), "server does not support TLS"),
        (format!("postgres://versus:se%2Fcret%40%C3%A9@127.0.0.1:1/{database}"), "Connection refused"),
    ];
    for (address, expected) in cases {
        let line = refused(&address).await;
        assert!(line.contains(expected) && !line.contains("nobody"), "{expected}: {line}");
    }
}

#[tokio::test]
async fn a_bot_without_its_server_answers_from_the_start() {
    let standin = Standin::start().await;
    let bot: Bot = start_bot(&standin, &[("DATABASE_URL", "postgres://versus:secret@127.0.0.1:1/versus")]);
    let scene = Scene::ready(standin, bot).await;
    assert_eq!(line(&start(&scene, &asker()).await.sent), WITHOUT);
    assert!(line(&scene.compare(&asker(), "caffeine", "public").await.sent).contains("Caffeine"));
    let (standin, _) = scene.stop().await;
    standin.finish();
}
