//! Whatever is asked, and whatever the data says, Discord takes the reply: checked by our own list of limits and by
//! `twilight-validate`, which is independent of it.

mod decided;
mod fullest;
mod in_discord;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use once_cell::sync::Lazy;
use proptest::prelude::*;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::knowledge::{Date, Knowledge, QUIZ_QUESTIONS};
use versus::domain::outcome::{Became, Done, Forgotten, Kept};
use versus::domain::request::{Description, Kind, More, Part, Quiz, Request, TeamRequest, TourPosition, View};
use versus::domain::situation::{Audience, Missed, PathTally, Situation, Stored, Tally};
use versus::domain::team::{
    Added, Change, Count, Counted, Gap, Member, Note, Settings, Subject, Team, Vote, Words, Writers, Written, bounds,
};
use versus::presentation::codes::Codes;
use versus::presentation::custom_id::{Action, Asker, Verb, view_from_text};
use versus::presentation::reply::{Offers, Reply, Row};
use versus::presentation::{Controls, Reader, brevity, choices, form, limits, misfits, present, too_fast, wording};
use versus::shell::data;

/// A day on which some versions have ended, and statements are due.
const TODAY: Date = Date { year: 2028, month: 2, day: 29 };

/// The knowledge that is compiled in, and knowledge whose texts are as long as they can be, of each kind of text.
static CORES: Lazy<Vec<Core>> = Lazy::new(|| {
    let real = data::load(None).expect("the compiled-in knowledge is good");
    let fullest = fullest::TEXTS.map(|(unit, most)| {
        let parsed = fullest::data(unit, most);
        Core::new(parsed.knowledge, &parsed.examples)
    });
    std::iter::once(real).chain(fullest).map(|core| core.with_key([7; 16])).collect()
});

/// What chance decides about a request and its reader.
#[derive(Debug, Clone)]
struct Chosen {
    text: String,
    /// Decides on everything that is one of several.
    number: u32,
    audience: Audience,
    controls: Controls,
    has_question: bool,
}

fn chosen() -> impl Strategy<Value = Chosen> {
    let audience = prop::sample::select(vec![Audience::Everyone, Audience::OnlyAsker]);
    let controls = prop::sample::select(vec![Controls::Full, Controls::Shared, Controls::Confined, Controls::None]);
    (text(), any::<u32>(), audience, controls, any::<bool>()).prop_map(
        |(text, number, audience, controls, has_question)| Chosen { text, number, audience, controls, has_question },
    )
}

/// Texts of up to 6,000 characters, which is what Discord lets somebody type: one word, letters of each width, marks that
/// belong to the letter before them, mark-up, and only blanks.
fn text() -> impl Strategy<Value = String> {
    let beginnings =
        vec!["", "", "which is faster ", "is it better to ", "breakfast, ", "a shop for kids, ", "@everyone "];
    let units = vec![
        "performance",
        "x",
        "é",
        "日",
        "🦀",
        "e\u{301}",
        "👩🏽‍🚀",
        "js devs ",
        "big mugs ",
        "early ",
        "typing ",
        "é 日 🦀 ",
        "**a** ",
        "`a` ",
        "```",
        "[a](https://b.example) ",
        "<@1> ",
        "<#1>",
        "\n> ",
        "# ",
        "- ",
        "|| ",
        "\\",
        " ",
        "\u{3000}",
        "\u{202e}",
        "?",
    ];
    let length = prop_oneof![Just(6000), 0..6000_usize, 0..40_usize];
    let long = (prop::sample::select(beginnings), prop::sample::select(units), length)
        .prop_map(|(beginning, unit, length)| beginning.chars().chain(unit.chars().cycle()).take(length).collect());
    prop_oneof![4 => long, 1 => any::<String>()]
}

