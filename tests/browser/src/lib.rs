//! A browser that looks at the page of the real program: Chromium, driven by its driver.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where what it stands on is missing")]

pub mod pictures;
pub mod replies;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// How long something may take that ends by itself. Generous: the machine may be busy.
pub const TIME_OUT: Duration = Duration::from_secs(60);
/// Pixels of a phone's width.
pub const PHONE: u32 = 400;
/// Pixels of a desktop's width.
pub const DESKTOP: u32 = 1000;
const HEIGHT: u32 = 900;

/// The page of a running program in a browser. Both end when it is dropped.
pub struct Page {
    /// Speaks to the browser.
    pub client: Client,
    /// The address of the page, with a slash at its end.
    pub url: String,
    program: Child,
    _driver: Child,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether the small comparison of the tests is shown, which changes with the tests alone.
    pub is_sample: bool,
    /// Whether scripts run.
    pub scripts: bool,
}

impl Look {
    /// The sample, with scripts.
    pub const SAMPLE: Self = Self { is_sample: true, scripts: true };
    /// The comparison that is compiled in, with scripts.
    pub const REAL: Self = Self { is_sample: false, scripts: true };
}

/// A command that only Chromium's driver has: one of the protocol of its developer tools.
struct Tool {
    method: &'static str,
    parameters: Value,
}

impl fmt::Debug for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method)
    }
}

impl WebDriverCompatibleCommand for Tool {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.method, "params": self.parameters }).to_string()))
    }
}

/// What the browser wrote into its console since it was asked last.
#[derive(Debug)]
struct Console;

impl WebDriverCompatibleCommand for Console {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn program() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug/versus")
}

/// Starts something, and waits for the line of its output that holds this.
async fn start(command: &mut Command, awaited: &str) -> (Child, String) {
    let shown = format!("{command:?}");
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{shown} does not start: {error}; see CONTRIBUTING.md"));
    let output = child.stdout.take().expect("the output is piped");
    let line = timeout(TIME_OUT, line_with(output, awaited.to_owned())).await;
    (child, line.ok().flatten().unwrap_or_else(|| panic!("{shown} never says {awaited:?}")))
}

async fn line_with(output: ChildStdout, awaited: String) -> Option<String> {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line.contains(&awaited) {
            // Nothing may be written into a closed pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(line);
        }
    }
    None
}

