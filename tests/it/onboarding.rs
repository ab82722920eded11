//! The tours and the quiz for newcomers, without Discord: what they are made of, and what a quiz gives away.

use std::collections::{BTreeMap, BTreeSet};

use once_cell::sync::Lazy;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::knowledge::QUIZ_QUESTIONS as QUESTIONS;
use versus::domain::knowledge::{Knowledge, Path, QuizQuestion};
use versus::domain::onboarding::{QuizView, view};
use versus::domain::outcome::{Became, Done, Effect, Forgotten};
use versus::domain::request::{Quiz, Request, TourPosition, View};
use versus::domain::situation::{Audience, Missed, Needs, PathTally, Situation, Stored, Tally};
use versus::presentation::codes::Codes;
use versus::presentation::custom_id::{Action, Asker, Verb};
use versus::presentation::reply::{Reply, Row};
use versus::presentation::{Controls, Reader, misfits, present};
use versus::shell::data;

use crate::road::{answer, reply};

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good").with_key(KEY));

/// What decides on the quizzes of one bot, and of another.
const KEY: [u8; 16] = *b"seed of one bot.";
const OTHER_KEY: [u8; 16] = *b"seed of another.";
/// How many quizzes are looked at. Their numbers follow each other, which is the worst that can happen.
const QUIZZES: u32 = 4_000;
/// Answers that a question offers.
const ANSWERS: usize = 4;

fn knowledge() -> &'static Knowledge {
    CORE.knowledge()
}

fn sentences(path: &Path) -> BTreeSet<&str> {
    let texts = path.steps.iter().map(|step| step.text.as_str());
    texts
        .flat_map(|text| text.split(['.', '?', '!', ':', '\n']))
        .map(str::trim)
        .filter(|text| text.len() > 20)
        .collect()
}

#[test]
fn there_are_three_tours_of_seven_to_nine_steps_each_of_which_leads_to_a_topic() {
    let paths = &knowledge().onboarding.paths;
    assert_eq!(paths.len(), 3);
    for path in paths {
        assert!((7..=9).contains(&path.steps.len()), "{}: {}", path.id, path.steps.len());
        for step in &path.steps {
            assert!(knowledge().topic(&step.topic).is_some(), "{}: {}", path.id, step.topic);
            assert!(!step.sources.is_empty(), "{}: {}", path.id, step.id);
        }
    }
}

#[test]
fn no_two_tours_say_the_same() {
    let paths = &knowledge().onboarding.paths;
    for (at, path) in paths.iter().enumerate() {
        for other in &paths[at + 1..] {
            let shared: Vec<_> = sentences(path).intersection(&sentences(other)).copied().collect();
            assert!(shared.is_empty(), "{} and {} share {shared:?}", path.id, other.id);
        }
    }
}

#[test]
fn the_quiz_has_forty_questions_of_many_topics() {
    let questions = &knowledge().onboarding.questions;
    assert!(questions.len() >= 40, "{}", questions.len());
    let topics: BTreeSet<&str> = questions.iter().map(|question| question.topic.as_str()).collect();
    assert!(topics.len() >= 25, "{topics:?}");
    for question in questions {
        assert!(knowledge().topic(&question.topic).is_some(), "{}", question.id);
        assert!(!question.sources.is_empty() && !question.wrong.contains(&question.right), "{}", question.id);
    }
}

/// The questions of a quiz with the answers that they offer, in order.
fn asked(number: u32, key: [u8; 16]) -> Vec<(&'static QuizQuestion, Vec<&'static str>)> {
    let asks = |answered: usize| {
        let quiz = Quiz { number, answers: vec![0; answered], explains: false };
        match view(knowledge(), &quiz, &key) {
            Some(QuizView::Asks { question, answers, number }) if number == answered + 1 => (question, answers),
            other => panic!("{quiz:?} shows {other:?}"),
        }
    };
    (0..QUESTIONS).map(asks).collect()
}

/// The place of the right answer.
fn right((question, answers): &(&QuizQuestion, Vec<&str>)) -> usize {
    answers.iter().position(|answer| *answer == question.right).expect("the right answer is offered")
}

/// How many offered answers are shorter than the right one.
fn rank((question, answers): &(&QuizQuestion, Vec<&str>)) -> usize {
    let length = |text: &str| text.chars().count();
    answers.iter().filter(|answer| length(answer) < length(&question.right)).count()
}

