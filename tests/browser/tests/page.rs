//! The page as people use it: by mouse and keyboard, on a phone and a desktop, dark and light, with a script and without.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where what it stands on is missing")]

use fantoccini::Locator;
use serde_json::{Value, json};
use versus_browser::replies::REPLIES;
use versus_browser::{DESKTOP, Look, PHONE, Page, TIME_OUT};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const BLANK: &str = "\u{e00d}";
/// Pixels of the narrowest phone that people still use.
const NARROWEST: u32 = 320;
const HAS_FOCUS: &str = "document.activeElement.id === 'ask'";

#[tokio::test]
async fn a_question_is_asked_and_has_an_address() {
    let page = Page::open(Look::SAMPLE).await;
    // Who opens the page can type at once.
    page.until(HAS_FOCUS).await;
    page.keys(&format!("which has more caffeine?{ENTER}")).await;
    page.until_title("Caffeine").await;
    page.until(HAS_FOCUS).await;
    assert_eq!(page.text("document.getElementById('ask').value").await, "");
    assert_eq!(page.text("document.getElementById('status').textContent").await, "versus: Caffeine");
    assert_eq!(page.text("location.search").await, "?q=which+has+more+caffeine%3F");
    page.client.refresh().await.expect("it can be loaded again");
    assert_eq!(page.messages().await, ["which has more caffeine?", "Caffeine"]);
    page.close().await;
}

#[tokio::test]
async fn commands_and_topics_are_completed_by_the_keyboard() {
    let page = Page::open(Look::SAMPLE).await;
    page.keys("/c").await;
    page.until("document.querySelectorAll('#completions [role=option]').length === 1").await;
    page.keys(&format!("{DOWN}{TAB}")).await;
    page.until("document.getElementById('ask').value === '/compare '").await;
    page.until("document.querySelectorAll('#completions [role=option]').length === 2").await;
    page.keys(&format!("{DOWN}{DOWN}")).await;
    let active =
        "document.getElementById(document.getElementById('ask').getAttribute('aria-activedescendant')).dataset.value";
    assert_eq!(page.text(active).await, "/compare taste");
    page.keys(ENTER).await;
    page.until("document.getElementById('ask').value === '/compare taste'").await;
    page.until("document.getElementById('completions').hidden").await;
    page.keys(ENTER).await;
    page.until_title("Taste").await;
    // Nothing is offered to free text, and what is offered goes away.
    page.keys("taste").await;
    assert_eq!(page.value("document.getElementById('completions').hidden").await, true);
    let ask = page.find("#ask").await;
    ask.clear().await.expect("it can be cleared");
    ask.send_keys("/to").await.expect("it can be typed into");
    page.until("!document.getElementById('completions').hidden").await;
    page.keys(ESCAPE).await;
    page.until("document.getElementById('completions').hidden").await;
    page.close().await;
}

#[tokio::test]
async fn a_completion_is_chosen_with_the_mouse() {
    let page = Page::open(Look::SAMPLE).await;
    page.keys("/topi").await;
    page.until("document.querySelectorAll('#completions [role=option]').length === 1").await;
    page.find("#completions [role=option]").await.click().await.expect("it can be clicked");
    page.until("document.getElementById('ask').value === '/topics'").await;
    page.until(HAS_FOCUS).await;
    page.close().await;
}

#[tokio::test]
async fn details_open_privately_and_are_shared_and_deleted() {
    let page = Page::open(Look::SAMPLE).await;
    page.go("?q=/compare+taste").await;
    page.press("Details").await;
    page.until("document.querySelectorAll('#channel > li').length === 3").await;
    assert_eq!(page.messages().await, ["/compare taste", "Taste", "private Taste"]);
    assert_eq!(page.text("document.activeElement.tagName").await, "H2");
    page.press("Share").await;
    page.until("document.querySelectorAll('#channel > li').length === 4").await;
    assert_eq!(page.messages().await, ["/compare taste", "Taste", "private Taste", "Taste"]);
    assert!(!page.text("document.querySelector('#channel > .private').innerText").await.contains("Share"));
    page.find("#channel > li:last-child .danger").await.click().await.expect("it can be pressed");
    page.until("document.querySelectorAll('#channel > li').length === 3").await;
    page.until(HAS_FOCUS).await;
    page.press("Dismiss").await;
    page.until("document.querySelectorAll('#channel > li').length === 2").await;
    page.close().await;
}

#[tokio::test]
async fn a_menu_is_used_by_the_keyboard_alone() {
    let page = Page::open(Look::SAMPLE).await;
    page.go("?q=/topics").await;
    // From the input back to the menu.
    page.find("#ask").await.click().await.expect("it can be clicked");
    for _ in 0..20 {
        if page.text("document.activeElement.tagName").await == "SUMMARY" {
            break;
        }
        page.keys(&format!("\u{e008}{TAB}")).await;
    }
    page.keys(BLANK).await;
    page.until("document.querySelector('details').open").await;
    page.keys(ESCAPE).await;
    page.until("!document.querySelector('details').open").await;
    assert_eq!(page.text("document.activeElement.tagName").await, "SUMMARY");
    page.keys(&format!("{ENTER}{TAB}{TAB}{ENTER}")).await;
    page.until_title("Taste").await;
    assert_eq!(page.messages().await, ["/topics", "Taste"]);
    page.close().await;
}

