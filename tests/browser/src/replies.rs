//! Twenty replies of the small comparison, which never change by themselves, one of each kind.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Page;

/// A reply: its name, what leads to it, and whether it is drawn dark or light.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Its name.
    pub name: &'static str,
    /// What is typed; else a path of the page.
    pub text: &'static str,
    /// What is pressed after that, one after the other.
    pub pressed: &'static [&'static str],
    /// How it is drawn.
    pub scheme: &'static str,
}

/// A quiz whose questions are always the same.
pub const QUIZ: &str = "quiz";

const fn shown(
    name: &'static str,
    text: &'static str,
    pressed: &'static [&'static str],
    scheme: &'static str,
) -> Shown {
    Shown { name, text, pressed, scheme }
}

/// The replies.
pub const REPLIES: [Shown; 20] = [
    shown("answer", "which has more caffeine?", &[], "dark"),
    shown("comparison", "/compare taste", &[], "light"),
    shown("details", "/compare taste", &["Details"], "dark"),
    shown("article", "/compare taste", &["Article · 1"], "light"),
    shown("sources", "/compare taste", &["Sources · 2"], "dark"),
    shown("two-answers", "which has more caffeine? and which tastes better?", &[], "light"),
    shown("recommendation", "/recommend a brunch for early guests", &[], "dark"),
    shown("recommendation-in-full", "/recommend a brunch for early guests", &["Details"], "light"),
    shown("correction", "/recommend a brunch for early guests", &["Correct"], "dark"),
    shown("topics", "/topics", &[], "light"),
    shown("help", "/help", &[], "dark"),
    shown("unknown", "how do I repair a bicycle?", &[], "light"),
    shown("small-talk", "thanks!", &[], "dark"),
    shown("foreign", "¿cuál es mejor, el té o el café?", &[], "light"),
    shown("welcome", "/onboard start", &[], "dark"),
    shown("tour", "/onboard start", &["Brewing", "Next"], "light"),
    shown("quiz", QUIZ, &[], "dark"),
    shown("quiz-explained", QUIZ, &["A"], "light"),
    shown("remark", "/nonsense", &[], "dark"),
    shown(
        "hostile",
        "/ask <script>alert('é')</script> <b>日</b> 🦀 **which** [tastes](https://b.example) better?",
        &[],
        "light",
    ),
];

/// What is opened by a click, and not shown in a message of its own.
const SAME_MESSAGE: [&str; 3] = ["Brewing", "Next", "A"];

impl Page {
    /// Shows a reply, and nothing after it.
    pub async fn show(&self, reply: &Shown) {
        match reply.text {
            QUIZ => self.go(&self.quiz().await).await,
            text => self.go_to(text).await,
        }
        for label in reply.pressed {
            let before = "[document.querySelectorAll('#channel > li').length, document.querySelector('#channel > li:last-child h2').textContent, \
                          document.querySelector('#channel > li:last-child .text').textContent].join()";
            let was = self.text(before).await;
            self.press(label).await;
            self.until(&format!("{before} !== {}", serde_json::json!(was))).await;
            assert!(SAME_MESSAGE.contains(label) || self.messages().await.len() > 1, "{label}");
        }
    }

    /// The path of a quiz whose questions are always the same: chance gives its number, and nothing else of its state.
    async fn quiz(&self) -> String {
        self.go_to("/onboard quiz").await;
        let state = self.text("document.querySelector('#channel form button').value").await;
        let (_, quiz) = state.split_once("quiz:").expect("it is a quiz");
        let digest = URL_SAFE_NO_PAD.decode(quiz.split(':').next().unwrap_or_default()).expect("it is a state");
        let numbers = [&digest[..4], &7_u32.to_be_bytes()].concat();
        format!("?view=quiz:{}:", URL_SAFE_NO_PAD.encode(numbers))
    }
}