/// Every kind of request, with what it depends on.
#[allow(clippy::too_many_lines, reason = "it is a list")]
fn requests(chosen: &Chosen, knowledge: &Knowledge) -> Vec<(Request, Situation)> {
    let text = || chosen.text.clone();
    let one_of = |count: usize| chosen.number as usize % count.max(1);
    let path = knowledge.onboarding.paths.get(one_of(knowledge.onboarding.paths.len())).expect("there are tours");
    let step = path.steps.get(one_of(path.steps.len())).expect("a tour has steps");
    let position = TourPosition { path: path.id.clone(), step: step.id.clone() };
    let left = TourPosition { step: String::new(), ..position.clone() };
    let topic = knowledge.topics.get(one_of(knowledge.topics.len())).expect("there are topics").entry.id.clone();
    let stored = [Stored::Value(position.clone()), Stored::Absent, Stored::Unreadable];
    let tally = [Stored::Value(tally(knowledge)), Stored::Absent, Stored::Unreadable];
    let situation = Situation {
        today: Some(TODAY),
        audience: chosen.audience,
        can_be_private: true,
        position: stored[one_of(3)].clone(),
        tally: tally[one_of(3)].clone(),
        member: chosen.number.is_multiple_of(5).then(|| Member { server: 1, manages: true, ..Member::default() }),
        team: team(chosen, knowledge),
        gaps: Stored::Value(gaps(chosen)),
        counts: Stored::Value(counts(knowledge)),
        decisions: Stored::Value(decided::decisions(chosen, knowledge)),
        may_post_polls: true,
        ..Situation::default()
    };
    let asked =
        [Request::Compare(text()), Request::Recommend(text()), Request::Ask(text()), Request::Ask(topic.clone())];
    let followed = [View::Topic(topic.clone()), View::Project(project(chosen, knowledge))];
    let follows = followed.clone().map(|earlier| Request::Follow(text(), earlier));
    let whys = followed.map(|earlier| Request::Follow("why?".to_owned(), earlier));
    let others = [Request::Compare(topic.clone()), Request::BeginTour, Request::Progress, Request::Forget];
    let views = [
        View::Gaps,
        View::Gap(7),
        View::Topic(topic),
        View::Topic("gone".into()),
        View::Topics,
        View::Help,
        View::Onboarding,
        View::Panel,
    ];
    let views = views.into_iter().chain([View::Tour(position), View::Tour(left), View::Quiz(quiz(chosen))]);
    let views =
        views.chain([View::Project(project(chosen, knowledge)), View::Project(fullest_project(chosen, knowledge))]);
    let more = |more: More| move |view: View| View::More(more, Box::new(view));
    let about = [View::Topic(knowledge.topics[0].entry.id.clone()), View::Project(fullest_project(chosen, knowledge))];
    let answers = knowledge.topics.iter().flat_map(|topic| &topic.answers).take(1);
    let about: Vec<View> = about.into_iter().chain(answers.map(|answer| View::Answer(answer.id.clone()))).collect();
    let details = [More::Details, More::Article, More::Sources];
    let details = details.into_iter().flat_map(|one| about.clone().into_iter().map(more(one)));
    let tools: Vec<String> = knowledge.tools.iter().take(3).map(|tool| tool.id.clone()).collect();
    let views = views.chain(details).chain(about.clone());
    let views = views.chain([View::Tools(tools), View::Correct(fullest_project(chosen, knowledge))]);
    let reports = about.clone().into_iter().map(Request::Report);
    let subject = Subject::Topic(knowledge.topics[0].entry.id.clone());
    let written = Written { text: text(), link: "https://example.org/é".to_owned() };
    let of_team = [
        TeamRequest::Settings,
        TeamRequest::Set(Change::Channels((1..=25).collect())),
        TeamRequest::FindNote(text()),
        TeamRequest::EditNote(subject.clone()),
        TeamRequest::WriteNote(subject.clone(), written),
        TeamRequest::WriteNote(subject, Written::default()),
        TeamRequest::Vote(Vote::Useful, View::Topic(topic_of(knowledge))),
        TeamRequest::Insights,
        TeamRequest::NameTopic(7),
        TeamRequest::AddTo(7, text()),
        TeamRequest::AddTo(7, topic_of(knowledge)),
        TeamRequest::TakeBack(u64::MAX),
        TeamRequest::Dismiss(u64::MAX),
        TeamRequest::ExportGaps,
    ];
    let reports = reports.chain(of_team.map(Request::Team)).chain(decided::requests(chosen, knowledge));
    let requests = asked.into_iter().chain(others).chain(follows).chain(whys).chain(reports);
    let requests = requests.chain(views.map(Request::Show));
    requests.map(|request| (request, situation.clone())).collect()
}