/// How often each of the numbers from 0 occurs.
fn counted(numbers: impl Iterator<Item = usize>) -> [usize; ANSWERS] {
    let mut counts = [0; ANSWERS];
    numbers.for_each(|number| counts[number] += 1);
    counts
}

#[test]
fn a_quiz_asks_five_different_questions_of_four_different_answers() {
    for number in (0..200).chain([u32::MAX]) {
        let asked = asked(number, KEY);
        let questions: BTreeSet<&str> = asked.iter().map(|(question, _)| question.id.as_str()).collect();
        assert_eq!(questions.len(), QUESTIONS, "{number}");
        for (question, answers) in &asked {
            let different: BTreeSet<&str> = answers.iter().copied().collect();
            assert_eq!((answers.len(), different.len()), (ANSWERS, ANSWERS), "{number}: {}", question.id);
        }
    }
}

#[test]
fn every_question_is_asked_about_as_often_and_with_every_wrong_answer() {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (question, answers) in (0..QUIZZES).flat_map(|number| asked(number, KEY)) {
        *times.entry(&question.id).or_default() += 1;
        wrong.extend(
            answers.into_iter().filter(|answer| *answer != question.right).map(|answer| (question.id.as_str(), answer)),
        );
    }
    let questions = &knowledge().onboarding.questions;
    // About 480 times each, with a standard deviation of 21.
    let mean = QUIZZES as usize * QUESTIONS / questions.len();
    for question in questions {
        let times = times.get(question.id.as_str()).copied().unwrap_or_default();
        assert!(times.abs_diff(mean) < 110, "{}: {times} instead of about {mean}", question.id);
        assert!(question.wrong.iter().all(|answer| wrong.contains(&(&question.id, answer))), "{}", question.id);
    }
}

#[test]
fn the_place_of_the_right_answer_is_chance_at_every_question() {
    for question in 0..QUESTIONS {
        let places = counted((0..QUIZZES).map(|number| right(&asked(number, KEY)[question])));
        // 1,000 times each, with a standard deviation of 27.
        assert!(places.iter().all(|times| (865..=1_135).contains(times)), "question {question}: {places:?}");
    }
}

#[test]
fn the_place_of_a_right_answer_tells_nothing_about_the_next_one() {
    let mut pairs = [0; ANSWERS * ANSWERS];
    for number in 0..QUIZZES {
        let places: Vec<usize> = asked(number, KEY).iter().map(right).collect();
        places.windows(2).for_each(|two| pairs[two[0] * ANSWERS + two[1]] += 1);
    }
    // 1,000 times each, with a standard deviation of 31.
    assert!(pairs.iter().all(|times| (845..=1_155).contains(times)), "{pairs:?}");
}

#[test]
fn the_length_of_an_answer_does_not_tell_the_right_one() {
    let all: Vec<_> = (0..QUIZZES).flat_map(|number| asked(number, KEY)).collect();
    let ranks = counted(all.iter().map(rank));
    // A quarter each would be chance; the data comes from people, so some more is allowed. Whoever always takes the
    // longest or the shortest is right in at most a third.
    let most = all.len() / 3;
    assert!(ranks.iter().all(|times| *times <= most), "{ranks:?} of {}", all.len());
}

#[test]
fn whoever_does_not_know_the_key_cannot_work_out_a_quiz_from_its_number() {
    let (mut questions, mut places) = (0, 0);
    for number in 0..QUIZZES {
        for (own, other) in asked(number, KEY).iter().zip(asked(number, OTHER_KEY)) {
            questions += usize::from(own.0.id == other.0.id);
            places += usize::from(right(own) == right(&other));
        }
    }
    let all = QUIZZES as usize * QUESTIONS;
    // By chance one of about forty questions, with a standard deviation of 22, and one of four places, with one of 61.
    let mean = all / knowledge().onboarding.questions.len();
    assert!(questions.abs_diff(mean) < 110, "{questions} instead of about {mean}");
    assert!(places.abs_diff(all / ANSWERS) < 305, "{places} instead of about {}", all / ANSWERS);
}

/// The buttons of a reply as their labels and states.
fn buttons(reply: &Reply) -> Vec<(&str, String)> {
    let rows = reply.rows.iter().map(|row| match row {
        Row::Buttons(buttons) => buttons.as_slice(),
        Row::Menu(_) | Row::Select(_) => &[],
    });
    rows.flatten().map(|button| (button.label.as_str(), button.custom_id.clone())).collect()
}

