//! What a team keeps as a file: written, and checked whole when it is read.

use expect_test::expect;
use versus::domain::backup::TeamFile;
use versus::domain::decisions::{Choice, Decision, Status, Words as Recorded, bounds};
use versus::domain::knowledge::{Date, Leaning, Side, Strength};
use versus::domain::team::{self, Added, Note, Settings, Subject, Team, Words, Writers};
use versus::presentation::backup::{LARGEST, read_file, write_file};
use versus::shell::data;

fn decision(number: u32, status: Status) -> Decision {
    let choice = |text: &str, votes| Choice { text: text.to_owned(), votes };
    Decision {
        number,
        date: Date { year: 2026, month: 11, day: 28 },
        status,
        question: "Which é 日 🦀?".to_owned(),
        subject: Some(Subject::Topic("speed".to_owned())),
        source: None,
        leaning: Some(Leaning::Even),
        options: vec![choice("one", 2), choice("other", 1)],
        least: 2,
        is_counted: true,
        words: Recorded { decision: "one".to_owned(), reason: "é\n日".to_owned(), ..Recorded::default() },
    }
}

fn kept() -> TeamFile {
    let decisions = vec![decision(3, Status::SupersededBy(7)), decision(7, Status::Accepted)];
    TeamFile { team: team(), decisions }
}

fn team() -> Team {
    let note = |text: &str, link: Option<&str>| Note {
        text: text.to_owned(),
        link: link.map(str::to_owned),
        written: Date { year: 2026, month: 11, day: 27 },
    };
    let notes = [
        (Subject::Topic("speed".to_owned()), note("é 日 🦀 \"quoted\" \\", Some("https://wiki.example/é"))),
        (Subject::Topic("memory".to_owned()), note("x", None)),
    ];
    let text = "is the wiki slow é日🦀";
    let added = Added { text: text.to_owned(), words: Words::of(text), topic: "speed".to_owned() };
    let (writers, channels) = (Writers::Role(77), [5, 6].into());
    let settings = Settings { is_private: true, channels, writers, keeps_unanswered: true };
    Team { settings, notes: notes.into(), added: vec![added], ..Team::default() }
}

#[test]
fn what_is_written_is_read_again() {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    let file = write_file(&kept(), 1);
    assert_eq!(read_file(&file, 1, core.knowledge()), Ok(kept()));
    let TeamFile { team, decisions } = read_file(&file, 2, core.knowledge()).expect("it can be read");
    assert!(team.settings.channels.is_empty() && team.settings.writers == Writers::Managers);
    assert_eq!((team.notes, decisions), (kept().team.notes, kept().decisions));
}

/// A text of so many units, which take three bytes each.
fn long(units: usize) -> String {
    "日".repeat(units)
}

#[test]
fn all_that_a_team_can_keep_fits_into_a_file() {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    let full = |number| {
        let choice = |number| Choice { text: format!("{number}{}", long(bounds::OPTION - 2)), votes: u32::MAX };
        let [reason, rejected, consequences] = [1, 2, 3].map(|_| long(bounds::WORDS));
        Decision {
            question: long(bounds::QUESTION),
            options: (0..*bounds::OPTIONS.end()).map(choice).collect(),
            words: Recorded { decision: long(bounds::DECISION), reason, rejected, consequences },
            ..decision(number, Status::Accepted)
        }
    };
    let decisions = (1..).map(full).take(bounds::DECISIONS).collect();
    let file = write_file(&TeamFile { team: team(), decisions }, 1);
    assert_eq!(read_file(&file, 1, core.knowledge()).map(|file| file.decisions.len()), Ok(bounds::DECISIONS));
    // A note or an added question has fewer units than this.
    const LINE: usize = 1024;
    assert!(file.len() + 3 * LINE * (team::bounds::NOTES + team::bounds::ADDED) <= LARGEST, "{}", file.len());
}