fn topic_of(knowledge: &Knowledge) -> String {
    knowledge.topics[0].entry.id.clone()
}

/// Questions as long as they can be, and counts of everything.
fn gaps(chosen: &Chosen) -> Vec<Gap> {
    let text: String = chosen.text.chars().take(bounds::QUESTION).collect();
    (0..bounds::GAPS as u64).map(|id| Gap { id, text: text.clone(), asked: u64::MAX }).collect()
}

fn counts(knowledge: &Knowledge) -> Vec<Count> {
    let of = |topic: String| Counted { topic, answer: String::new() };
    let topics = knowledge.topics.iter().map(|topic| {
        let answer = topic.answers.first().map(|answer| answer.id.clone()).unwrap_or_default();
        Counted { answer, ..of(format!("compare:{}", topic.entry.id)) }
    });
    let projects = knowledge.projects.iter().map(|project| of(format!("recommend:{}", project.entry.id)));
    let all = topics.chain(projects).chain([of("tools".into()), of("unanswered".into())]);
    let most = u64::from(u32::MAX);
    all.map(|of| Count { of, asked: most, useful: most, useless: 2 * most }).collect()
}

/// What a team can keep: a note on everything, as long as it may be, and every setting.
fn team(chosen: &Chosen, knowledge: &Knowledge) -> Stored<Arc<Team>> {
    if chosen.number.is_multiple_of(4) {
        return Stored::Unreadable;
    }
    let text: String = chosen.text.chars().take(bounds::NOTE_TEXT / 2).collect();
    let link = format!("https://example.org/{}", "é".repeat(bounds::NOTE_LINK - 20));
    let note = Note { text, link: chosen.number.is_multiple_of(3).then_some(link), written: TODAY };
    let topics = knowledge.topics.iter().map(|topic| Subject::Topic(topic.entry.id.clone()));
    let tools = knowledge.tools.iter().map(|tool| Subject::Tool(tool.id.clone()));
    let subjects: Vec<Subject> = topics.chain(tools).collect();
    let notes = subjects.iter().map(|subject| (subject.clone(), note.clone())).collect();
    let remembered = decided::remembered(chosen);
    let projects = knowledge.projects.iter().map(|project| Subject::Project(project.entry.id.clone()));
    let decided = subjects.into_iter().chain(projects).map(|subject| (subject, remembered.clone())).collect();
    let writers = Writers::Role(u64::MAX);
    let settings = Settings { is_private: true, channels: [u64::MAX].into(), writers, keeps_unanswered: true };
    let added = Added { text: chosen.text.clone(), words: Words::of(&chosen.text), topic: topic_of(knowledge) };
    Stored::Value(Arc::new(Team { settings, notes, decided, added: vec![added; 3] }))
}

/// Everything that the newcomers of a server can have done.
fn tally(knowledge: &Knowledge) -> Tally {
    let paths = knowledge.onboarding.paths.iter();
    let mut longest: Vec<_> = knowledge.onboarding.questions.iter().collect();
    longest.sort_by_key(|question| std::cmp::Reverse(question.text.len()));
    let missed = longest.into_iter().take(5);
    Tally {
        paths: paths.map(|path| PathTally { path: path.id.clone(), started: u64::MAX, finished: u64::MAX }).collect(),
        missed: missed
            .map(|question| Missed { question: question.id.clone(), missed: u64::MAX, given: u64::MAX })
            .collect(),
    }
}

fn quiz(chosen: &Chosen) -> Quiz {
    let answered = chosen.number as usize % (QUIZ_QUESTIONS + 1);
    let answers = (0..answered).map(|at| (chosen.number >> (2 * at) & 3) as u8).collect();
    Quiz { number: chosen.number, answers, explains: answered > 0 && chosen.number & 1 == 1 }
}

