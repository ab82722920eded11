//! The quiz: it asks, explains and ends with a result, which is shared once.

use expect_test::expect;
use versus::domain::knowledge::QuizQuestion;

use super::onboarding::{description, onboard, press};
use super::scene::{Scene, View, custom_id, forged};
use super::sent::{self, labels, line};
use crate::knowledge::knowledge;
use crate::standin::events::{Origin, button};
use crate::standin::record::{Recorded, webhook_of};

/// Questions of a quiz.
pub(super) const QUESTIONS: usize = 5;

fn asker() -> Origin {
    Origin::guild()
}

/// The question of a quiz that is shown, and the letters of its right answer and of a wrong one.
pub(super) fn letters(asked: &Recorded) -> (&'static str, &'static str) {
    let knowledge = knowledge("tests/it/other_comparison/data");
    let text = description(asked);
    let shown = |question: &&QuizQuestion| text.contains(&question.text);
    let question = knowledge.onboarding.questions.iter().find(shown).expect("the question is in the data");
    let answers = text.lines().skip(2).map(|line| line.split_once("  ").expect("a letter and an answer").1);
    let right = answers.clone().position(|answer| answer == question.right).expect("the right answer is offered");
    assert_eq!(answers.count(), 4, "{text}");
    (["A", "B", "C", "D"][right], ["B", "C", "D", "A"][right])
}

/// Takes a quiz from its beginning to its result, and gives its messages.
pub(super) async fn take_quiz(scene: &Scene, origin: &Origin, is_right: [bool; QUESTIONS]) -> Vec<View> {
    let mut all = vec![scene.use_command(origin, &onboard(origin, "quiz")).await];
    for (number, is_right) in (1..).zip(is_right) {
        let asked = &all[all.len() - 1];
        let (right, wrong) = letters(&asked.sent);
        let explained = press(scene, asked, if is_right { right } else { wrong }).await;
        let next = press(scene, &explained, if number < QUESTIONS { "Next question" } else { "My result" }).await;
        all.extend([explained, next]);
    }
    all
}