#[test]
fn the_names_of_an_earlier_version_are_read() {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    for leaning in [Leaning::Even, Leaning::Depends, Leaning::Toward(Side::Second, Strength::Slight)] {
        let leaning = Some(leaning);
        let decisions = vec![Decision { leaning, ..decision(1, Status::Accepted) }];
        let file = write_file(&TeamFile { team: team(), decisions: decisions.clone() }, 1);
        let earlier = [
            ("even", "Even"),
            ("depends", "Depends"),
            ("toward", "Toward"),
            ("second", "Second"),
            ("slight", "Slight"),
        ];
        let earlier = earlier
            .iter()
            .fold(file.clone(), |file, (now, then)| file.replace(&format!("\"{now}\""), &format!("\"{then}\"")));
        assert_ne!(file, earlier);
        for file in [file, earlier] {
            let read = read_file(&file, 1, core.knowledge()).expect("it can be read");
            assert_eq!(read.decisions, decisions, "{file}");
        }
    }
}

#[test]
fn everything_that_is_wrong_is_listed() {
    let core = data::load(None).expect("the compiled-in knowledge is good");
    let problems = |change: &dyn Fn(String) -> String| {
        let file = change(write_file(&kept(), 1));
        match read_file(&file, 1, core.knowledge()) {
            Ok(_) => panic!("nothing is wrong with {file}"),
            Err(problems) => problems.join("\n"),
        }
    };
    let replaced = |from: &'static str, to: &'static str| problems(&move |file: String| file.replace(from, to));
    let all = [
        problems(&|_| String::new()),
        problems(&|_| "é日🦀".to_owned()),
        replaced("\"versus\": 1", "\"versus\": 2"),
        replaced("\"private\"", "\"secret\""),
        replaced("\"77\"", "\"é\""),
        replaced("\"5\"", "\"0\""),
        replaced("\"speed\"", "\"gone\""),
        replaced("\"memory\"", "\"speed\""),
        replaced("\"number\": 7", "\"number\": 3"),
        replaced("\"number\": 7", "\"number\": 0"),
        replaced("\"text\": \"other\"", "\"text\": \"ONE\""),
        replaced("\"decision\": \"one\"", "\"decision\": \" \""),
        replaced("2026-11-28", "2026-11-32"),
        replaced("\"status\": \"accepted\"", "\"status\": \"lost\""),
        replaced("2026-11-27", "2026-13-01"),
        replaced("https://wiki", "http://wiki"),
        replaced("is the wiki slow é日🦀", "<@1100000000000000005>"),
    ];
    expect![[r#"
        It is not a file of /team export: EOF while parsing a value at line 1 column 0
        It is not a file of /team export: expected value at line 1 column 1
        It is of the form 2, and I know the form 1: a newer version wrote it.
        It is not a file of /team export: unknown field `secret`, expected one of `private`, `channels`, `role`, `keep_unanswered` at line 5 column 12
        “é” is not the id of a channel or a role.
        “0” is not the id of a channel or a role.
        Note 2: it is about a topic or a tool that I do not know.
        Added question 1: it is about a topic or a tool that I do not know.
        Note 2: another one is about the same.
        Decision 1 of the file: the decision that took its place is not in the file.
        Decision 2 of the file: it needs a number from 1 on that no other one has.
        Decision 1 of the file: the decision that took its place is not in the file.
        Decision 2 of the file: it needs a number from 1 on that no other one has.
        Decision 1 of the file: its question or its options are missing, too long or too many.
        Decision 2 of the file: its question or its options are missing, too long or too many.
        Decision 1 of the file: its words are missing or too long for its status.
        Decision 2 of the file: its words are missing or too long for its status.
        It is not a file of /team export: a day is written such as 2026-11-27 at line 35 column 26
        It is not a file of /team export: unknown variant `lost`, expected one of `proposed`, `accepted`, `superseded-by`, `withdrawn` at line 66 column 22
        Note 1: it needs a day such as 2026-11-27 under “written”.
        Note 2: it needs a day such as 2026-11-27 under “written”.
        Note 2: its text is blank or too long, or its link does not begin with https://.
        Added question 1: it has no words.
    "#]].assert_eq(&(all.join("\n") + "\n"));
}
