//! The program as it is used from a shell: one-shot commands, and the chat through a pipe.

use expect_test::{Expect, expect};
use serde_json::Value;

use versus::presentation::commands::{COMMANDS, Command};

#[cfg(feature = "picture")]
use crate::knowledge::folder_with;
use crate::program::{Run, versus};

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.not-a-real-secret_not-a-real-secret";

/// The first lines of the output, which say what was understood.
#[track_caller]
fn check_chat(lines: &str, expected: &[&str]) {
    let run = versus(&[], lines.as_bytes(), &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for expected in expected {
        assert!(run.output.contains(expected), "{expected:?} is not in {}", run.output);
    }
}

#[test]
fn without_a_token_it_is_a_chat_that_says_how_to_get_one() {
    let run = versus(&[], b"/quit\n", &[]);
    assert_eq!((run.code, run.output.as_str()), (Some(0), ""));
    assert!(run.errors.contains("https://discord.com/developers/applications"), "{}", run.errors);
}

#[test]
fn the_chat_takes_commands_questions_and_numbers() {
    check_chat("/compare speed\n", &["Speed\n", "Sources", "[1] "]);
    check_chat("/compare topic: speed\n", &["Speed\n"]);
    check_chat("is python slow?\n1\n", &["Speed\n", "What the article says, and what holds today\n"]);
    check_chat("is python slow?\n4\n", &["Speed\n", "\nRuntime and engine\n"]);
    check_chat("/recommend chat app\n", &["Chat application\n", "Would change it: "]);
    check_chat("/recommend project: chat app\n", &["Chat application\n"]);
    check_chat("/recommend\n", &["Your project\n", "Skip this question"]);
    check_chat("/topics\n", &["What I can compare\n"]);
    check_chat("/help\n", &["Python or Node.js?\n", "/compare topic:"]);
    check_chat("/quiz\n99\n0\n", &["I don't know that command", "There is no button of that number"]);
    check_chat("/ask who invented node\n/quit\n/topics\n", &["Creators and origins\n"]);
    check_chat("🦀\né\n日本語\n\n", &["I see no question there\n", "I don't know that one\n"]);
}

/// The small comparison, of which a chat can be told beforehand.
const TEA_AND_COFFEE: (&str, &str) =
    ("VERSUS_DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/other_comparison/data"));

