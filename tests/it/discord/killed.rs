//! `kill -9` at any moment, on each kind of database: what somebody has seen of a tour is not lost, and no press counts twice.

use serde_json::Value;

use super::databases::{answer_to_a_quiz, wait_for};
use super::notes::write;
use super::onboarding::{description, press, start, start_when_readable};
use super::scene::{Scene, View};
use super::sent::{labels, title};
use super::settings::{manager, set_role};
use super::storage::NOT_SAVED;
use crate::standin::Standin;
use crate::standin::events::Origin;
use crate::standin::record::callback_to;
use crate::stored::{Stored, on_each_database};

/// The title of a reply that says that nothing was changed.
const NOT_KEPT: &str = "I could not save it just now";

on_each_database! {
    nothing_that_was_shown_is_lost_and_nothing_counts_twice
    a_step_is_lost_at_most_if_nobody_saw_it
    nothing_of_a_team_that_was_acknowledged_is_lost
}

/// How often the bot is killed after it answered.
const TIMES: usize = 100;
/// How often it is killed at some moment before or after that.
const TIMES_AT_ANY_MOMENT: usize = 40;
/// How often it is killed after it kept a note and a setting.
const TIMES_OF_A_TEAM: usize = 20;
/// How much longer it is waited each time before that, in turns of the scheduler: no clock is looked at.
const TURNS: usize = 100;

/// How many answers of quizzes were counted, as a query.
const COUNTED: &str = "SELECT CAST(SUM(given) AS BIGINT) FROM answers";

/// To the end of a tour and back to its beginning, step by step.
#[derive(Default)]
struct Way {
    is_back: bool,
}

impl Way {
    /// The button that leads on from a step.
    fn label(&mut self, shown: &View) -> &'static str {
        let labels = labels(&shown.sent);
        let has = |wanted: &str| labels.iter().any(|label| label == wanted);
        self.is_back = if self.is_back { has("Back") } else { !has("Next") };
        if self.is_back { "Back" } else { "Next" }
    }
}

/// A bot that was killed when somebody had just begun a tour, and the title of the first step.
async fn begun(asker: &Origin, stored: &Stored) -> (Standin, String) {
    let scene = Scene::with(Standin::start().await, &[stored.variable()]).await;
    let offer = start(&scene, asker).await;
    let first = press(&scene, &offer, "Brewing").await;
    (kill(scene).await, title(&first.sent).to_owned())
}

/// The number of a step.
fn number(shown: &View) -> usize {
    let bar = description(&shown.sent).lines().next().unwrap_or_default();
    bar.chars().filter(|c| *c == '▰').count()
}

async fn kill(scene: Scene) -> Standin {
    scene.bot.kill().await;
    scene.standin
}

/// Each time somebody takes a step and answers a question of a quiz. Discord sends the answer again to the next process, as it does
/// with what was not acknowledged before a connection ended.
async fn nothing_that_was_shown_is_lost_and_nothing_counts_twice(stored: Stored) {
    let asker = Origin::guild();
    let (mut standin, first) = begun(&asker, &stored).await;
    let mut possible = vec![first];
    let mut way = Way::default();
    let mut answered: Option<Value> = None;
    for time in 0..TIMES {
        let scene = Scene::with(standin, &[stored.variable()]).await;
        let shown = start_when_readable(&scene, &asker).await;
        let found = title(&shown.sent);
        assert!(possible.iter().any(|step| step == found), "after {time} times: {found}, not one of {possible:?}");
        if let Some(answer) = answered {
            scene.standin.interact(&answer);
            wait_for(&stored, COUNTED, &[&time.to_string()]).await;
        }
        let answer = answer_to_a_quiz(&scene).await;
        scene.standin.interact(&answer);
        let sent = scene.press_label(way.label(&shown), &shown).await;
        // The answer has arrived; whatever the bot would do after it is not waited for.
        standin = kill(scene).await;
        let (before, after) = (found.to_owned(), title(&sent).to_owned());
        assert_ne!(before, after);
        // A busy machine may be too slow to save it in time. Then the reply says so, and nobody knows whether it was saved.
        possible = if description(&sent).contains(NOT_SAVED) { vec![before, after] } else { vec![after] };
        answered = Some(answer);
    }
    standin.finish();
}

async fn a_step_is_lost_at_most_if_nobody_saw_it(stored: Stored) {
    let asker = Origin::guild();
    let (mut standin, _) = begun(&asker, &stored).await;
    let mut way = Way::default();
    for time in 0..TIMES_AT_ANY_MOMENT {
        let scene = Scene::with(standin, &[stored.variable()]).await;
        let before = start_when_readable(&scene, &asker).await;
        let event = before.pressed(way.label(&before));
        scene.standin.interact(&event);
        for _ in 0..time * TURNS {
            tokio::task::yield_now().await;
        }
        standin = kill(scene).await;
        let scene = Scene::with(standin, &[stored.variable()]).await;
        let after = start_when_readable(&scene, &asker).await;
        let is_answer = callback_to(&event);
        if let Some(seen) = scene.standin.requests().into_iter().find(is_answer) {
            let is_kept = title(&after.sent) == title(&seen) || description(&seen).contains(NOT_SAVED);
            assert!(is_kept, "after {time} times: {}", after.sent);
        }
        assert!(number(&after).abs_diff(number(&before)) <= 1, "after {time} times: {}", after.sent);
        standin = kill(scene).await;
    }
    standin.finish();
}

/// The reply is the last thing that happens: what it says is kept is in the database already.
async fn nothing_of_a_team_that_was_acknowledged_is_lost(stored: Stored) {
    let mut standin = Standin::start().await;
    for time in 0..TIMES_OF_A_TEAM {
        let scene = Scene::with(standin, &[stored.variable()]).await;
        start_when_readable(&scene, &Origin::guild()).await;
        let (text, role) = (format!("é 日 🦀 {time}"), format!("11000000000000{time:05}"));
        let noted = write(&scene, &manager(), "taste", (&text, "")).await;
        let chosen = set_role(&scene, &[&role]).await;
        standin = kill(scene).await;
        // A busy machine may be too slow. Then the reply says so, and nobody knows.
        for (reply, sql, expected) in
            [(noted, "SELECT text FROM notes", text), (chosen, "SELECT CAST(writers AS TEXT) FROM settings", role)]
        {
            if title(&reply.sent) != NOT_KEPT {
                assert_eq!(stored.rows(sql).await, [expected], "after {time} times");
            }
        }
    }
    standin.finish();
}
