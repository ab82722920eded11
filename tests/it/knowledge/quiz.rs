//! `onboarding/quiz.toml`.

use expect_test::expect;

use super::check;

#[test]
#[allow(clippy::too_many_lines, reason = "it is a list of cases")]
fn each_problem_of_the_quiz_is_reported_with_its_line() {
    let quiz = "onboarding/quiz.toml";
    check(
        quiz,
        "id = \"more-caffeine\"",
        "id = \"more caffeine\"",
        expect!["onboarding/quiz.toml:2: `more caffeine` cannot be an id, expected a–z, 0–9 and -, at most 24 long"],
    );
    check(
        quiz,
        "id = \"more-caffeine\"",
        "id = \"more-caffeine-of-the-two-cups\"",
        expect![
            "onboarding/quiz.toml:2: `more-caffeine-of-the-two-cups` cannot be an id, expected a–z, 0–9 and -, at most 24 long"
        ],
    );
    check(
        quiz,
        "id = \"leaf-taste\"",
        "id = \"more-caffeine\"",
        expect!["onboarding/quiz.toml:1: the question `more-caffeine` occurs twice, expected it once"],
    );
    check(
        quiz,
        "id = \"leaf-taste\"\n",
        "",
        expect!["onboarding/quiz.toml:15: a question has no `id`, expected a text"],
    );
    check(
        quiz,
        "Which cup has more caffeine?",
        &"é日🦀?".repeat(51),
        expect!["onboarding/quiz.toml:3: `text` is 204 characters long, expected at most 200"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"\n",
        "",
        expect!["onboarding/quiz.toml:1: a question has no `right`, expected a text"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"",
        "right = [\"A cup of coffee\"]",
        expect!["onboarding/quiz.toml:4: `right` must be a text: invalid type: sequence, expected a string"],
    );
    check(
        quiz,
        "right = \"A cup of coffee\"",
        "right = \" \"",
        expect![[r#"
        onboarding/quiz.toml:4: `right` is blank, expected a text
        onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:7: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:8: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little
        onboarding/quiz.toml:9: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"#]],
    );
    check(
        quiz,
        "  \"A cup of tea\",\n",
        "",
        expect!["onboarding/quiz.toml:1: there are 3 wrong answers, expected at least 4"],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of milk",
        expect!["onboarding/quiz.toml:8: the answer “A cup of milk” occurs twice, expected it once"],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of coffee",
        expect!["onboarding/quiz.toml:6: the answer “A cup of coffee” occurs twice, expected it once"],
    );
    check(
        quiz,
        "A cup of tea",
        "é日🦀",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "A cup of tea",
        "A cup of tea, and another one 🦀",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "A cup of tea",
        &"é日🦀".repeat(34),
        expect![[r#"
        onboarding/quiz.toml:6: the answer is longer than 100 characters
        onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"#]],
    );
    check(
        quiz,
        "A cup of tea",
        "",
        expect![
            "onboarding/quiz.toml:6: the length of the answer is too far from the right one's, so that it gives the right one away, expected at most 1.7 times as much or as little"
        ],
    );
    check(
        quiz,
        "explanation = \"About 90 mg against 40.\"\n",
        "",
        expect!["onboarding/quiz.toml:1: a question has no `explanation`, expected a text"],
    );
    check(
        quiz,
        "About 90 mg against 40.",
        " ",
        expect!["onboarding/quiz.toml:11: `explanation` is blank, expected a text"],
    );
    check(
        quiz,
        "About 90 mg against 40.",
        &"é日🦀".repeat(101),
        expect!["onboarding/quiz.toml:11: `explanation` is 303 characters long, expected at most 300"],
    );
    check(
        quiz,
        "topic = \"caffeine\"",
        "topic = \"smell\"",
        expect!["onboarding/quiz.toml:12: there is no topic `smell`, expected the name of a file in topics/"],
    );
    check(
        quiz,
        "sources = [\"bean\"]",
        "sources = []",
        expect!["onboarding/quiz.toml:1: there is no source, expected at least one id of sources.toml"],
    );
    check(
        quiz,
        "sources = [\"bean\"]",
        "sources = [\"been\"]",
        expect!["onboarding/quiz.toml:13: there is no source `been`, did you mean `bean`"],
    );
    check(
        quiz,
        "wrong = [",
        "wrong = \"A cup of tea\"\nothers = [",
        expect![[r#"
        onboarding/quiz.toml:1: there are 0 wrong answers, expected at least 4
        onboarding/quiz.toml:5: `wrong` must be a list of texts
        onboarding/quiz.toml:6: `others` is not a field of a question, expected one of id, text, right, wrong, explanation, topic, sources"#]],
    );
}
