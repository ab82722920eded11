//! `kill -9` at any moment: what somebody has seen of a tour is not lost.

use super::onboarding::{description, press, start};
use super::scene::{Scene, View};
use super::sent::{labels, title};
use crate::standin::Standin;
use crate::standin::events::Origin;
use crate::standin::record::callback_to;

/// How often the bot is killed after it answered.
const TIMES: usize = 100;
/// How often it is killed at some moment before or after that.
const TIMES_AT_ANY_MOMENT: usize = 40;
/// How much longer it is waited each time before that, in turns of the scheduler: no clock is looked at.
const TURNS: usize = 100;

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
async fn begun(asker: &Origin) -> (Standin, String) {
    let scene = Scene::start().await;
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

#[tokio::test]
async fn no_step_that_was_shown_is_lost() {
    let asker = Origin::guild();
    let (mut standin, mut acknowledged) = begun(&asker).await;
    let mut way = Way::default();
    for time in 0..TIMES {
        let scene = Scene::with(standin, &[]).await;
        let shown = start(&scene, &asker).await;
        assert_eq!(title(&shown.sent), acknowledged, "after {time} times");
        let sent = scene.press_label(way.label(&shown), &shown).await;
        // The answer has arrived; whatever the bot would do after it is not waited for.
        standin = kill(scene).await;
        assert_ne!(title(&sent), acknowledged);
        title(&sent).clone_into(&mut acknowledged);
    }
    standin.finish();
}

#[tokio::test]
async fn a_step_is_lost_at_most_if_nobody_saw_it() {
    let asker = Origin::guild();
    let (mut standin, _) = begun(&asker).await;
    let mut way = Way::default();
    for time in 0..TIMES_AT_ANY_MOMENT {
        let scene = Scene::with(standin, &[]).await;
        let before = start(&scene, &asker).await;
        let event = before.pressed(way.label(&before));
        scene.standin.interact(&event);
        for _ in 0..time * TURNS {
            tokio::task::yield_now().await;
        }
        standin = kill(scene).await;
        let scene = Scene::with(standin, &[]).await;
        let after = start(&scene, &asker).await;
        let is_answer = callback_to(&event);
        if let Some(seen) = scene.standin.requests().into_iter().find(is_answer) {
            assert_eq!(title(&after.sent), title(&seen), "after {time} times");
        }
        assert!(number(&after).abs_diff(number(&before)) <= 1, "after {time} times: {}", after.sent);
        standin = kill(scene).await;
    }
    standin.finish();
}
