//! A bot that runs against a stand-in, and the ways to ask it something.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::bots::{Bot, Door};
use crate::events::{self, Kind};
use crate::process::{Process, WITHIN, own_time};
use crate::signed::{Post, client, public_key};
use crate::standin::hurried::Arrival;
use crate::standin::{Standin, token};

/// Discord's number for a callback that is a message.
const MESSAGE: u64 = 4;

/// A bot that can be asked.
pub(crate) struct Running {
    pub(crate) process: Process,
    standin: Standin,
    way: Way,
    arrivals: UnboundedReceiver<Arrival>,
    began: Instant,
    questions: Kind,
    /// So many events were made for it.
    made: u64,
    /// Bytes of its first answer.
    length: usize,
}

/// What it took until all answers were there.
pub(crate) struct Took {
    pub(crate) time: Duration,
    /// Processor time of this bench.
    pub(crate) own: Duration,
}

/// How it is asked.
enum Way {
    Gateway,
    Http { client: Client, url: String, arrivals: UnboundedSender<Arrival> },
}

/// A question that only has to be sent.
struct Question {
    id: String,
    form: Form,
}

enum Form {
    Frame(String),
    Post(Post),
}

impl Running {
    /// Starts a bot and waits until it can be asked.
    pub(crate) async fn begin(bot: &Bot) -> Self {
        let (standin, callbacks) = Standin::start_hurried().await;
        let (token, url, key) = (token(), standin.url(), public_key());
        let database = format!("sqlite:{}", standin.database().display());
        let own = [
            ("DISCORD_TOKEN", &*token),
            ("DISCORD_API_URL", &*url),
            ("DISCORD_PUBLIC_KEY", &*key),
            ("DATABASE_URL", &*database),
        ];
        let others = bot.environment.iter().map(|(name, value)| (*name, &**value));
        let environment: Vec<_> = own.into_iter().chain(others).collect();
        let began = Instant::now();
        let process = Process::start(&bot.command, &environment);
        let (way, arrivals) = match bot.door {
            Door::Gateway => {
                standin.ready(1).await;
                (Way::Gateway, callbacks)
            }
            Door::Http => {
                let (sender, answers) = unbounded_channel();
                let url = process.logged("ready on ").await;
                (Way::Http { client: client(), url, arrivals: sender }, answers)
            }
        };
        // READY was the first event.
        let (questions, made, length) = (events::question(), 1, 0);
        let mut running = Self { process, standin, way, arrivals, began, questions, made, length };
        if matches!(running.way, Way::Gateway) {
            events::servers().iter().for_each(|server| running.burst(server, 1));
        }
        running
    }

    /// Asks for the first time; gives how long the answer took since the start.
    pub(crate) async fn first_answer(&mut self) -> Duration {
        let question = self.question();
        self.send(question);
        let Arrival { at, body, .. } = self.next().await;
        let callback: Value = serde_json::from_slice(&body).unwrap_or_default();
        let is_answer = callback["type"] == MESSAGE && callback["data"]["embeds"][0].is_object();
        assert!(is_answer, "no answer: {}\n{}", String::from_utf8_lossy(&body), self.process.log());
        self.length = body.len();
        at - self.began
    }

    /// Asks, and gives how long the answer took.
    pub(crate) async fn ask(&mut self) -> Duration {
        self.ask_at_once(1, 1).await.time
    }

    /// Asks `count` questions, `at_once` of them at the same time.
    pub(crate) async fn ask_at_once(&mut self, count: usize, at_once: usize) -> Took {
        let questions: Vec<Question> = (0..count).map(|_| self.question()).collect();
        let mut open: HashSet<String> = questions.iter().map(|question| question.id.clone()).collect();
        let mut questions = questions.into_iter();
        let own_before = own_time();
        let begin = Instant::now();
        let mut end = begin;
        questions.by_ref().take(at_once).for_each(|question| self.send(question));
        while !open.is_empty() {
            let arrival = self.next().await;
            assert!(open.remove(&arrival.id), "it answered what was not asked:\n{}", self.process.log());
            end = arrival.at;
            if let Some(question) = questions.next() {
                self.send(question);
            }
        }
        Took { time: end - begin, own: own_time() - own_before }
    }

    /// Sends so many events as fast as the socket takes them.
    pub(crate) fn burst(&mut self, kind: &Kind, count: usize) {
        let frames: Vec<String> = (0..count).map(|_| kind.event(self.number()).frame()).collect();
        frames.iter().for_each(|frame| self.standin.send_text(frame));
    }

    /// How many answers come, until none comes for a while.
    pub(crate) async fn answers(&mut self, pause: Duration) -> usize {
        let mut count = 0;
        while let Ok(Some(_)) = timeout(pause, self.arrivals.recv()).await {
            count += 1;
        }
        count
    }

    pub(crate) async fn stop(self) {
        self.process.stop().await;
        self.standin.finish();
    }

    fn question(&mut self) -> Question {
        let number = self.number();
        let event = self.questions.event(number);
        let form = match self.way {
            Way::Gateway => Form::Frame(event.frame()),
            Way::Http { .. } => Form::Post(Post::signed(event.data)),
        };
        Question { id: event.id, form }
    }

    fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    fn send(&self, question: Question) {
        match (question.form, &self.way) {
            (Form::Frame(frame), _) => self.standin.send_text(&frame),
            (Form::Post(post), Way::Http { client, url, arrivals }) => {
                let (client, url, arrivals) = (client.clone(), url.clone(), arrivals.clone());
                tokio::spawn(async move {
                    let answer = post.send(&client, &url).await;
                    let arrival = Arrival { id: question.id, at: Instant::now(), body: answer.body.into() };
                    // Whoever has seen enough listens no more.
                    let _ = arrivals.send(arrival);
                });
            }
            (Form::Post(_), Way::Gateway) => {}
        }
    }

    /// The next answer. One that is much shorter than the first is none, but a remark that there were too many questions.
    async fn next(&mut self) -> Arrival {
        let arrival = timeout(WITHIN, self.arrivals.recv()).await;
        let Ok(Some(arrival)) = arrival else { panic!("no answer in {WITHIN:?}:\n{}", self.process.log()) };
        let is_answer = arrival.body.len() * 2 > self.length;
        assert!(is_answer, "no answer: {}\n{}", String::from_utf8_lossy(&arrival.body), self.process.log());
        arrival
    }
}