impl Page {
    /// Starts the program and a browser, and opens the page.
    pub async fn open(look: Look) -> Self {
        let mut program = Command::new(program());
        program.args(["web", "--listen", "127.0.0.1:0"]).current_dir(std::env::temp_dir()).env_clear();
        program.env("HOME", std::env::temp_dir().join("versus-browser"));
        if look.is_sample {
            program.env("VERSUS_DATA", root().join("tests/it/other_comparison/data"));
        }
        let (program, line) = start(&mut program, " shows the page").await;
        let url = line.split(' ').next().unwrap_or_default().to_owned();
        let (driver, line) = start(Command::new("chromedriver").arg("--port=0"), "successfully on port ").await;
        let port: String = line.rsplit(' ').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        let capabilities = capabilities(look.scripts);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().cloned().unwrap_or_default())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        let page = Self { client, url, program, _driver: driver };
        page.be(DESKTOP, "dark").await;
        page.go("").await;
        page
    }

    /// Opens a path of the page, without its first slash.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.url)).await.expect("the page is there");
    }

    /// Opens what is shown for a text.
    pub async fn go_to(&self, text: &str) {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
        self.go(&format!("?{query}")).await;
    }

    /// Makes the page as wide as this, and dark or light by the system's wish. Nothing moves.
    pub async fn be(&self, width: u32, scheme: &str) {
        let size = json!({ "width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
        self.tool("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tool("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Uses one of the browser's tools.
    pub async fn tool(&self, method: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(Tool { method, parameters }).await.expect("the tool works")
    }

    /// The value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Value {
        self.client.execute(&format!("return ({expression});"), Vec::new()).await.expect("it has a value")
    }

    /// The same, as a text.
    pub async fn text(&self, expression: &str) -> String {
        self.value(expression).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression in the page holds.
    pub async fn until(&self, expression: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             const look = () => ({expression}) ? done(true) : setTimeout(look, 10); look();"
        );
        let waited = self.client.execute_async(&script, Vec::new()).await;
        assert!(waited.is_ok(), "{expression} never holds: {waited:?}\n{}", self.said().await);
    }

    /// All that is read in the page.
    pub async fn said(&self) -> String {
        self.text("document.body.innerText").await
    }

    /// The element of a selector.
    pub async fn find(&self, selector: &str) -> Element {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector} is not there: {error}"))
    }

    /// Types into what has the focus.
    pub async fn keys(&self, keys: &str) {
        self.client.active_element().await.expect("something has it").send_keys(keys).await.expect("it takes keys");
    }

    /// Asks, and waits for the answer.
    pub async fn ask(&self, text: &str) {
        let before = self.value("document.querySelectorAll('#channel > li').length").await;
        self.find("#ask").await.send_keys(&format!("{text}\u{e007}")).await.expect("it can be typed into");
        self.until(&format!("document.querySelectorAll('#channel > li').length >= {before} + 2")).await;
    }

    /// Presses the last button with this label.
    pub async fn press(&self, label: &str) {
        let path = format!("(//*[@id='channel']//button[normalize-space()='{label}'])[last()]");
        let button = self.client.find(Locator::XPath(&path)).await;
        button
            .unwrap_or_else(|error| panic!("{label} is not there: {error}"))
            .click()
            .await
            .expect("it can be pressed");
    }

    /// Waits until the last message has this title.
    pub async fn until_title(&self, title: &str) {
        self.until(&format!("document.querySelector('#channel > li:last-child h2')?.textContent === {}", json!(title)))
            .await;
    }

    /// The classes, titles and what else is named of each message, a line each.
    pub async fn messages(&self) -> Vec<String> {
        let lines = "[...document.querySelectorAll('#channel > li')].map((li) => \
            (li.classList.contains('private') ? 'private ' : '') + (li.querySelector('h2, .said').textContent))";
        let lines = self.value(lines).await;
        lines.as_array().into_iter().flatten().filter_map(|line| Some(line.as_str()?.to_owned())).collect()
    }

    /// A picture of the elements that a selector finds, from the first to the last, as PNG. Nothing in it has the focus, no button
    /// is below the mouse, and the input covers nothing.
    pub async fn picture(&self, selector: &str) -> Vec<u8> {
        let away = json!({ "type": "mouseMoved", "x": 0, "y": 0 });
        self.tool("Input.dispatchMouseEvent", away).await;
        self.value("document.activeElement.blur() ?? 0").await;
        let composer = "document.getElementById('composer').hidden";
        self.value(&format!("{composer} = true")).await;
        self.until("[...document.images].every((image) => image.complete)").await;
        let area = self
            .value(&format!(
                "(() => {{ const areas = [...document.querySelectorAll({})].map((one) => one.getBoundingClientRect()); \
                 const [left, top] = [Math.min(...areas.map((one) => one.left)), Math.min(...areas.map((one) => one.top))]; \
                 return {{ x: left + scrollX, y: top + scrollY, width: Math.max(...areas.map((one) => one.right)) - left, \
                 height: Math.max(...areas.map((one) => one.bottom)) - top, scale: 1 }}; }})()",
                json!(selector)
            ))
            .await;
        let shot = json!({ "format": "png", "clip": area, "captureBeyondViewport": true });
        let shot = self.tool("Page.captureScreenshot", shot).await;
        STANDARD.decode(shot["data"].as_str().unwrap_or_default()).expect("it is a picture")
    }

    /// What the browser complained about: errors of scripts, and what the policy of the page forbids.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self.client.issue_cmd(Console).await.expect("the browser has a log");
        let lines = lines.as_array().into_iter().flatten();
        lines.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Ends the program, as when somebody presses Ctrl-C.
    pub async fn end_program(&mut self) {
        self.program.kill().await.expect("it can be ended");
    }

    /// Closes the browser, which must not have complained.
    pub async fn close(self) {
        assert_eq!(self.complaints().await, Vec::<String>::new());
        self.client.close().await.expect("the browser ends");
    }
}

fn capabilities(scripts: bool) -> Value {
    let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"];
    // What a switch of the page has to say itself.
    let arguments: Vec<&str> = arguments.into_iter().chain(["--font-render-hinting=none", "--lang=en"]).collect();
    let setting = if scripts { 1 } else { 2 };
    json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": setting },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": TIME_OUT.as_millis(), "pageLoad": TIME_OUT.as_millis() },
    })
}