/// A project about which some things are known.
fn project(chosen: &Chosen, knowledge: &Knowledge) -> Description {
    let mut bits = (0..32).cycle().map(|bit| chosen.number >> bit & 1 == 1);
    let mut next = || bits.next().unwrap_or_default();
    let mut stated: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for factor in &knowledge.weighing.factors {
        if next() {
            let values = factor.values.iter().filter(|_| next()).map(|value| value.code.clone());
            stated.insert(factor.code.clone(), values.collect());
        }
    }
    let kind = knowledge.projects.get(chosen.number as usize % (knowledge.projects.len() + 1));
    let kind = kind.map_or(Kind::Skipped, |project| Kind::Of(project.entry.id.clone()));
    let changing =
        knowledge.weighing.factors.get(chosen.number as usize % 64).map(|factor| Part::Factor(factor.code.clone()));
    Description { kind, stated, changing }
}

/// A project about which everything is known at once.
fn fullest_project(chosen: &Chosen, knowledge: &Knowledge) -> Description {
    let factors = knowledge.weighing.factors.iter();
    let stated =
        factors.map(|factor| (factor.code.clone(), factor.values.iter().map(|value| value.code.clone()).collect()));
    Description { stated: stated.collect(), ..project(chosen, knowledge) }
}

/// What became of the effects of an answer, which the reply reports on.
fn done(chosen: &Chosen, knowledge: &Knowledge) -> Done {
    if chosen.number.is_multiple_of(2) {
        let (saved, forgotten, team, decided) = (Became::Failed, Became::Failed, Became::Failed, Became::Failed);
        return Done { saved, forgotten, team, decided };
    }
    // In a hundred servers, the most that an account can be in.
    let paths: Vec<String> = knowledge.onboarding.paths.iter().map(|path| path.id.clone()).collect();
    let positions = paths.len() * 100;
    let kept = if chosen.number.is_multiple_of(3) { Kept::Full } else { Kept::Yes };
    Done {
        saved: Became::Done(()),
        forgotten: Became::Done(Forgotten { paths, positions, votes: 100 }),
        team: Became::Done(kept),
        decided: decided::done(chosen),
    }
}

/// Checks a reply, and that what is under it can be used.
fn check(core: &Core, reply: &Reply) -> Result<(), TestCaseError> {
    prop_assert_eq!(misfits(reply), Vec::new());
    prop_assert_eq!(in_discord::violations(reply), Vec::<String>::new());
    let codes = Codes::of(core.knowledge());
    for row in &reply.rows {
        match row {
            Row::Buttons(buttons) => {
                for button in buttons {
                    let read = Action::from_custom_id(&button.custom_id, &codes).map(|action| action.verb);
                    prop_assert_eq!(read.as_ref(), Ok(&button.verb));
                }
            }
            Row::Menu(menu) => {
                for option in &menu.options {
                    let read = view_from_text(&option.value, &codes);
                    prop_assert_eq!(read.as_ref(), Ok(&option.view));
                }
            }
            Row::Select(select) => {
                let read = Action::from_custom_id(&select.custom_id, &codes).map(|action| action.verb);
                prop_assert_eq!(read, Ok(Verb::Set(select.setting)));
                if let Offers::One(options) = &select.offers {
                    for option in options {
                        let change = select.setting.change(&[option.value.to_owned()]);
                        prop_assert_eq!(change.as_ref(), Ok(&option.change));
                    }
                }
            }
        }
    }
    Ok(())
}