#[tokio::test]
async fn a_menu_of_several_takes_what_is_ticked() {
    let page = Page::open(Look::REAL).await;
    page.go_to("/recommend a web shop").await;
    for _ in 0..20 {
        if page.value("document.querySelectorAll('#channel [type=checkbox]').length > 1").await == true {
            break;
        }
        let before = page.text("document.querySelector('#channel > li:last-child summary').textContent").await;
        page.press("Skip this question").await;
        page.until(&format!(
            "document.querySelector('#channel > li:last-child summary').textContent !== {}",
            json!(before)
        ))
        .await;
    }
    page.find("#channel summary").await.click().await.expect("it opens");
    for option in
        page.client.find_all(Locator::Css("#channel [type=checkbox]")).await.expect("they are there").iter().take(2)
    {
        option.click().await.expect("it can be ticked");
    }
    let before = page.text("document.querySelector('#channel .embed').innerText").await;
    page.press("Choose").await;
    page.until(&format!("document.querySelector('#channel .embed').innerText !== {}", json!(before))).await;
    page.close().await;
}

#[tokio::test]
async fn a_quiz_goes_to_its_end() {
    let page = Page::open(Look::SAMPLE).await;
    page.ask("/onboard quiz").await;
    for question in 1..=5 {
        page.until_title(&format!("Quiz: question {question} of 5")).await;
        page.press("B").await;
        let on = if question < 5 { "Next question" } else { "My result" };
        page.until(&format!("document.getElementById('channel').innerText.includes('{on}')")).await;
        page.press(on).await;
    }
    page.until_title("Quiz: the result").await;
    page.press("Share my result").await;
    page.until("!document.querySelector('#channel > li:last-child').classList.contains('private')").await;
    assert!(page.text("document.querySelector('#channel > li:last-child').innerText").await.contains("@You"));
    page.close().await;
}

#[tokio::test]
async fn the_position_in_a_tour_lives_in_the_page() {
    let page = Page::open(Look::SAMPLE).await;
    page.ask("/onboard start").await;
    page.press("Brewing").await;
    page.until_title("Brewing · Water first").await;
    page.press("Next").await;
    page.until_title("Brewing · Leaves").await;
    page.ask("which tastes better?").await;
    page.ask("/onboard start").await;
    page.until_title("Brewing · Leaves").await;
    page.ask("/forget-me").await;
    page.ask("/onboard start").await;
    page.until_title("Welcome to the team").await;
    page.close().await;
}

#[tokio::test]
async fn a_reply_to_an_earlier_answer_follows_it() {
    let page = Page::open(Look::SAMPLE).await;
    page.ask("which has more caffeine?").await;
    page.ask("/topics").await;
    page.find("#channel > li .follow").await.click().await.expect("it can be clicked");
    page.until(HAS_FOCUS).await;
    assert_eq!(page.text("document.querySelector('#following strong').textContent").await, "Caffeine");
    page.ask("why?").await;
    page.until_title("Caffeine").await;
    assert_eq!(page.value("document.getElementById('following').hidden").await, true);
    // What follows nothing says so.
    page.ask("why?").await;
    page.until_title("About which answer?").await;
    page.close().await;
}

#[tokio::test]
async fn an_answer_is_copied_as_markdown() {
    let page = Page::open(Look::SAMPLE).await;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.tool("Browser.grantPermissions", permissions).await;
    page.go("?q=which+tastes+better%3F").await;
    page.press("Copy as Markdown").await;
    page.until("document.querySelector('#channel .copy').textContent === 'Copied'").await;
    let script = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, (error) => done(String(error)));";
    let copied = page.client.execute_async(script, Vec::new()).await.expect("it is read");
    assert!(copied.as_str().unwrap_or_default().starts_with("**Taste**\n"), "{copied}");
    page.close().await;
}

#[tokio::test]
async fn mark_up_as_a_question_stays_text() {
    let page = Page::open(Look::SAMPLE).await;
    let hostile = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>";
    for text in [hostile.to_owned(), format!("/ask {hostile}"), format!("/nonsense {hostile}")] {
        page.ask(&text).await;
        page.go_to(&text).await;
        assert!(page.said().await.contains(hostile), "{}", page.said().await);
        assert_eq!(
            page.value("window.hacked ?? document.querySelectorAll('#channel script, #channel img').length").await,
            0
        );
    }
    page.close().await;
}