/// What a chat about tea and coffee answers to each line: the title, the progress in a tour, and the last line.
#[track_caller]
fn check_chat_lines(lines: &[&str], expected: Expect) {
    let run = versus(&[], (lines.join("\n") + "\n").as_bytes(), &[TEA_AND_COFFEE]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let is_title = |line: &&str| TITLES.iter().any(|title| line.starts_with(title));
    let is_told = |line: &&str| is_title(line) || line.starts_with(['▰', '[']) || line.starts_with("I deleted");
    let told: Vec<&str> = run.output.lines().filter(is_told).collect();
    expected.assert_eq(&told.join("\n"));
}

/// How the answers begin that a newcomer gets.
const TITLES: [&str; 7] = ["Welcome", "Brewing ·", "Serving ·", "Quiz:", "Taste", "Forgotten", "That works only"];

#[test]
fn the_chat_leads_through_a_tour() {
    let lines =
        ["/onboard start", "1", "1", "2", "1", "/onboard start", "3", "/onboard start", "4", "2", "/onboard start"];
    check_chat_lines(
        &lines,
        expect![[r#"
            Welcome to the team
            [1] Brewing  [2] Serving
            Brewing · Water first
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Back  [2] Next  [3] More on this  [4] Other tours
            Brewing · Beans
            ▰▰▰▱▱▱▱ 3 of 7
            [1] Back  [2] Next  [3] More on this  [4] Other tours
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Back  [2] Next  [3] More on this  [4] Other tours
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Back  [2] Next  [3] More on this  [4] Other tours
            Taste
            [1] Details  [2] Article · 1  [3] Sources · 2  [4] Caffeine
            Brewing · Leaves
            ▰▰▱▱▱▱▱ 2 of 7
            [1] Back  [2] Next  [3] More on this  [4] Other tours
            Welcome to the team
            [1] Brewing  [2] Serving
            Serving · Cups
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours
            Serving · Cups
            ▰▱▱▱▱▱▱ 1 of 7
            [1] Next  [2] More on this  [3] Other tours"#]],
    );
    check_chat_lines(
        &["/onboard panel", "/onboard progress"],
        expect![[r#"
        That works only in a server to which I was added.
        That works only in a server to which I was added."#]],
    );
    check_chat(
        "I'm new here, where do I start?\n2\n",
        &["Welcome to the team\n", "[1] Back end  [2] Data  [3] Front end\n", "1 of 8\n"],
    );
}

#[test]
fn the_chat_forgets_a_tour_on_demand() {
    let lines = ["/onboard start", "1", "1", "2", "2", "2", "2", "2", "/forget-me", "/forget-me", "/onboard start"];
    check_chat_lines(
        &lines,
        expect![[r#"
        Welcome to the team
        [1] Brewing  [2] Serving
        Brewing · Water first
        ▰▱▱▱▱▱▱ 1 of 7
        [1] Next  [2] More on this  [3] Other tours
        Brewing · Leaves
        ▰▰▱▱▱▱▱ 2 of 7
        [1] Back  [2] Next  [3] More on this  [4] Other tours
        Brewing · Beans
        ▰▰▰▱▱▱▱ 3 of 7
        [1] Back  [2] Next  [3] More on this  [4] Other tours
        Brewing · Waking up
        ▰▰▰▰▱▱▱ 4 of 7
        [1] Back  [2] Next  [3] More on this  [4] Other tours
        Brewing · Patience
        ▰▰▰▰▰▱▱ 5 of 7
        [1] Back  [2] Next  [3] More on this  [4] Other tours
        Brewing · In the evening
        ▰▰▰▰▰▰▱ 6 of 7
        [1] Back  [2] Next  [3] More on this  [4] Other tours
        Brewing · Tidying up
        ▰▰▰▰▰▰▰ 7 of 7
        [1] Back  [2] More on this  [3] Other tours
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
    check_chat_lines(
        &lines,
        expect![[r#"
        Quiz: question 1 of 5
        [1] A  [2] B  [3] C  [4] D
        Quiz: question 1 of 5
        [1] Next question  [2] More on this
        Quiz: question 2 of 5
        [1] A  [2] B  [3] C  [4] D
        Quiz: question 2 of 5
        [1] Next question  [2] More on this
        Quiz: question 3 of 5
        [1] A  [2] B  [3] C  [4] D
        Quiz: question 3 of 5
        [1] Next question  [2] More on this
        Quiz: question 4 of 5
        [1] A  [2] B  [3] C  [4] D
        Quiz: question 4 of 5
        [1] Next question  [2] More on this
        Quiz: question 5 of 5
        [1] A  [2] B  [3] C  [4] D
        Quiz: question 5 of 5
        [1] My result  [2] More on this"#]],
    );
    check_chat(&format!("{}\n1\n", lines.join("\n")), &["Quiz: the result\n", " of 5 right. "]);
}

#[test]
fn input_that_is_not_utf_8_is_no_reason_to_stop() {
    let run = versus(&[], b"\xff\xfe speed \xc3\n/compare speed\n", &[]);
    assert_eq!(run.code, Some(0));
    assert!(run.output.contains("Speed\n"));
}

#[test]
fn ask_answers_once() {
    let run = versus(&["ask", "is", "python", "slow?"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    assert!(run.output.starts_with("Speed\n"), "{}", run.output);
}

#[test]
fn recommend_answers_with_a_verdict_and_bars() {
    let run = versus(&["recommend", "chat", "app"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    let first: Vec<&str> = run.output.lines().take(6).collect();
    expect![[r#"
        Chat application
        Node.js, 7 : 1
        🐍 Python ━━━━━━━━● Node.js 🟢
        🟢 Live updates come easily in Node.js: waiting does not block by default, and its HTTP is built for low latency. ¹
        🟢 Chat connections mostly wait, and one Node.js server can hold thousands of them without managing threads. ²
        🐍 But: Django Channels adds WebSockets to Django, whose logins and content administration a chat can use as well. ⁴ ⁵"#]].assert_eq(&first.join("\n"));
    for line in ["🔀 Would change it: ", "Understood: Chat application."] {
        assert!(run.output.contains(line), "{line} is not in {}", run.output);
    }
}

/// What a value of JSON is.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Number(number) if number.is_i64() => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
        Value::Bool(_) | Value::Number(_) => "something else",
    }
}

/// Fields of every entry of a list, with what they may be.
#[track_caller]
fn check_entries(list: &Value, fields: &[(&str, &str)]) {
    for entry in list.as_array().expect("it is a list") {
        for (name, kinds) in fields {
            assert!(kinds.contains(kind(&entry[*name])), "{name} of {entry}");
        }
    }
}

#[test]
fn recommend_writes_one_line_of_json() {
    for (text, project) in [("chat app", Value::from("chat-app")), ("é 日 🦀", Value::Null)] {
        let run = versus(&["recommend", "--json", text], b"", &[]);
        assert_eq!((run.code, run.errors.as_str(), run.output.lines().count()), (Some(0), "", 1));
        let line: Value = serde_json::from_str(&run.output).expect("it is JSON");
        assert_eq!(line["project"], project);
        assert!(["nodejs", "python", "even"].map(Value::from).contains(&line["leaning"]), "{line}");
        assert!(["strong", "slight", "even"].map(Value::from).contains(&line["strength"]), "{line}");
        check_entries(
            &Value::from(vec![line.clone()]),
            &[("factors", "object"), ("totals", "object"), ("score", "number")],
        );
        check_entries(&line["criteria"], &[("id", "text"), ("title", "text"), ("points", "number")]);
        let reason = [("criterion", "text"), ("toward", "text"), ("points", "number"), ("reason", "text")];
        check_entries(&line["reasons"], &[reason.as_slice(), &[("sources", "list")]].concat());
        check_entries(&line["flips"], &[("leaning", "text"), ("score", "number"), ("changes", "list")]);
        for flip in line["flips"].as_array().into_iter().flatten() {
            check_entries(
                &flip["changes"],
                &[("factor", "text"), ("from", "text or nothing"), ("to", "text or nothing")],
            );
        }
        assert_eq!(line["criteria"].as_array().is_some_and(Vec::is_empty), project.is_null(), "{line}");
    }
}

/// The picture of the breakfast, whose title is another one.
#[cfg(feature = "picture")]
fn picture(name: &str, title: &str) -> Vec<u8> {
    let folder = folder_with(name, "projects/breakfast.toml", "title = \"Breakfast\"", &format!("title = '{title}'"));
    let (data, file) = (folder.to_str().expect("it is UTF-8"), folder.join("picture.png"));
    let image = file.to_str().expect("it is UTF-8");
    let run = versus(&["--data", data, "recommend", "--image", image, "breakfast"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""), "{title}");
    let bytes = std::fs::read(&file).expect("the picture is there");
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    bytes
}

#[test]
#[cfg(feature = "picture")]
fn recommend_draws_a_picture_with_its_text() {
    let titles = ["Breakfast", "Breakfasts", "Br&akfast", "<b>reakfast", "Cafe", "Café", "Кофе", "日 🦀 ]]>"];
    let pictures: Vec<Vec<u8>> =
        titles.iter().zip(0..).map(|(title, at)| picture(&format!("drawn-{at}"), title)).collect();
    for bytes in &pictures {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "{:?}", bytes.get(..16));
        assert_eq!(bytes.get(16..20), Some(800u32.to_be_bytes().as_slice()), "its width");
        let data = bytes.get(33..41).expect("there is more than a header");
        assert_eq!(&data[4..], b"IDAT", "a text beside the picture would be no drawing");
    }
    for (at, picture_of) in pictures.iter().enumerate() {
        assert!(!pictures[..at].contains(picture_of), "{} looks like another title", titles[at]);
    }
    assert_eq!(picture("drawn-again", titles[0]), pictures[0], "the same is drawn the same");
}

#[test]
fn match_writes_a_line_of_json_for_each_question() {
    let run = versus(&["match"], "is node faster?\n\nlunch at twelve\né 🦀 日\n".as_bytes(), &[]);
    let lines: Vec<Value> = run.output.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let labels: Vec<&str> = lines.iter().filter_map(|line| line["label"].as_str()).collect();
    assert_eq!(labels, ["compare:speed", "none", "none", "none"]);
    let first = &lines[0];
    assert_eq!(first["text"], "is node faster?");
    assert_eq!(first["candidates"].as_array().map(Vec::len), Some(5));
    assert!(first["confidence"].as_f64().is_some_and(|confidence| (0.0..=1.0).contains(&confidence)));
    assert!(first["evidence"][0].as_str().is_some_and(|evidence| evidence.starts_with("faster ")), "{first}");
}

/// What the program takes messages for that were not addressed to it.
#[track_caller]
fn check_overheard(messages: &[&str], expected: &str) {
    let run = versus(&["match", "--overheard"], messages.join("\n").as_bytes(), &[]);
    let label = |line: &str| serde_json::from_str::<Value>(line).expect("it is JSON")["label"].clone();
    let labels: Vec<Value> = run.output.lines().map(label).collect();
    assert_eq!(labels, vec![Value::from(expected); messages.len()], "{}", run.output);
}

#[test]
fn what_was_not_addressed_to_the_bot_needs_far_more() {
    let chatter = ["is it slow?", "the node is down again", "python script broke", "thanks, that fixed my async code"];
    check_overheard(&chatter, "none");
    check_overheard(&["which uses less memory, python or node?"], "compare:memory");
}

#[test]
fn commands_prints_what_is_registered() {
    let run = versus(&["commands"], b"", &[]);
    let commands: Vec<Value> = serde_json::from_str(&run.output).expect("it is JSON");
    let names: Vec<&str> = commands.iter().filter_map(|command| command["name"].as_str()).collect();
    let all = ["compare", "recommend", "ask", "onboard", "topics", "help", "forget-me", "Answer this question"];
    assert_eq!(names, all);
    for command in &commands {
        assert_eq!(command["integration_types"], serde_json::json!([0, 1]));
        assert_eq!(command["contexts"], serde_json::json!([0, 1, 2]));
    }
}

/// How commands are used, in the order of their names.
fn usages() -> Vec<String> {
    let mut usages: Vec<String> = COMMANDS.iter().map(Command::usage).collect();
    usages.sort();
    usages
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let readme = include_str!("../../README.md").lines();
    let rows =
        readme.skip_while(|line| !line.starts_with("| You write")).skip(2).take_while(|line| line.starts_with('|'));
    // What stands in the first column between ` or *.
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let names = cells.flat_map(|cell| cell.split(['`', '*']).skip(1).step_by(2));
    let mut names: Vec<String> = names.map(|name| name.trim_end_matches(':').to_owned()).collect();
    names.sort();
    assert_eq!(names, usages());
}

#[test]
fn the_help_says_how_each_command_is_used() {
    let help = versus(&[], b"/help\n", &[]).output;
    let lines: Vec<&str> =
        help.lines().skip_while(|line| *line != "How to ask").skip(1).take_while(|line| !line.is_empty()).collect();
    expect![[r#"
        /compare topic: one topic; typing offers what there is
        /recommend project: which side suits your project, and why
        /ask question: a question in your own words
        /onboard start: a tour of ten minutes for newcomers
        /onboard quiz: five questions, each answer explained
        /topics: everything that can be compared
        /forget-me: deletes what I keep about you: how far you got with a tour
        Apps → Answer this question: on anybody's message, seen only by you until you share it
        A mention, a reply or a direct message: the same in plain words"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn every_command_that_is_typed_works_in_the_chat() {
    let names: Vec<&str> = COMMANDS.iter().filter(|command| command.is_slash()).map(|command| command.name).collect();
    for name in names {
        let run = versus(&[], format!("/{name}\n").as_bytes(), &[TEA_AND_COFFEE]);
        assert!(!run.output.contains("I don't know that command") && !run.output.is_empty(), "{name}: {}", run.output);
    }
}

#[test]
fn invite_prints_links_with_the_application_and_few_permissions() {
    let run = versus(&["invite"], b"", &[("DISCORD_TOKEN", TOKEN)]);
    expect![[r#"
        server:  https://discord.com/oauth2/authorize?client_id=123456789012345678&integration_type=0&permissions=274878024704&scope=bot+applications.commands
        account: https://discord.com/oauth2/authorize?client_id=123456789012345678&integration_type=1&scope=applications.commands
    "#]].assert_eq(&run.output);
}

/// What the operator reads when the program cannot go on.
#[track_caller]
fn check_failure(arguments: &[&str], environment: &[(&str, &str)], expected: Expect) {
    let run: Run = versus(arguments, b"", environment);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(!run.errors.contains("not-a-real-secret"), "{}", run.errors);
    expected.assert_eq(&run.errors);
}

#[test]
#[cfg(feature = "discord")]
fn an_address_that_means_more_than_a_file_is_refused() {
    for address in ["postgres://x", "/tmp/é日🦀.db", "mysql://not-a-real-secret@x"] {
        check_failure(
            &[],
            &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", address)],
            expect![[r#"
                versus: DATABASE_URL is not the address of a database that versus knows; set it to sqlite:FILE, to none to keep nothing, or unset it for a file in your data folder
            "#]],
        );
    }
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:")],
        expect![[r#"
        versus: DATABASE_URL does not name a file; set it to sqlite:FILE, to none to keep nothing, or unset it for a file in your data folder
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite::memory:")],
        expect![[r#"
        versus: DATABASE_URL is a database in memory, which would lose everything at each stop; set it to sqlite:FILE, or to none to keep nothing
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:file:v.db?mode=rw")],
        expect![[r#"
        versus: DATABASE_URL has a second scheme, file:; write sqlite: and the path of the file alone
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:v.db?mode=rwc")],
        expect![[r#"
        versus: DATABASE_URL has a `?`, a `#` or a percent code, which would become a part of the file's name; write sqlite: and the path of the file alone
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:~/versus.db")],
        expect![[r#"
        versus: DATABASE_URL begins with `~` or `$`, which only a shell replaces; write the whole path, such as sqlite:/home/me/versus.db
    "#]],
    );
}

#[test]
fn what_keeps_it_from_starting_is_told_in_one_line_with_its_remedy() {
    check_failure(
        &["invite"],
        &[],
        expect![[r#"
        versus: the application is unknown without DISCORD_TOKEN; set DISCORD_TOKEN to the token from https://discord.com/developers/applications, its first part is the id
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", "not-a-real-secret")],
        expect![[r#"
        versus: DISCORD_TOKEN is not a bot token; copy it from the page Bot at https://discord.com/developers/applications; it has three parts with dots between them
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DISCORD_API_URL", "discord")],
        expect![[r#"
        versus: DISCORD_API_URL is not a web address; set it to http://… or https://…, or unset it
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DISCORD_GUILD_ID", "my server")],
        expect![[r#"
        versus: DISCORD_GUILD_ID is not a Discord id; copy the id, a number, or unset it
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("VERSUS_LOG", "loud")],
        expect![[r#"
        versus: VERSUS_LOG is not a log level; set it to error, warn, info, debug or trace, or unset it
    "#]],
    );
    check_failure(
        &["--data", "/no/such/folder", "ask", "speed"],
        &[],
        expect![[r#"
        versus: /no/such/folder cannot be read: No such file or directory (os error 2); give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge
    "#]],
    );
    check_failure(
        &["check", "/dev/null"],
        &[],
        expect![[r#"
        versus: /dev/null cannot be read: Not a directory (os error 20); give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge
    "#]],
    );
}

#[test]
#[cfg(not(feature = "picture"))]
fn a_program_without_pictures_says_so() {
    check_failure(
        &["recommend", "--image", "é日🦀.png", "chat app"],
        &[],
        expect![[r#"
        versus: a picture could not be drawn: this program was built without pictures; build it with the feature `picture`
    "#]],
    );
}

#[test]
#[cfg(feature = "picture")]
fn what_keeps_it_from_drawing_is_told_with_its_remedy() {
    check_failure(
        &["recommend", "--image", "/no/such/folder/é日🦀.png", "chat app"],
        &[],
        expect![[r#"
        versus: /no/such/folder/é日🦀.png cannot be written: No such file or directory (os error 2); give --image another file
    "#]],
    );
    check_failure(
        &["recommend", "--image", "/no/such/folder/picture.png", "🦀"],
        &[],
        expect![[r#"
        versus: there is nothing to draw; describe the project: what it is, and who builds it
    "#]],
    );
}
