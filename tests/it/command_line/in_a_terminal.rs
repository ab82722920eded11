//! The chat in a terminal: its lines, its keys, its history, and what the terminal can show.

use expect_test::{Expect, expect};

use super::TEA_AND_COFFEE;
use crate::folder::Folder;
use crate::program::versus;
use crate::terminal::{CTRL_C, CTRL_D, Terminal, UP};

/// A terminal without escape sequences, in which lines are read as they are typed.
const DUMB: (&str, &str) = ("TERM", "dumb");
/// A usual terminal.
const XTERM: (&str, &str) = ("TERM", "xterm-256color");
/// Keeps nothing of what is typed.
const NO_HISTORY: (&str, &str) = ("VERSUS_HISTORY", "off");
const WIDE: u16 = 200;

/// All that a chat shows that gets these lines in a terminal without escape sequences.
#[track_caller]
fn chat(lines: &[&str], columns: u16, environment: &[(&str, &str)]) -> String {
    let environment = [environment, &[DUMB, NO_HISTORY]].concat();
    let terminal = Terminal::start(&[], columns, &environment);
    terminal.send(&format!("{}\n{CTRL_D}", lines.join("\n")));
    let (shown, code) = terminal.end();
    assert_eq!(code, Some(0), "{shown}");
    shown
}

/// What a chat about tea and coffee answers to each line: the title, the progress in a tour, and the last line.
#[track_caller]
fn check(lines: &[&str], expected: Expect) {
    expected.assert_eq(&telling(lines));
}

/// As [`check`], of a quiz: each is the title of a question with the keys below it.
#[track_caller]
fn check_quiz(lines: &[&str], expected: &[String]) {
    assert_eq!(telling(lines), expected.join("\n"));
}

/// A question of the quiz that is asked.
fn asked(number: usize) -> String {
    format!("Quiz: question {number} of 5\n[1] A  [2] B  [3] C  [4] D")
}

/// A question of the quiz that was answered.
fn answered(number: usize) -> String {
    let next = if number == 5 { "My result" } else { "Next question" };
    format!("Quiz: question {number} of 5\n[1] {next}  [2] More on this")
}

#[track_caller]
fn telling(lines: &[&str]) -> String {
    let shown = chat(lines, WIDE, &[TEA_AND_COFFEE]);
    let shown = shown.lines().map(|line| line.trim_start_matches("versus> "));
    let is_title = |line: &&str| TITLES.iter().any(|title| line.starts_with(title));
    let is_telling = |line: &&str| is_title(line) || line.starts_with(['▰', '[']) || line.starts_with("I deleted");
    let telling: Vec<&str> = shown.filter(is_telling).collect();
    telling.join("\n")
}

/// How the answers begin that a newcomer gets.
const TITLES: [&str; 7] = ["Welcome", "Brewing ·", "Serving ·", "Quiz:", "Taste", "Forgotten", "That is posted"];

