//! The page in a browser: the real binary over a real socket, as a browser without a script uses it, and as its script does.

mod asking;
#[cfg(target_os = "linux")]
mod opening;
mod pressing;
mod safety;

use once_cell::sync::Lazy;
use regex::Regex;
use reqwest::{Client, Response};
use url::form_urlencoded::Serializer;

use crate::bot::Bot;

/// The small comparison.
const TEA_AND_COFFEE: (&str, &str) =
    ("VERSUS_DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/other_comparison/data"));
const ANY_PORT: &str = "127.0.0.1:0";

static BUTTON: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r#"<button class="(?:primary|secondary|danger|option)" name="(press|choose)" value="([^"]*)"[^>]*>(?:<span class="label">)?([^<]*)<"#).expect("it is a pattern")
});
static TITLE: Lazy<Regex> =
    Lazy::new(|| Regex::new(r#"<(?:h2 tabindex="-1"|p class="said")>([^<]*)<"#).expect("it is a pattern"));
static MENU: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r#"<details class="menu"><summary>([^<]*)</summary>.*?name="press" value="([^"]*)""#)
        .expect("it is a pattern")
});

/// A running page with its reader.
struct Page {
    bot: Bot,
    url: String,
    client: Client,
}

/// What came for a request.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A message of a page.
#[derive(Debug, Clone)]
struct Message {
    html: String,
    title: String,
    is_private: bool,
}

impl Page {
    /// A page that compares tea and coffee.
    async fn open() -> Self {
        Self::of(Bot::run(&["web", "--listen", ANY_PORT], &[TEA_AND_COFFEE])).await
    }

    /// A page of the compiled-in comparison.
    async fn of_the_real_comparison() -> Self {
        Self::of(Bot::run(&["web", "--listen", ANY_PORT], &[])).await
    }

    async fn of(bot: Bot) -> Self {
        bot.logged(" shows the page").await;
        let log = bot.log();
        let url = log.lines().find_map(|line| line.split_once(" shows the page")).map(|(url, _)| url.to_owned());
        Self { bot, url: url.expect("the address was printed"), client: Client::new() }
    }

    async fn get(&self, path: &str) -> Answer {
        Answer::read(self.client.get(format!("{}{path}", self.url)).send().await.expect("it answers")).await
    }

    /// What the page without a script shows for these fields.
    async fn load(&self, fields: &[(&str, &str)]) -> Answer {
        self.get(&format!("?{}", encoded(fields))).await
    }

    /// What the script gets for these fields.
    async fn send(&self, fields: &[(&str, &str)]) -> Answer {
        self.post(encoded(fields)).await
    }

    async fn post(&self, body: impl Into<reqwest::Body>) -> Answer {
        let post = self.client.post(format!("{}reply", self.url));
        let post = post.header("content-type", "application/x-www-form-urlencoded").body(body);
        Answer::read(post.send().await.expect("it answers")).await
    }

    /// What follows from something that was typed.
    async fn ask(&self, text: &str) -> Message {
        self.send(&[("q", text)]).await.last()
    }

    /// What follows from the button or option with this label.
    async fn press(&self, message: &Message, label: &str, tour: &str) -> Answer {
        let (name, state) = message.button(label);
        let private = if message.is_private { "1" } else { "" };
        let menu = message.menu_of(&name);
        let fields: Vec<(&str, &str)> =
            [(name.as_str(), state.as_str()), ("tour", tour), ("private", private), ("press", &menu)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect();
        self.send(&fields).await
    }

    /// Ends it, and checks that it had nothing to say.
    async fn close(self) {
        let (code, log) = self.bot.stop().await;
        assert_eq!(code, Some(0), "{log}");
        let lines = log.lines().filter(|line| !line.contains(" shows the page") && !line.contains("closing the port"));
        assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let headers = headers.collect();
        let body = response.bytes().await.expect("the answer has an end").to_vec();
        Self { status, headers, body }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// An attribute of the list of messages.
    fn attribute(&self, name: &str) -> String {
        let text = self.text();
        let value = text.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.map(|(value, _)| value.to_owned()).unwrap_or_default()
    }

    #[track_caller]
    fn messages(&self) -> Vec<Message> {
        assert_eq!(self.status, 200, "{}", self.text());
        let text = self.text();
        // Behind the list a page has what its script shows by itself.
        let list = text.split("</ol>").next().unwrap_or_default();
        list.split("<li class=\"message").skip(1).map(Message::read).collect()
    }

    #[track_caller]
    fn last(&self) -> Message {
        self.messages().pop().expect("there is a message")
    }

    /// A line for each message: who sees it, what it is called, what can be pressed.
    #[track_caller]
    fn lines(&self) -> String {
        self.messages().iter().map(Message::line).collect()
    }
}

impl Message {
    fn read(html: &str) -> Self {
        let title = TITLE.captures(html).map(|found| found[1].to_owned()).unwrap_or_default();
        let is_private = html.split_once('>').is_some_and(|(classes, _)| classes.contains("private"));
        Self { html: html.to_owned(), title, is_private }
    }

    /// The labels of what can be pressed.
    fn labels(&self) -> Vec<String> {
        BUTTON.captures_iter(&self.html).map(|found| found[3].to_owned()).collect()
    }

    /// The name and the value of the field that a button sends.
    #[track_caller]
    fn button(&self, label: &str) -> (String, String) {
        let found = BUTTON.captures_iter(&self.html).find(|found| &found[3] == label);
        let found = found.unwrap_or_else(|| panic!("{label} is not in {}", self.line()));
        (found[1].to_owned(), found[2].to_owned())
    }

    /// The state of the menu in which something is chosen; blank where a button is pressed.
    fn menu_of(&self, name: &str) -> String {
        let menu = MENU.captures(&self.html).filter(|_| name == "choose");
        menu.map(|found| found[2].to_owned()).unwrap_or_default()
    }

    /// The address of a link by its class.
    fn link(&self, class: &str) -> String {
        let link =
            self.html.split_once(&format!("<a class=\"{class}\" href=\"/")).and_then(|(_, rest)| rest.split_once('"'));
        link.map(|(path, _)| path.replace("&amp;", "&")).unwrap_or_default()
    }

    fn line(&self) -> String {
        let audience = if self.is_private { "private" } else { "public" };
        let line = format!("{audience} | {} | {}", self.title, self.labels().join(", "));
        format!("{}\n", line.trim_end_matches([' ', '|']))
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}
