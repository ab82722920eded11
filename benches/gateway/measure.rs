//! What is measured of a bot.

use std::time::Duration;

use tokio::time::sleep;

use crate::bots::{Bot, Door};
use crate::events;
use crate::running::Running;
use crate::table::Row;

type Measured = Vec<(Row, f64)>;

/// Questions one after the other.
const SINGLE: usize = 1_000;
/// Questions of which many wait at the same time.
const MANY: usize = 10_000;
const AT_ONCE: usize = 64;
/// Messages in a burst.
const BURST: usize = 20_000;
/// What is asked in a burst: for a topic, and for a recommendation, whose answer has a picture.
const TOPIC: &str = "is python slow?";
const PROJECT: &str = "which stack for a chat app with live maps?";
/// How often so many questions more are asked to see whether memory grows.
const GROWTH: usize = 20;
/// A bot is idle after this time without an event.
const IDLE_AFTER: Duration = Duration::from_secs(2);

/// One round of a bot.
pub(crate) async fn measure(bot: &Bot) -> Measured {
    let mut running = Running::begin(bot).await;
    let mut measured = vec![(Row::FirstAnswer, milliseconds(running.first_answer().await))];
    sleep(IDLE_AFTER).await;
    measured.push((Row::Idle, running.process.resident()));
    measured.extend(one_at_a_time(&mut running).await);
    measured.extend(many_at_once(&mut running).await);
    if bot.door == Door::Gateway {
        measured.extend(chatter(&mut running).await);
    }
    running.stop().await;
    if bot.is_own {
        measured.extend(fresh(bot).await);
    }
    measured
}

/// What can be seen only of one that was asked nothing before.
async fn fresh(bot: &Bot) -> Measured {
    let mut running = Running::begin(bot).await;
    sleep(IDLE_AFTER).await;
    let mut measured = vec![(Row::IdleBefore, running.process.resident())];
    if bot.door == Door::Gateway {
        let (peak, answered) = mentions(&mut running, TOPIC).await;
        measured.extend([(Row::MentionsPeak, peak), (Row::MentionsAnswered, answered as f64)]);
    }
    running.stop().await;
    if bot.door == Door::Gateway {
        let mut running = Running::begin(bot).await;
        measured.push((Row::PicturesPeak, mentions(&mut running, PROJECT).await.0));
        running.stop().await;
    }
    measured
}

/// Whether memory grows with the number of questions. It takes long, and is much the same each time.
pub(crate) async fn measure_growth(bot: &Bot) -> Measured {
    if !bot.is_own {
        return Vec::new();
    }
    let mut running = Running::begin(bot).await;
    running.ask_at_once(MANY, AT_ONCE).await;
    let after_few = running.process.resident();
    for _ in 0..GROWTH {
        running.ask_at_once(MANY, AT_ONCE).await;
    }
    let after_many = running.process.resident();
    running.stop().await;
    vec![(Row::AfterFew, after_few), (Row::AfterMany, after_many)]
}

async fn one_at_a_time(running: &mut Running) -> Measured {
    let mut times = Vec::new();
    for _ in 0..SINGLE {
        times.push(running.ask().await);
    }
    times.sort_unstable();
    let at = |share: usize| milliseconds(times[(times.len() - 1) * share / 100]);
    vec![(Row::Half, at(50)), (Row::NineteenOfTwenty, at(95)), (Row::NinetyNineOfHundred, at(99))]
}

async fn many_at_once(running: &mut Running) -> Measured {
    let before = running.process.settled_time().await;
    let took = running.ask_at_once(MANY, AT_ONCE).await;
    let used = running.process.settled_time().await - before;
    vec![
        (Row::Rate, MANY as f64 / took.time.as_secs_f64()),
        (Row::TimeEach, microseconds(used) / MANY as f64),
        (Row::BenchShare, 100.0 * took.own.as_secs_f64() / took.time.as_secs_f64()),
    ]
}

/// Messages that are no business of the bot's.
async fn chatter(running: &mut Running) -> Measured {
    let before = running.process.settled_time().await;
    running.process.forget_peak();
    running.burst(&events::chatter(), BURST);
    // Its answer tells that all before it was read.
    running.ask().await;
    let used = running.process.settled_time().await - before;
    vec![(Row::ChatterTimeEach, microseconds(used) / BURST as f64), (Row::ChatterPeak, running.process.peak())]
}

/// More messages to the bot than it can answer: the peak of its memory, and how many it answered.
async fn mentions(running: &mut Running, question: &str) -> (f64, usize) {
    running.process.forget_peak();
    running.burst(&events::mention(question), BURST);
    let answered = running.answers(IDLE_AFTER).await;
    let peak = running.process.peak();
    running.ask().await;
    (peak, answered)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
