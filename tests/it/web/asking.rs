//! What is typed: questions, commands, follow-ups; with a script and without.

use expect_test::expect;
use versus::presentation::wording;

use super::Page;

#[tokio::test]
async fn a_question_and_each_command_are_answered_with_and_without_a_script() {
    let page = Page::open().await;
    let texts = [
        "which has more caffeine?",
        "/compare topic:taste",
        "/recommend a brunch for early guests",
        "/ask which tastes better?",
        "/onboard start",
        "/onboard panel",
        "/onboard progress",
        "/topics",
        "/help",
        "/forget-me",
        "/nonsense é 日 🦀",
        "how do I repair a bicycle?",
    ];
    let mut lines = String::new();
    for text in texts {
        let sent = page.send(&[("q", text)]).await.lines();
        assert_eq!(page.load(&[("q", text)]).await.lines(), sent, "{text}");
        lines += &sent;
    }
    expect![[r#"
        public | which has more caffeine?
        public | Caffeine | Details, Sources · 2, Taste, 🗑️
        public | /compare topic:taste
        public | Taste | Details, Article · 1, Sources · 2, Caffeine, 🗑️
        public | /recommend a brunch for early guests
        public | Breakfast | Details, Correct, Skip this question, 🗑️, big mugs, fine china, mugs and fine china
        public | /ask which tastes better?
        public | Taste | Details, Article · 1, Sources · 2, Caffeine, 🗑️
        public | /onboard start
        private | Welcome to the team | Brewing, Serving
        public | /onboard panel
        public | Welcome to the team | Start the tour, 🗑️
        public | /onboard progress
        private | Tours in this server
        public | /topics
        public | What I can compare | Caffeine, Taste, 🗑️
        public | /help
        public | Tea or coffee? | All topics, Introduction for newcomers, 🗑️
        public | /forget-me
        private | Forgotten
        public | /nonsense é 日 🦀
        private | I don't know that command. /help shows what there is.
        public | how do I repair a bicycle?
        public | I don't know that one | All topics, What I can do, 🗑️
    "#]]
    .assert_eq(&lines);
    page.close().await;
}

#[tokio::test]
async fn a_page_begins_with_the_help() {
    let page = Page::open().await;
    for path in ["", "?q=", "?q=+++&about=", "?unknown=1"] {
        let shown = page.get(path).await;
        assert_eq!(shown.last().title, "Tea or coffee?", "{path}");
        assert!(shown.text().contains("<title>Tea or coffee? · versus</title>"), "{}", shown.text());
    }
    page.close().await;
}

#[tokio::test]
async fn an_answer_has_an_address_that_shows_it_again() {
    let page = Page::open().await;
    for text in ["which has more caffeine?", "/compare taste", "é 日 🦀 & a+b=c%20?"] {
        let sent = page.send(&[("q", text)]).await;
        let address = sent.last().link("address");
        assert_eq!(page.get(&address).await.lines(), sent.lines(), "{address}");
    }
    let details = page.press(&page.ask("/compare taste").await, wording::DETAILS, "").await.last();
    let again = page.get(&details.link("address")).await.last();
    assert_eq!((again.title, again.is_private), (details.title, false));
    page.close().await;
}

#[tokio::test]
async fn a_reply_to_an_answer_follows_it() {
    let page = Page::open().await;
    let answer = page.ask("which has more caffeine?").await;
    let (_, about) = answer.html.split_once("data-followed=\"").expect("it can be followed");
    let about = about.split('"').next().unwrap_or_default();
    let followed = page.send(&[("q", "why?"), ("about", about)]).await.last();
    assert_eq!(followed.title, answer.title);
    assert_eq!(page.ask("why?").await.title, wording::NEEDS_CONTEXT);
    // Without a script a page has the answer, and an input for what follows it.
    let form = page.get(&answer.link("follow")).await;
    assert_eq!(form.last().title, answer.title);
    assert!(form.text().contains(&format!("name=\"about\" value=\"{about}\">")), "{}", form.text());
    let again = page.get(&followed.link("address")).await.last();
    assert_eq!(again.title, followed.title);
    // A state that nobody wrote is none.
    let forged = page.send(&[("q", "which has more caffeine?"), ("about", "topic:<script>")]).await;
    assert_eq!(forged.last().title, answer.title);
    page.close().await;
}

#[tokio::test]
async fn who_wants_an_answer_alone_gets_it_alone() {
    let page = Page::open().await;
    for text in ["/compare taste", "which has more caffeine?"] {
        let public = page.ask(text).await;
        assert!(!public.is_private && public.labels().contains(&wording::DELETE.to_owned()), "{}", public.line());
        let private = page.send(&[("q", text), ("only-me", "1")]).await.last();
        assert!(private.is_private && private.labels().contains(&wording::SHARE.to_owned()), "{}", private.line());
        assert!(private.html.contains(wording::page::PRIVATE), "{}", private.html);
        assert!(page.get(&private.link("address")).await.last().is_private);
    }
    page.close().await;
}

#[tokio::test]
async fn what_is_begun_is_completed() {
    let page = Page::open().await;
    let check = async |line: &str, expected: &[&str]| {
        let shown = page.get(&format!("complete?{}", super::encoded(&[("q", line)]))).await.text();
        let values = shown.split("data-value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        assert_eq!(values.collect::<Vec<_>>(), expected, "{line}");
    };
    check("/c", &["/compare "]).await;
    check("/onboard", &["/onboard start", "/onboard quiz", "/onboard panel", "/onboard progress"]).await;
    check("/compare ", &["/compare caffeine", "/compare taste"]).await;
    check("/compare tas", &["/compare taste"]).await;
    for nothing in ["", "taste", "é日🦀", "/é日🦀", "/<script>"] {
        check(nothing, &[]).await;
    }
    page.close().await;
}

#[tokio::test]
async fn a_recommendation_has_its_picture_with_a_description() {
    let page = Page::open().await;
    let answer = page.ask("/recommend a brunch for early guests").await;
    let (_, image) = answer.html.split_once("<img class=\"picture\" src=\"/").expect("there is a picture");
    let path = image.split('"').next().unwrap_or_default();
    let picture = page.get(&path.replace("&amp;", "&")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert!(image.contains("alt=\"") && !image.contains("alt=\"\""), "{image}");
    for path in ["picture", "picture?view=help", "picture?view=project:nonsense", "picture?view=%ff"] {
        assert_eq!(page.get(path).await.status, 404, "{path}");
    }
    page.close().await;
}

#[tokio::test]
async fn the_page_of_the_real_comparison_answers_too() {
    let page = Page::of_the_real_comparison().await;
    assert_eq!(page.ask("/compare speed").await.title, "Speed");
    // The page with its files, and the first answer in it.
    let mut bytes = 0;
    for path in ["?q=/compare+speed", "page.css", "page.js", "icon.svg"] {
        bytes += page.get(path).await.body.len();
    }
    assert!(bytes <= 60_000, "{bytes}");
    page.close().await;
}