#[tokio::test]
async fn a_quiz_asks_explains_and_ends_with_a_result() {
    let scene = Scene::start().await;
    let all = take_quiz(&scene, &asker(), [true, true, true, false, false]).await;
    let look = |shown: &View| format!("{} | {}\n", line(&shown.sent), labels(&shown.sent).join(", "));
    let lines: String = all.iter().take(2 * QUESTIONS).map(look).collect();
    expect![[r#"
        answers privately: Quiz: question 1 of 5 | A, B, C, D
        replaces: Quiz: question 1 of 5 | Next question, More on this
        replaces: Quiz: question 2 of 5 | A, B, C, D
        replaces: Quiz: question 2 of 5 | Next question, More on this
        replaces: Quiz: question 3 of 5 | A, B, C, D
        replaces: Quiz: question 3 of 5 | Next question, More on this
        replaces: Quiz: question 4 of 5 | A, B, C, D
        replaces: Quiz: question 4 of 5 | Next question, More on this
        replaces: Quiz: question 5 of 5 | A, B, C, D
        replaces: Quiz: question 5 of 5 | My result, More on this
    "#]]
    .assert_eq(&lines);
    for (shown, is_right) in all[1..].iter().step_by(2).zip([true, true, true, false, false]) {
        let text = description(&shown.sent);
        assert_eq!(text.contains("✅ Right:"), is_right, "{text}");
        assert_eq!(text.contains("❌ You chose:") && text.contains("✅ Right is:"), !is_right, "{text}");
        assert!(sent::text(&shown.sent).contains("\n\nSources\n\n¹ [The "), "{}", sent::text(&shown.sent));
    }
    let result = sent::text(&all[2 * QUESTIONS].sent);
    assert!(result.starts_with("Quiz: the result\n\n**3 of 5** right."), "{result}");
    // Which topics these are depends on what was asked last.
    let again = ["[Caffeine] [Share", "[Taste] [Share", "[Taste] [Caffeine] [Share", "[Caffeine] [Taste] [Share"];
    assert!(result.contains("\n\nWorth reading again\n\n• **"), "{result}");
    assert!(again.iter().any(|again| result.ends_with(&format!("\n{again} my result]\n"))), "{result}");
    scene.finish().await;
}

#[tokio::test]
async fn a_result_is_shared_once_and_mentions_nobody() {
    let scene = Scene::start().await;
    let all = take_quiz(&scene, &asker(), [true; QUESTIONS]).await;
    let result = &all[2 * QUESTIONS];
    assert_eq!(labels(&result.sent), ["Share my result"]);
    let event = result.pressed("Share my result");
    let update = scene.interact(&event).await;
    assert_eq!((line(&update).as_str(), labels(&update).len()), ("changes what can be pressed", 0));
    let of_event = webhook_of(&event);
    let post = scene.standin.next(|request| request.method == "POST" && of_event(request)).await;
    assert!(post.pings_nobody() && !post.is_ephemeral(), "{post}");
    assert_eq!(line(&post), "posts for everyone: Quiz: the result");
    expect![[r#"
        Quiz: the result

        <@1100000000000000005> got 5 of 5 right in the quiz on Tea and Coffee. Try it yourself: /onboard quiz

        [🗑️]
    "#]]
    .assert_eq(&sent::text(&post));
    scene.finish().await;
}

#[tokio::test]
async fn a_forged_quiz_is_nothing() {
    let scene = Scene::start().await;
    let shown = scene.use_command(&asker(), &onboard(&asker(), "quiz")).await;
    let state = custom_id(&shown.sent, "A");
    let quiz = state.split(':').nth(1).expect("a quiz begins with its number");
    let cases = [
        format!("show.quiz:{quiz}:9"),
        format!("show.quiz:{quiz}:4"),
        format!("show.quiz:{quiz}:000000"),
        format!("show.quiz:{quiz}:!"),
        format!("share.quiz:{quiz}:9"),
        format!("open.quiz:{quiz}:!"),
        format!("show.quiz:{quiz}:00000!0"),
        format!("show.quiz:{quiz}:é"),
        format!("show.quiz:{quiz}"),
        format!("show.quiz:{quiz}AA:0"),
        "show.quiz:🦀:0".to_owned(),
        "show.quiz:1:0".to_owned(),
        "show.quiz:AAAAAAAAAAA:0".to_owned(),
        "show.tour:gone:water".to_owned(),
        "show.tour:é:日".to_owned(),
        "begin.now".to_owned(),
    ];
    let cases = cases.map(|what| {
        let event = button(&asker(), &forged(&shown.sent, &what), &shown.message);
        (what.replace(quiz, "QUIZ"), event)
    });
    let expected = expect![[r#"
        show.quiz:QUIZ:9 → replaces: That is no longer in my notes
        show.quiz:QUIZ:4 → replaces: That is no longer in my notes
        show.quiz:QUIZ:000000 → replaces: That is no longer in my notes
        show.quiz:QUIZ:! → replaces: That is no longer in my notes
        share.quiz:QUIZ:9 → replaces: That is no longer in my notes
        open.quiz:QUIZ:! → answers privately: That is no longer in my notes
        show.quiz:QUIZ:00000!0 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:QUIZ:é → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:QUIZ → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:QUIZAA:0 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:🦀:0 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:1:0 → answers privately: I don't know that button any more. Please ask again, for example with /compare.
        show.quiz:AAAAAAAAAAA:0 → answers privately: That button is from an older version. Please ask again, for example with /compare.
        show.tour:gone:water → replaces: That is no longer in my notes
        show.tour:é:日 → replaces: That is no longer in my notes
        begin.now → answers privately: I don't know that button any more. Please ask again, for example with /compare.
    "#]];
    scene.check(cases, expected).await;
    scene.finish().await;
}