#[test]
fn the_chat_leads_through_a_tour() {
    let lines =
        ["/onboard start", "1", "1", "2", "1", "/onboard start", "3", "/onboard start", "4", "2", "/onboard start"];
    check(
        &lines,
        expect![[r#"
            Welcome to the team
            [1] Brewing  [2] Serving
            Brewing · Water first
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Next  [2] More on this  [3] Other tours  [4] Back
            Taste
            [1] Details  [2] Article · 1  [3] Sources · 2  [4] Caffeine
            Taste
            [1] Caffeine
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Next  [2] More on this  [3] Other tours  [4] Back
            Welcome to the team
            [1] Brewing  [2] Serving
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Next  [2] More on this  [3] Other tours  [4] Back
            Brewing · Water first
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours
            Taste
            [1] Details  [2] Article · 1  [3] Sources · 2  [4] Caffeine
            Brewing · Water first
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours"#]],
    );
    let posted =
        expect!["That is posted for everyone in a channel, which only Discord has. The other commands work here."];
    check(&["/onboard panel"], posted);
    let shown = chat(&["I'm new here, where do I start?", "2"], WIDE, &[]);
    for expected in ["Welcome to the team\n", "[1] Back end  [2] Data  [3] Front end\n", "1 of 8\n"] {
        assert!(shown.contains(expected), "{expected:?} is not in {shown}");
    }
}

#[test]
fn the_chat_forgets_a_tour_on_demand() {
    let lines = ["/onboard start", "1", "1", "2", "2", "2", "2", "2", "/forget-me", "/forget-me", "/onboard start"];
    check(
        &lines,
        expect![[r#"
            Welcome to the team
            [1] Brewing  [2] Serving
            Brewing · Water first
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Next  [2] More on this  [3] Other tours  [4] Back
            Taste
            [1] Details  [2] Article · 1  [3] Sources · 2  [4] Caffeine
            Taste: the article
            Forgotten
            I deleted your place in the tour “Brewing”, with its times. I keep nothing else about you.
            Forgotten
            Welcome to the team
            [1] Brewing  [2] Serving"#]],
    );
}

#[test]
fn the_chat_asks_a_quiz() {
    let lines = ["/onboard quiz", "1", "1", "2", "1", "3", "1", "4", "1", "1"];
    let questions = (1..=5).flat_map(|number| [asked(number), answered(number)]);
    check_quiz(&lines, &questions.collect::<Vec<_>>());
    let shown = chat(&[lines.as_slice(), &["1"]].concat(), WIDE, &[]);
    assert!(shown.contains("Quiz: the result\n") && shown.contains(" of 5 right. "), "{shown}");
}

#[test]
fn next_has_the_same_number_at_every_step() {
    let shown = chat(&["/onboard start", "1", "1", "1", "1", "1", "1", "1"], WIDE, &[TEA_AND_COFFEE]);
    assert_eq!(shown.matches("[1] Next  ").count(), 6, "{shown}");
    assert!(shown.contains("▰▰▰▰▰▰▰ 7 of 7"), "{shown}");
}

#[test]
fn a_button_is_also_pressed_by_what_stands_on_it() {
    check(
        &["/onboard start", "brewing", "next", "Back"],
        expect![[r#"
        Welcome to the team
        [1] Brewing  [2] Serving
        Brewing · Water first
        ▰▱▱▱▱▱▱ 1 of 7
        [1] Next  [2] More on this  [3] Other tours
        Brewing · Leaves
        ▰▰▱▱▱▱▱ 2 of 7
        [1] Next  [2] More on this  [3] Other tours  [4] Back
        Brewing · Water first
        ▰▱▱▱▱▱▱ 1 of 7
        [1] Next  [2] More on this  [3] Other tours"#]],
    );
    let no_button = "[1] All topics  [2] What I can do".to_owned();
    check_quiz(
        &["/onboard quiz", "a", "next question", "D", "1", "é"],
        &[asked(1), answered(1), asked(2), answered(2), asked(3), no_button],
    );
}

#[test]
fn words_end_the_chat() {
    for word in ["quit", "exit", "bye", "/quit", "/exit", "Bye!"] {
        let shown = chat(&[word, "/topics"], WIDE, &[]);
        assert!(!shown.contains("What I can compare"), "{word}: {shown}");
    }
}

/// The columns that a line takes.
fn columns(line: &str) -> usize {
    textwrap::core::display_width(line)
}

#[test]
fn lines_break_between_words_and_addresses_stay_whole() {
    let wide = versus(&["ask", "is python slow?"], b"", &[]).output;
    let (wide, _) = wide.split_once("More: ").expect("a brief answer names what prints the rest");
    for width in [30, 60, 80] {
        let shown = chat(&["is python slow?", "/topics", "/help", "/recommend chat app"], width, &[]);
        let lines: Vec<&str> = shown.lines().filter(|line| !line.contains("versus> ")).collect();
        for line in &lines {
            let is_address = line.contains("https://") && !line.trim().contains(' ');
            // So does what stands on a button.
            let is_button = line.starts_with('[');
            // And the lines of a chart.
            let is_bar = line.contains('│');
            assert!(is_address || is_button || is_bar || columns(line) <= usize::from(width), "{width}: {line}");
        }
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        // The title stands behind the prompt.
        let all = words(wide).split_off(1).join(" ");
        let narrow = words(&lines.join("\n")).join(" ");
        assert!(narrow.contains(&all), "{width}: {narrow}");
    }
}

#[test]
fn a_dumb_terminal_gets_no_escape_sequence() {
    let lines = ["is python slow?", "1", "/topics", "/onboard quiz", "a", "é日🦀"];
    let shown = chat(&lines, 80, &[("FORCE_HYPERLINK", "1"), ("COLORTERM", "truecolor")]);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let (shown, code) = Terminal::start(&["ask", "is python slow?"], 80, &[DUMB]).end();
    assert_eq!(code, Some(0));
    assert!(shown.contains("Speed\n") && !shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn a_terminal_gets_bold_titles_and_links_unless_they_are_unwanted() {
    let ask = |environment: &[(&str, &str)]| Terminal::start(&["ask", "is python slow?"], 80, environment).end().0;
    let links = ("FORCE_HYPERLINK", "1");
    let shown = ask(&[XTERM]);
    assert!(shown.contains("\u{1b}[1mSpeed\u{1b}[0m") && shown.contains("<https://"), "{shown:?}");
    let shown = ask(&[XTERM, links]);
    assert!(shown.contains("\u{1b}]8;;https://") && !shown.contains("<https://"), "{shown:?}");
    let shown = ask(&[XTERM, links, ("NO_COLOR", "1")]);
    assert!(shown.contains("Speed\n") && !shown.contains('\u{1b}'), "{shown:?}");
}

/// A chat in a usual terminal, which shows its prompt.
fn editing(environment: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(&[], 80, &[environment, &[XTERM]].concat());
    terminal.until("versus> ");
    terminal
}

/// Presses Ctrl-C and waits for the next prompt, which begins below.
fn clear(terminal: &mut Terminal) {
    terminal.send(CTRL_C);
    terminal.until("\r\n");
    terminal.until("versus> ");
}

#[test]
fn ctrl_c_clears_the_line() {
    let mut terminal = editing(&[NO_HISTORY]);
    terminal.send("who won the football match, é日🦀?");
    clear(&mut terminal);
    terminal.send("/compare speed\r");
    let shown = terminal.until("Sources");
    assert!(!shown.contains("I don't know that one"), "{shown:?}");
    terminal.until("versus> ");
    clear(&mut terminal);
    terminal.send("quit\r");
    assert_eq!(terminal.end().1, Some(0));
}

#[test]
fn tab_completes_a_topic() {
    let mut terminal = editing(&[NO_HISTORY]);
    terminal.send("/compare spe\t");
    terminal.until("speed");
    terminal.send("\r");
    terminal.until("Sources");
}

/// Types the beginning of a line and Tab, and waits until all of these are listed, in whatever order.
#[track_caller]
fn check_listed(typed: &str, expected: &[&str]) {
    for expected in expected {
        let mut terminal = editing(&[NO_HISTORY]);
        terminal.send(&format!("{typed}\t"));
        terminal.until(expected);
    }
}

#[test]
fn tab_lists_candidates() {
    check_listed("/o", &["/onboard start", "/onboard quiz"]);
    check_listed("/compare s", &["Scalability", "Security", "Speed"]);
    check_listed("s", &["Scalability", "Security", "Speed"]);
}

/// Types lines and leaves.
fn leave_after(lines: &[&str], environment: &[(&str, &str)]) {
    let mut terminal = editing(environment);
    for line in lines {
        terminal.send(&format!("{line}\r"));
        terminal.until("Sources");
        terminal.until("versus> ");
    }
    terminal.send(CTRL_D);
    assert_eq!(terminal.end().1, Some(0));
}

#[test]
fn the_history_is_kept_for_its_owner_alone() {
    let folder = Folder::new();
    let home = ("HOME", folder.path().to_str().expect("it is UTF-8"));
    leave_after(&["/compare speed", " /compare memory"], &[home]);
    let file = folder.path().join(".local/state/versus/history");
    let kept = std::fs::read_to_string(&file).expect("the history is there");
    assert!(kept.contains("/compare speed") && !kept.contains("memory"), "{kept}");
    for (path, mode) in [(file.as_path(), 0o600), (file.parent().expect("it has one"), 0o700)] {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::metadata(path).expect("it is there").permissions();
        assert_eq!(permissions.mode() & 0o777, mode, "{}", path.display());
    }
    let mut terminal = editing(&[home]);
    terminal.send(&format!("{UP}\r"));
    terminal.until("Sources");
    terminal.until("versus> ");
    terminal.send(CTRL_D);
    assert_eq!(terminal.end().1, Some(0));
}

#[test]
fn no_history_is_kept_where_none_is_wanted() {
    let folder = Folder::new();
    let home = ("HOME", folder.path().to_str().expect("it is UTF-8"));
    leave_after(&["/compare speed"], &[home, NO_HISTORY]);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder is there").count(), 0);
}