#[test]
fn the_states_of_the_answers_differ_only_in_their_place() {
    for number in [0, 1, 0xABCD, u32::MAX] {
        let reader = Reader { asker: Asker::default(), audience: Audience::OnlyAsker, ..Reader::default() };
        let reply = reply(&CORE, &Request::Show(View::Quiz(Quiz::new(number))), &reader);
        let codes = Codes::of(knowledge());
        let quiz = |answer| View::Quiz(Quiz::new(number).answered(answer));
        let state = |answer| Action { asker: reader.asker, verb: Verb::Show(quiz(answer)) }.to_custom_id(&codes);
        let expected = ["A", "B", "C", "D"].into_iter().zip(0..);
        let expected: Vec<_> = expected.map(|(label, answer)| (label, state(answer))).collect();
        assert_eq!(buttons(&reply), expected);
        let without_answer: BTreeSet<String> = expected
            .iter()
            .map(|(_, state)| state.replacen([':'], "", 1))
            .map(|state| state.rsplit_once(':').expect("the answers come last").0.to_owned())
            .collect();
        assert_eq!(without_answer.len(), 1, "{without_answer:?}");
        let Row::Buttons(buttons) = &reply.rows[0] else { panic!("{reply:?}") };
        assert!(buttons.iter().all(|button| button.style == buttons[0].style), "{buttons:?}");
    }
}

/// A quiz in which every answer is right, or every one is not.
fn answered(number: u32, is_right: bool) -> Quiz {
    let places = asked(number, KEY).iter().map(right).collect::<Vec<_>>();
    let answers = places.into_iter().map(|place| if is_right { place } else { (place + 1) % ANSWERS });
    let answers = answers.map(|place| u8::try_from(place).expect("it is below four")).collect();
    Quiz { number, answers, explains: false }
}

#[test]
fn the_result_counts_the_right_answers_and_lists_the_others_in_order() {
    for number in 0..50 {
        let asked: Vec<_> = asked(number, KEY).into_iter().map(|(question, _)| question.id.as_str()).collect();
        for (is_right, expected) in [(true, Vec::new()), (false, asked)] {
            let Some(QuizView::Result { right, missed }) = view(knowledge(), &answered(number, is_right), &KEY) else {
                panic!("{number}: there is no result");
            };
            let missed: Vec<_> = missed.iter().map(|question| question.id.as_str()).collect();
            assert_eq!((right, missed), (QUESTIONS - expected.len(), expected), "{number}");
        }
    }
}

#[test]
fn an_answer_is_explained_as_it_was_given() {
    for number in 0..50 {
        for is_right in [true, false] {
            let all = answered(number, is_right);
            for (at, (question, answers)) in asked(number, KEY).into_iter().enumerate() {
                let quiz = Quiz { answers: all.answers[..=at].to_vec(), explains: true, ..all };
                match view(knowledge(), &quiz, &KEY) {
                    Some(QuizView::Explains { number, question: explained, chosen, is_right: told }) => {
                        assert_eq!((number, &explained.id, told), (at + 1, &question.id, is_right));
                        assert_eq!(chosen, answers[usize::from(all.answers[at])]);
                    }
                    other => panic!("{quiz:?} shows {other:?}"),
                }
            }
        }
    }
}

#[test]
fn a_forged_quiz_shows_nothing() {
    let forged: [(&[u8], bool); 7] = [
        (&[], true),
        (&[4], false),
        (&[9], true),
        (&[0, 255], true),
        (&[0; 6], false),
        (&[0; 6], true),
        (&[0; 80], false),
    ];
    for (answers, explains) in forged {
        let quiz = Quiz { number: 1, answers: answers.to_vec(), explains };
        assert!(matches!(answer(&CORE, &Request::Show(View::Quiz(quiz))), Answer::NotFound), "{answers:?} {explains}");
    }
}

/// Whether an answer fits into Discord, for the longest asker and every audience, where all that was to be stored failed.
#[track_caller]
fn check_fits(answer: &Answer<'_>) {
    check_fits_with(answer, &Done { saved: Became::Failed, forgotten: Became::Failed, ..Done::default() });
}

