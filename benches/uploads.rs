//! Uploads that hang: how many others are answered in time, and how many of those who asked for a picture.
//!
//! For a minute fifteen people a second use `/recommend`, whose answer has a picture, and none of these uploads ever gets an
//! answer. Two others a second use `/compare`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]
#![allow(clippy::indexing_slicing, reason = "the stand-in reads JSON by its names")]

mod running;

use std::sync::Arc;
use std::time::{Duration, Instant};

use running::{bot, folder, standin};

use bot::Bot;
use serde_json::Value;
use standin::Standin;
use standin::events::{Origin, slash, snowflake, text};
use standin::fault::Fault;
use standin::record::callback_to;
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

/// People a second who ask for a picture, for one who does not there are this many.
const RECOMMENDATIONS: u32 = 15;
const FOR_EACH_OTHER: u32 = 7;
const LASTS: Duration = Duration::from_secs(60);
/// Discord waits this long.
const IN_TIME: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() {
    let standin = Arc::new(Standin::start().await);
    // The small comparison: its chart is drawn quickly, so that the uploads are what counts.
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/other_comparison/data");
    let bot = Bot::start(&standin, &[("VERSUS_DATA", data)]);
    bot.logged("ready on shard 0").await;
    let origin = || Origin::guild().user(&snowflake());
    let recommend = || slash(&origin(), "recommend", &[text("project", "breakfast")]);
    let compare = || slash(&origin(), "compare", &[text("topic", "taste")]);
    // The first answers make what later ones find.
    for event in [compare(), recommend()] {
        answer(Arc::clone(&standin), event).await;
    }
    standin.fault(Fault::hang("POST /", usize::MAX).of_uploads());
    // Those who ask for a picture are counted at the end: to wait for each would take more of this bench than of the bot.
    let (mut recommendations, mut others) = (Vec::new(), JoinSet::new());
    let mut ticks = interval(Duration::from_secs(1) / RECOMMENDATIONS);
    let begin = Instant::now();
    for number in 0.. {
        ticks.tick().await;
        if begin.elapsed() > LASTS {
            break;
        }
        let event = recommend();
        standin.interact(&event);
        recommendations.push(callback_to(&event));
        if number % FOR_EACH_OTHER == 0 {
            others.spawn(answer(Arc::clone(&standin), compare()));
        }
    }
    println!("others: {}", summary(others.join_all().await));
    tokio::time::sleep(IN_TIME).await;
    let accepted: Vec<_> = standin.requests().into_iter().filter(|sent| sent.answered == Some(204)).collect();
    let answered = recommendations.iter().filter(|is_answer| accepted.iter().any(is_answer)).count();
    println!("with a picture: {answered} of {} answered", recommendations.len());
    let (_, log) = bot.stop().await;
    println!("lines in the log: {}", log.lines().count());
}

/// How long it takes until an answer is accepted; nothing if it is not in time.
async fn answer(standin: Arc<Standin>, event: Value) -> Option<Duration> {
    let begin = Instant::now();
    standin.interact(&event);
    let is_answer = callback_to(&event);
    let accepted = standin.next(move |sent| is_answer(sent) && sent.answered == Some(204));
    timeout(IN_TIME, accepted).await.ok().map(|_| begin.elapsed()).filter(|time| *time <= IN_TIME)
}

fn summary(times: Vec<Option<Duration>>) -> String {
    let mut in_time: Vec<Duration> = times.iter().copied().flatten().collect();
    in_time.sort_unstable();
    let milliseconds = |at: usize| in_time.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3);
    format!(
        "{} of {} answered within {IN_TIME:?}, p50 {:.0} ms, p99 {:.0} ms",
        in_time.len(),
        times.len(),
        milliseconds(in_time.len() / 2),
        milliseconds(in_time.len() * 99 / 100),
    )
}
