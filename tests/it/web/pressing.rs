//! What is pressed and chosen: it does what it does in Discord, and the position in a tour lives in the page.

use expect_test::expect;
use versus::presentation::wording;

use super::{Message, Page};

#[tokio::test]
async fn details_open_privately_and_are_shared_once() {
    let page = Page::open().await;
    let answer = page.ask("/compare taste").await;
    let opened = page.press(&answer, wording::DETAILS, "").await;
    assert_eq!(opened.attribute("data-effect"), "add");
    let details = opened.last();
    assert!(details.is_private, "{}", details.line());
    let shared = page.press(&details, wording::SHARE, "").await;
    assert_eq!(shared.attribute("data-effect"), "replace");
    let [left, posted] = &shared.messages()[..] else { panic!("{}", shared.lines()) };
    assert!(left.is_private && !left.labels().contains(&wording::SHARE.to_owned()), "{}", left.line());
    assert!(!posted.is_private && posted.labels().contains(&wording::DELETE.to_owned()), "{}", posted.line());
    assert_eq!(left.title, posted.title);
    page.close().await;
}

#[tokio::test]
async fn a_button_or_an_option_shows_something_else_in_the_same_message() {
    let page = Page::open().await;
    let answer = page.ask("/topics").await;
    let chosen = page.press(&answer, "Caffeine", "").await;
    assert_eq!(chosen.attribute("data-effect"), "replace");
    assert_eq!((chosen.messages().len(), chosen.last().title.as_str()), (1, "Caffeine"));
    let on = page.press(&chosen.last(), "Taste", "").await;
    assert_eq!((on.attribute("data-effect").as_str(), on.last().title.as_str()), ("replace", "Taste"));
    page.close().await;
}

#[tokio::test]
async fn a_menu_of_several_takes_several() {
    let page = Page::of_the_real_comparison().await;
    let mut answer = page.ask("/recommend a web shop").await;
    // The questions come one after the other, and one of them takes several answers.
    for _ in 0..20 {
        if answer.html.contains("type=\"checkbox\"") {
            break;
        }
        answer = page.press(&answer, wording::SKIP, "").await.last();
    }
    let values: Vec<&str> =
        answer.html.split("name=\"choose\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let (_, menu) = answer.button(wording::page::CHOOSE);
    let both = page.send(&[("choose", values[0]), ("choose", values[1]), ("press", &menu)]).await.last();
    let one = page.send(&[("choose", values[0]), ("press", &menu)]).await.last();
    assert_ne!(both.html, one.html);
    let none = page.send(&[("press", &menu)]).await.last();
    assert_eq!(none.title, wording::UNKNOWN_BUTTON);
    page.close().await;
}

#[tokio::test]
async fn a_deleted_answer_goes() {
    let page = Page::open().await;
    let answer = page.ask("/compare taste").await;
    let deleted = page.press(&answer, wording::DELETE, "").await;
    assert_eq!(deleted.attribute("data-effect"), "delete");
    page.close().await;
}

#[tokio::test]
async fn a_tour_goes_on_where_the_page_left_it() {
    let page = Page::open().await;
    let welcome = page.ask("/onboard start").await;
    let first = page.press(&welcome, "Brewing", "").await;
    let second = page.press(&first.last(), wording::NEXT, &first.attribute("data-tour")).await;
    let tour = second.attribute("data-tour");
    let mut steps = vec![first.last(), second.last()];
    steps.push(page.send(&[("q", "/onboard start"), ("tour", &tour)]).await.last());
    steps.push(page.ask("/onboard start").await);
    expect![[r#"
        private | Brewing · Water first | Next, More on this, Other tours
        private | Brewing · Leaves | Back, Next, More on this, Other tours
        private | Brewing · Leaves | Back, Next, More on this, Other tours
        private | Welcome to the team | Brewing, Serving
    "#]]
    .assert_eq(&steps.iter().map(Message::line).collect::<String>());
    let forgotten = page.send(&[("q", "/forget-me"), ("tour", &tour)]).await;
    assert_eq!((forgotten.attribute("data-tour").as_str(), forgotten.last().title.as_str()), ("", wording::FORGOTTEN));
    assert!(forgotten.text().contains("Brewing"), "{}", forgotten.text());
    // Any other answer keeps the position.
    assert_eq!(page.send(&[("q", "/topics"), ("tour", &tour)]).await.attribute("data-tour"), tour);
    // What no page wrote is nowhere.
    for nowhere in ["tour:brewing:nonsense", "tour:é:🦀", "help", "<script>"] {
        assert_eq!(page.send(&[("q", "/topics"), ("tour", nowhere)]).await.status, 200, "{nowhere}");
    }
    page.close().await;
}

#[tokio::test]
async fn a_quiz_goes_to_its_end_and_its_result_is_shared() {
    let page = Page::open().await;
    let mut shown = page.ask("/onboard quiz").await;
    for question in 1..=5 {
        shown = page.press(&shown, "A", "").await.last();
        let on = if question < 5 { wording::NEXT_QUESTION } else { wording::RESULT };
        shown = page.press(&shown, on, "").await.last();
        assert!(shown.is_private, "{}", shown.line());
    }
    assert_eq!(shown.title, wording::QUIZ_RESULT);
    let shared = page.press(&shown, wording::SHARE_RESULT, "").await.last();
    assert!(!shared.is_private && shared.html.contains("<span class=\"person\">@You</span>"), "{}", shared.html);
    page.close().await;
}

#[tokio::test]
async fn the_button_of_a_panel_opens_a_tour_privately_and_a_report_goes_nowhere() {
    let page = Page::open().await;
    let panel = page.ask("/onboard panel").await;
    let tour = page.press(&panel, wording::BEGIN, "").await;
    assert_eq!(tour.attribute("data-effect"), "add");
    assert!(tour.last().is_private);
    let details = page.press(&page.ask("/compare taste").await, wording::DETAILS, "").await.last();
    let reported = page.press(&details, wording::WRONG_BUTTON, "").await.last();
    assert_eq!((reported.title.as_str(), reported.is_private), (wording::page::REPORTS_NOTHING, true));
    page.close().await;
}

#[tokio::test]
async fn a_state_that_this_page_did_not_write_does_nothing() {
    let page = Page::open().await;
    let unknown =
        ["", "....", "poll:vote:7", "é.日.🦀", "2.AAAAAAAAAAAAAAAA.show.x:y", "2.AAAAAAAAAAAAAAAA.explode", "<script>"];
    for state in unknown {
        let answer = page.send(&[("press", state)]).await.last();
        assert_eq!((answer.title.as_str(), answer.is_private), (wording::UNKNOWN_BUTTON, true), "{state}");
        assert_eq!(page.load(&[("press", state)]).await.last().title, wording::UNKNOWN_BUTTON, "{state}");
    }
    let older = page.send(&[("press", "1.7.show.topic:speed")]).await.last();
    assert_eq!(older.title, wording::OLD_BUTTON);
    assert_eq!(page.load(&[("view", "topic:nonsense")]).await.last().title, wording::NOT_FOUND);
    assert_eq!(page.load(&[("view", "nonsense")]).await.last().title, wording::UNKNOWN_BUTTON);
    page.close().await;
}