#[track_caller]
fn check_fits_with(answer: &Answer<'_>, done: &Done) {
    let audiences = [(Audience::OnlyAsker, Controls::Full), (Audience::Everyone, Controls::Full)];
    for (audience, controls) in audiences.into_iter().chain([(Audience::OnlyAsker, Controls::Shared)]) {
        let reader = Reader { asker: Asker::default(), audience, controls, ..Reader::default() };
        let reply = present(knowledge(), answer, done, &reader);
        assert_eq!(misfits(&reply), [], "{answer:?}");
        let buttons = buttons(&reply);
        let states: BTreeSet<&str> = buttons.iter().map(|(_, state)| state.as_str()).collect();
        assert_eq!(states.len(), buttons.len(), "a state occurs twice, which Discord refuses: {buttons:?}");
        assert!(buttons.iter().all(|(label, _)| !label.is_empty() && label.chars().count() <= 80), "{buttons:?}");
    }
}

#[test]
fn every_step_fits_into_discord() {
    check_fits(&answer(&CORE, &Request::BeginTour));
    check_fits(&Answer::PositionUnreadable);
    check_fits(&answer(&CORE, &Request::Show(View::Panel)));
    for path in &knowledge().onboarding.paths {
        for step in &path.steps {
            let position = TourPosition { path: path.id.clone(), step: step.id.clone() };
            check_fits(&answer(&CORE, &Request::Show(View::Tour(position))));
        }
    }
}

#[test]
fn every_view_of_a_quiz_fits_into_discord() {
    for number in (0..400).map(|number| u32::MAX - number) {
        for is_right in [true, false] {
            let all = answered(number, is_right);
            for answers in 0..=QUESTIONS {
                for explains in [false, true].into_iter().filter(|explains| answers > 0 || !explains) {
                    let quiz = Quiz { answers: all.answers[..answers].to_vec(), explains, ..all };
                    check_fits(&answer(&CORE, &Request::Show(View::Quiz(quiz))));
                }
            }
        }
    }
}

#[test]
fn the_longest_progress_and_farewell_fit_into_discord() {
    let questions = &knowledge().onboarding.questions;
    let mut longest: Vec<_> = questions.iter().collect();
    longest.sort_by_key(|question| std::cmp::Reverse(question.text.len()));
    let missed = longest.iter().take(5).map(|question| Missed {
        question: question.id.clone(),
        missed: u64::MAX,
        given: u64::MAX,
    });
    let of_path = |path: &Path| PathTally { path: path.id.clone(), started: u64::MAX, finished: u64::MAX };
    let paths = &knowledge().onboarding.paths;
    let tally = Tally { paths: paths.iter().map(of_path).collect(), missed: missed.collect() };
    check_fits(&Answer::Progress(Stored::Value(tally)));
    check_fits(&Answer::Progress(Stored::Unreadable));
    // Somebody who took every tour in each of a hundred servers, the most that an account can be in.
    let all = (0..100).flat_map(|_| paths.iter().map(|path| path.id.clone())).collect();
    let forgotten = Became::Done(Forgotten { paths: all, positions: 100, votes: 0 });
    check_fits_with(&Answer::Forgotten, &Done { forgotten, ..Done::default() });
    check_fits(&Answer::Forgotten);
}

#[test]
fn a_position_that_could_not_be_read_is_not_overwritten() {
    let path = &knowledge().onboarding.paths[0];
    let step = |at: usize| TourPosition { path: path.id.clone(), step: path.steps[at].id.clone() };
    let where_it_was_left = View::Tour(TourPosition { step: String::new(), ..step(0) });
    for request in [Request::BeginTour, Request::Show(where_it_was_left)] {
        let understood = CORE.understand(&request);
        assert!(CORE.needs(&understood).position.is_some(), "{request:?}");
        let outcome = |position| CORE.answer(&understood, &Situation { position, ..Situation::default() });
        let unreadable = outcome(Stored::Unreadable);
        assert!(matches!(unreadable.answer, Answer::PositionUnreadable), "{:?}", unreadable.answer);
        assert_eq!(unreadable.effects, [], "{request:?}");
        let saves = |at: usize| [Effect::SavePosition { position: step(at), is_last: false }];
        assert_eq!(outcome(Stored::Value(step(3))).effects, saves(3), "{request:?}");
    }
    let explicit = CORE.understand(&Request::Show(View::Tour(step(2))));
    assert_eq!(CORE.needs(&explicit), Needs::default(), "a step that is named needs nothing");
}

#[test]
fn that_nothing_was_found_concerns_only_the_asker_where_that_is_possible() {
    let unknown = CORE.understand(&Request::Ask("qwrtz plmkn".to_owned()));
    let audience =
        |can_be_private| CORE.answer(&unknown, &Situation { can_be_private, ..Situation::default() }).audience;
    assert_eq!((audience(true), audience(false)), (Audience::OnlyAsker, Audience::Everyone));
}