#[tokio::test]
async fn a_program_that_was_ended_is_missed_politely() {
    let mut page = Page::open(Look::SAMPLE).await;
    page.end_program().await;
    page.keys(&format!("which tastes better?{ENTER}")).await;
    page.until("document.querySelector('#channel > li:last-child .said')?.textContent.includes('cannot be reached')")
        .await;
    // The question is not lost.
    assert_eq!(page.text("document.getElementById('ask').value").await, "which tastes better?");
    page.client.close().await.expect("the browser ends");
}

#[tokio::test]
async fn the_page_works_without_a_script() {
    let page = Page::open(Look { is_sample: true, scripts: false }).await;
    let title = async |expected: &str| {
        let path = format!("//h2[text()='{expected}']");
        let found = page.client.wait().at_most(TIME_OUT).for_element(Locator::XPath(&path)).await;
        found.unwrap_or_else(|error| panic!("{expected} is not there: {error}"));
    };
    title("Tea or coffee?").await;
    let ask = page.find("#ask").await;
    ask.send_keys(&format!("which has more caffeine?{ENTER}")).await.expect("it can be typed into");
    title("Caffeine").await;
    for hidden in [".copy", "#dark"] {
        assert!(!page.find(hidden).await.is_displayed().await.expect("it is there"), "{hidden}");
    }
    page.press("Sources · 2").await;
    title("Caffeine: sources").await;
    page.press("Share").await;
    page.go("?q=/topics").await;
    page.find("#channel summary").await.click().await.expect("it opens");
    page.find("#channel .option").await.click().await.expect("it can be chosen");
    title("Caffeine").await;
    page.find(".follow").await.click().await.expect("it can be clicked");
    page.find("#ask").await.send_keys(&format!("why?{ENTER}")).await.expect("it can be typed into");
    title("Caffeine").await;
    page.go("?q=/onboard+start").await;
    page.press("Brewing").await;
    title("Brewing · Water first").await;
    page.press("Next").await;
    title("Brewing · Leaves").await;
    page.client.close().await.expect("the browser ends");
}

#[tokio::test]
async fn nothing_scrolls_sideways_on_a_phone() {
    let page = Page::open(Look::SAMPLE).await;
    for width in [NARROWEST, PHONE] {
        page.be(width, "light").await;
        for reply in REPLIES {
            page.show(&reply).await;
            page.value("document.querySelectorAll('details').forEach((menu) => { menu.open = true; }) ?? 0").await;
            let most = page.value("document.documentElement.scrollWidth").await;
            assert!(most.as_u64().is_some_and(|most| most <= width.into()), "{} at {width}: {most}", reply.name);
        }
    }
    page.close().await;
}

#[tokio::test]
async fn dark_and_light_follow_the_system_and_are_switched() {
    let page = Page::open(Look::SAMPLE).await;
    let background = "getComputedStyle(document.body).backgroundColor";
    let pressed = "document.getElementById('dark').getAttribute('aria-pressed')";
    let (dark, light) = ("rgb(49, 51, 56)", "rgb(255, 255, 255)");
    for (scheme, colour) in [("light", light), ("dark", dark)] {
        page.be(DESKTOP, scheme).await;
        page.until(&format!("{background} === '{colour}' && {pressed} === '{}'", scheme == "dark")).await;
    }
    page.find("#dark").await.click().await.expect("it can be pressed");
    page.until(&format!("{background} === '{light}' && {pressed} === 'false'")).await;
    // It lasts as long as the tab, and no longer.
    page.go("?q=/topics").await;
    assert_eq!(page.text(background).await, light);
    assert_eq!(page.value("document.cookie.length + localStorage.length").await, 0);
    page.close().await;
}

/// What axe-core finds wrong with the page.
async fn violations(page: &Page, axe: &str) -> Vec<String> {
    page.client.execute(axe, Vec::new()).await.expect("the rules are there");
    let script = "const done = arguments[arguments.length - 1]; axe.run(document, { resultTypes: ['violations'] })\
        .then((found) => done(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)), \
        (error) => done([String(error)]));";
    let found: Value = page.client.execute_async(script, Vec::new()).await.expect("they can be checked");
    found.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn axe_finds_no_violation() {
    let rules = versus_browser::root().join("tests/browser/node_modules/axe-core/axe.min.js");
    let rules = std::fs::read_to_string(rules).expect("axe-core is installed, see CONTRIBUTING.md");
    let page = Page::open(Look::SAMPLE).await;
    for (width, scheme) in [(DESKTOP, "dark"), (DESKTOP, "light"), (PHONE, "dark"), (PHONE, "light")] {
        page.be(width, scheme).await;
        for reply in REPLIES {
            page.show(&reply).await;
            page.value("document.querySelectorAll('details').forEach((menu) => { menu.open = true; }) ?? 0").await;
            assert_eq!(violations(&page, &rules).await, Vec::<String>::new(), "{} {width} {scheme}", reply.name);
        }
        page.go("").await;
        page.keys("/").await;
        page.until("!document.getElementById('completions').hidden").await;
        page.keys(DOWN).await;
        assert_eq!(violations(&page, &rules).await, Vec::<String>::new(), "completions {width} {scheme}");
    }
    page.close().await;
}