fn check_all(core: &Core, chosen: &Chosen) -> Result<(), TestCaseError> {
    let knowledge = core.knowledge();
    let done = done(chosen, knowledge);
    let question = chosen.has_question.then(|| chosen.text.clone());
    let asker = Asker::signed(u64::MAX, &[7; 16]);
    let (audience, controls, today) = (chosen.audience, chosen.controls, Some(TODAY));
    let reader = Reader { asker, audience, controls, question, today, ..Reader::default() };
    for (request, situation) in requests(chosen, knowledge) {
        let outcome = core.answer(&core.understand(&request), &situation);
        let reader = Reader { audience: outcome.audience, team: situation.team, ..reader.clone() };
        let reply = present(knowledge, &outcome.answer, &done, &reader);
        check(core, &reply)?;
        if let Some(form) = form(&outcome.answer, knowledge, &reader) {
            prop_assert_eq!(in_discord::violations_of_form(&form), Vec::<String>::new());
        }
        // In data with texts of every length a brief answer may be too long without a note.
        if std::ptr::eq(core, &CORES[0]) && matches!(outcome.answer, Answer::Brief(_)) {
            let (units, lines) = brevity::size(&reply.embed);
            prop_assert!(units <= limits::BRIEF_MOST && lines <= limits::BRIEF_LINES, "{units} units, {lines} lines");
        }
    }
    check(core, &too_fast(knowledge, &reader))?;
    let topics = core.complete(&chosen.text, limits::CHOICES);
    let offered = choices(&topics, &core.complete_tools(&chosen.text, limits::CHOICES));
    prop_assert_eq!(in_discord::violations_of_choices(&offered), Vec::<String>::new());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn whatever_is_asked_the_reply_fits_into_discord(chosen in chosen(), at in 0..CORES.len()) {
        check_all(&CORES[at], &chosen)?;
    }
}

#[test]
fn the_fullest_topics_and_projects_fit_into_discord() {
    let asker = Asker::signed(u64::MAX, &[7; 16]);
    let question = Some("é日🦀 ".repeat(1500));
    let today = Some(TODAY);
    let reader = Reader { asker, audience: Audience::OnlyAsker, question, today, ..Reader::default() };
    for core in CORES.iter() {
        let knowledge = core.knowledge();
        let topics = knowledge.topics.iter().map(|topic| View::Topic(topic.entry.id.clone()));
        let projects = knowledge.projects.iter().map(|kind| View::Project(Description::of(kind.entry.id.as_str())));
        for view in topics.take(fullest::FULL).chain(projects.take(fullest::FULL)) {
            let outcome = core.answer(&core.understand(&Request::Show(view)), &Situation::default());
            let reply = present(knowledge, &outcome.answer, &Done::default(), &reader);
            check(core, &reply).expect("it fits");
        }
    }
}

#[test]
fn every_remark_fits_into_discord() {
    let remarks = [
        wording::NOT_YOURS,
        wording::UNKNOWN_BUTTON,
        wording::OLD_BUTTON,
        wording::UNKNOWN_COMMAND,
        wording::CANNOT_SHARE,
        wording::TOO_FAST,
        wording::NOT_A_MANAGER,
        wording::ONLY_IN_SERVERS,
        wording::NOT_SHARED_HERE,
    ];
    for remark in remarks {
        twilight_validate::message::content(remark).expect("it is short enough");
    }
}

/// What once was refused by Discord, or hid something.
#[test]
fn the_faults_that_were_seen_are_gone() {
    let core = &CORES[0];
    let reply = |request: &Request, question: Option<String>| {
        let outcome = core.answer(&core.understand(request), &Situation::default());
        present(core.knowledge(), &outcome.answer, &Done::default(), &Reader { question, ..Reader::default() })
    };
    let long_word = format!("which is faster {}", "performance".repeat(300));
    let footer = reply(&Request::Ask(long_word), None).embed.footer.expect("a comparison has one");
    assert!(limits::length(&footer) < 400, "{footer}");

    let repeated = format!("{}, a team of three, a fixed deadline", "js devs ".repeat(150));
    let embed = reply(&Request::Recommend(repeated.clone()), Some(repeated)).embed;
    let (units, lines) = brevity::size(&embed);
    assert!(units <= limits::BRIEF_MOST && lines <= limits::BRIEF_LINES, "{units} units, {lines} lines");
    let understood = embed.description.visible();
    let understood =
        understood.lines().find(|line| line.starts_with("Understood: ")).expect("it says what it understood");
    assert!(understood.contains("fixed or urgent"), "{understood}");
}
