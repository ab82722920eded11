//! The program as a whole: size, start, and what it takes connected and idle, against the local stand-in for Discord.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]
#![allow(clippy::indexing_slicing, reason = "the stand-in reads JSON by its names")]

mod running;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use running::{bot, folder, standin};

use bot::Bot;
use standin::Standin;

const RUNS: usize = 30;
/// Questions in a row that are asked of the page.
#[cfg(feature = "web")]
const QUESTIONS: usize = 1_000;
const PROGRAM: &str = env!("CARGO_BIN_EXE_versus");

#[tokio::main]
async fn main() {
    let bytes = std::fs::metadata(PROGRAM).expect("the program is there").len();
    println!("size of the program: {:.1} MB", bytes as f64 / 1e6);

    let mut times: Vec<Duration> = (0..RUNS).map(|_| ask()).collect();
    println!("start to answer (`versus ask`): {}", summary(&mut times));

    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..RUNS {
        let standin = Standin::start().await;
        let begin = Instant::now();
        let bot = Bot::start(&standin, &[]);
        standin.ready(1).await;
        times.push(begin.elapsed());
        bot.logged("ready").await;
        memory = memory.max(resident_kilobytes(&bot));
        bot.stop().await;
    }
    println!("start to connected (commands registered, READY sent): {}", summary(&mut times));
    println!("connected and idle: {:.1} MiB resident at the most", memory as f64 / 1024.0);
    #[cfg(feature = "web")]
    page().await;
}

/// The page: from the start of the program to its first answer, and the memory before and after many questions.
#[cfg(feature = "web")]
async fn page() {
    let client = reqwest::Client::new();
    let (mut times, mut up) = (Vec::new(), Vec::new());
    let answer = async |url: &str| {
        let response = client.get(format!("{url}?q=is+python+slow%3F")).send().await.expect("the page is there");
        response.bytes().await.expect("the page has an end").len()
    };
    for run in 1..=RUNS {
        let begin = Instant::now();
        let bot = Bot::run(&["web", "--listen", "127.0.0.1:0"], &[]);
        bot.logged(" shows the page").await;
        up.push(begin.elapsed());
        let url = bot.log().split(' ').next().unwrap_or_default().to_owned();
        let begin = Instant::now();
        let bytes = answer(&url).await;
        times.push(begin.elapsed());
        if run == RUNS {
            println!("page with its first answer: {bytes} bytes");
            for questions in [1, QUESTIONS, QUESTIONS] {
                for _ in 0..questions {
                    answer(&url).await;
                }
                println!("after {questions} more questions: {:.1} MiB", resident_kilobytes(&bot) as f64 / 1024.0);
            }
        }
        bot.stop().await;
    }
    println!("start to the page being up (`versus web`): {}", summary(&mut up));
    println!("from then to the first answer: {}", summary(&mut times));
}

fn ask() -> Duration {
    let begin = Instant::now();
    let mut command = Command::new(PROGRAM);
    command.args(["ask", "is python slow?"]).stdout(Stdio::null());
    let status = command.status().expect("the program starts");
    assert!(status.success(), "the program answers");
    begin.elapsed()
}

fn resident_kilobytes(bot: &Bot) -> u64 {
    let id = bot.id().expect("the bot runs");
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the system tells about its processes");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it tells the memory");
    line.trim().trim_end_matches("kB").trim().parse().expect("it is a number")
}

fn summary(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    format!("p50 {:.1} ms, fastest {:.1}, slowest {:.1} ({} runs)", at(50), at(0), at(100), times.len())
}
