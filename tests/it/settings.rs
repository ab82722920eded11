//! The settings: one table, the papers that repeat it, and what a person reads where one is wrong.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect, expect_file};
use versus::shell::config::{SETTINGS, Setting};

use crate::folder::Folder;
use crate::program::{Run, versus_in};

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.not-a-real-secret_not-a-real-secret";
/// Characters of a line of `.env.example`.
const WIDTH: usize = 120;

/// A text in lines that begin with `# `.
fn comment(text: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("# {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

fn in_example(setting: &Setting) -> String {
    let Setting { name, meaning, unset, example, is_secret, .. } = setting;
    // What is optional is commented out, so that a copy sets nothing that nobody chose.
    let mark = if *is_secret && example.is_empty() { "" } else { "#" };
    comment(&format!("{meaning} Not set: {unset}.")) + &format!("{mark}{name}={example}\n")
}

#[test]
fn the_example_has_every_setting_of_the_table() {
    let head = comment(
        "Copy this file to .env and fill it in. The bot reads .env in the folder in which it is started, and in no other; \
         `versus health` and `versus invite` do as well. The same file serves `docker run --env-file`, docker compose and \
         EnvironmentFile of systemd. A variable of the environment wins over .env, unless it is blank: blank means not set.",
    );
    let settings: Vec<String> = SETTINGS.iter().map(in_example).collect();
    expect_file!["../../.env.example"].assert_eq(&format!("{head}\n{}", settings.join("\n")));
}

#[test]
fn the_readme_has_every_setting_of_the_table() {
    let row = |setting: &Setting| {
        let secret = if setting.is_secret { " Never logged." } else { "" };
        format!("| `{}` | {}{secret} | {} |", setting.name, setting.meaning, setting.unset)
    };
    let expected: Vec<String> = SETTINGS.iter().map(row).collect();
    let readme = include_str!("../../README.md").lines();
    let rows =
        readme.skip_while(|line| !line.starts_with("| Setting")).skip(2).take_while(|line| line.starts_with('|'));
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

/// Every variable that a file of `packaging/` sets, with its value.
fn set_in(file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(file);
    let text = fs::read_to_string(path).expect("the file can be read");
    let assignments = text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(|line| {
        let line = line.trim().trim_start_matches("Environment=");
        let (name, value) = line.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    assignments.filter(|(name, _)| name.starts_with("VERSUS_") || name == "DATABASE_URL").collect()
}

#[test]
fn what_is_packaged_sets_what_there_is() {
    let files = ["versus.service", "container.env"];
    let lines = files
        .iter()
        .flat_map(|file| set_in(file).into_iter().map(move |(name, value)| format!("{file}: {name}={value}")));
    expect![[r#"
        versus.service: DATABASE_URL=sqlite:/var/lib/versus/versus.db
        versus.service: VERSUS_METRICS_ADDR=127.0.0.1:9090
        container.env: DATABASE_URL=sqlite:/data/versus.db
        container.env: VERSUS_METRICS_ADDR=0.0.0.0:9090"#]]
    .assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    for (name, _) in files.iter().flat_map(|file| set_in(file)) {
        assert!(SETTINGS.iter().any(|setting| setting.name == name), "{name}");
    }
}

/// Runs `versus invite`, which needs the token, in a folder with this `.env` and below one with that.
fn invite(file: &str, above: &str, environment: &[(&str, &str)]) -> Run {
    let folder = Folder::new();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("the folder can be made");
    fs::write(folder.path().join(".env"), above).expect("the file can be written");
    fs::write(inner.join(".env"), file).expect("the file can be written");
    versus_in(&inner, &["invite"], b"", environment)
}

#[track_caller]
fn check(file: &str, environment: &[(&str, &str)], expected: Expect) {
    let run = invite(file, "", environment);
    assert_eq!((run.code, &*run.output), (Some(1), ""), "{run:?}");
    assert!(!run.errors.contains("not-a-real"), "{}", run.errors);
    expected.assert_eq(&run.errors);
}

#[track_caller]
fn check_good(file: &str, environment: &[(&str, &str)]) {
    let run = invite(file, "", environment);
    assert!(run.code == Some(0) && run.output.contains("client_id=123456789012345678"), "{file}: {run:?}");
}

#[test]
fn a_file_is_read_in_the_working_directory_and_in_no_folder_above() {
    check_good(&format!("DISCORD_TOKEN={TOKEN}\n"), &[]);
    let run = invite("", &format!("DISCORD_TOKEN={TOKEN}\n"), &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let run = invite(&format!("DISCORD_TOKEN={TOKEN}\n"), "A B\n", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn commands_that_need_no_settings_read_no_file() {
    let folder = Folder::new();
    fs::write(folder.path().join(".env"), "A B\nVERSUS_DATA=/no/such/folder\n").expect("the file can be written");
    for arguments in
        [["ask", "is python slow?"].as_slice(), &["recommend", "chat app"], &["match"], &["check"], &["commands"]]
    {
        let run = versus_in(folder.path(), arguments, b"", &[]);
        assert_eq!((run.code, &*run.errors), (Some(0), ""), "{arguments:?}");
    }
    let run = versus_in(folder.path(), &[], b"", &[]);
    assert!(run.code == Some(1) && run.errors.contains(".env:1"), "{run:?}");
}

#[test]
fn what_lies_in_the_place_of_the_file_is_reported_and_never_waited_for() {
    let folder = Folder::new();
    let file = folder.path().join(".env");
    let makers: [(&str, &dyn Fn()); 5] = [
        ("cannot be read: No such file", &|| symlink("nowhere", &file).expect("it can be linked")),
        ("cannot be read: Too many levels", &|| symlink(".env", &file).expect("it can be linked")),
        ("is not a file of at most 64 KiB", &|| symlink("/dev/zero", &file).expect("it can be linked")),
        ("is not a file of at most 64 KiB", &|| fs::write(&file, "#".repeat(65 << 10)).expect("it can be written")),
        ("is not UTF-8", &|| fs::write(&file, b"\xff\xfeD\0").expect("it can be written")),
    ];
    for (expected, make) in makers {
        make();
        let run = versus_in(folder.path(), &["invite"], b"", &[("DISCORD_TOKEN", TOKEN)]);
        assert!(run.code == Some(1) && run.errors.contains(expected), "{expected}: {run:?}");
        fs::remove_file(&file).expect("it can be removed");
    }
}

#[test]
fn a_folder_called_env_is_no_file() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join(".env")).expect("the folder can be made");
    let run = versus_in(folder.path(), &["invite"], b"", &[("DISCORD_TOKEN", TOKEN)]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn quotes_comments_and_blanks_mean_the_same_in_the_environment_and_in_the_file() {
    let values = [
        format!("\"{TOKEN}\""),
        format!("'{TOKEN}'"),
        format!("  {TOKEN}  "),
        format!("{TOKEN} # the bot's"),
        format!("\"{TOKEN}\" # the bot's"),
        format!("Bot {TOKEN}"),
        format!("\"Bot {TOKEN}\""),
    ];
    for value in values {
        check_good(&format!("DISCORD_TOKEN={value}\r\n"), &[]);
        check_good("", &[("DISCORD_TOKEN", &value)]);
    }
    check_good(&format!("\u{feff}export DISCORD_TOKEN={TOKEN}"), &[]);
}

#[test]
fn a_blank_value_hides_nothing() {
    let file = format!("DISCORD_TOKEN={TOKEN}\nDISCORD_TOKEN=\n");
    for blank in ["", " ", "\t", "\"\"", "''", "# none"] {
        check_good(&file, &[("DISCORD_TOKEN", blank)]);
        for setting in &SETTINGS {
            check_good(&format!("{}={blank}\nDISCORD_TOKEN={TOKEN}\n", setting.name), &[]);
            let environment = [(setting.name, blank)];
            check_good(&file, &environment);
        }
    }
}

#[test]
fn everything_that_is_wrong_is_reported_at_once_with_its_line() {
    let file = "\
        DISCORD_TOKEN=not-a-real-secret\n\n\
        not-a-real-secret\n\
        DISCORD_GUILD_ID=my server\n\
        VERSUS_LOG=\"loud\n\
        VERSUS_LOG_FORMAT=xml\n\
        VERSUS_METRICS_ADDR=9090\n\
        DISCORD_API_URL=http://not-a-real-server.example\n";
    let environment = [("VERSUS_SHARDS", "all"), ("VERSUS_PICTURE_MS", "9999999"), ("DISCORD_PUBLIC_KEY", "'02")];
    let run = invite(file, "", &environment);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(!run.errors.contains("not-a-real-secret"), "{}", run.errors);
    expect![[r#"
        versus: .env:3 is not NAME=value; compare it with .env.example
        versus: .env:5 has a quote without its other half; compare it with .env.example
        versus: DISCORD_TOKEN (.env:1) is not a bot token; copy it from the page Bot at https://discord.com/developers/applications; it has three parts with dots between them
        versus: DISCORD_PUBLIC_KEY has a quote without its other half; write the value without quotes
        versus: DISCORD_GUILD_ID (.env:4) is not a Discord id; copy the id, a number, or unset it
        versus: VERSUS_METRICS_ADDR (.env:7) is not an address; set it to an address and a port, such as 127.0.0.1:9090
        versus: VERSUS_LOG_FORMAT (.env:6) is not a log format; set it to text or json, or unset it
        versus: VERSUS_PICTURE_MS is not a time; set it to 0–600000 milliseconds, or unset it
        versus: VERSUS_SHARDS is not a range of shards; write it as first-last/total, such as 0-3/16 for the first four of sixteen, or unset it
        versus: DISCORD_API_URL (.env:8) would send the token to not-a-real-server.example without encryption; set it to https://… or to an address of this machine or of a private network, or set VERSUS_ALLOW_HTTP=yes if the way there is protected by other means
    "#]]
    .assert_eq(&run.errors);
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_not_repeated() {
    check(
        "# first\nA not-a-real B\n",
        &[],
        expect![[r#"
        versus: .env:2 is not NAME=value; compare it with .env.example
    "#]],
    );
    check(
        &format!("DISCORD_TOKEN {TOKEN}\n"),
        &[],
        expect![[r#"
        versus: .env:1 is not NAME=value; compare it with .env.example
    "#]],
    );
    check(
        "é=日\n🦀\n",
        &[],
        expect![[r#"
        versus: .env:1 is not NAME=value; compare it with .env.example
        versus: .env:2 is not NAME=value; compare it with .env.example
    "#]],
    );
}

#[test]
fn the_token_is_not_sent_over_a_public_network_without_encryption() {
    let token = format!("DISCORD_TOKEN={TOKEN}\n");
    for near in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "http://192.168.1.2", "http://[fd00::1]"]
    {
        check_good(&format!("{token}DISCORD_API_URL={near}\n"), &[]);
    }
    check_good(&token, &[("DISCORD_API_URL", "http://proxy:8080"), ("VERSUS_ALLOW_HTTP", "yes")]);
    let far = [
        "http://proxy:8080",
        "http://93.184.216.34",
        "http://localhost.example",
        "HTTP://discord.com",
        "http://[2001:db8::1]",
    ];
    for far in far {
        let run = invite(&token, "", &[("DISCORD_API_URL", far)]);
        assert!(run.code == Some(1) && run.errors.contains("without encryption"), "{far}: {run:?}");
        let run = invite(&token, "", &[("DISCORD_API_URL", far), ("VERSUS_ALLOW_HTTP", "no")]);
        assert_eq!(run.code, Some(1), "{far}: {run:?}");
    }
    for not_one in
        ["http://127.0.0.1@evil.example", "https://me:secret@discord.com", "discord.com", "https://discord.com/?x"]
    {
        let run = invite(&token, "", &[("DISCORD_API_URL", not_one)]);
        assert!(run.code == Some(1) && run.errors.contains("is not a web address"), "{not_one}: {run:?}");
    }
}

#[test]
fn a_service_without_a_token_fails_and_a_pipe_is_a_chat() {
    let folder = Folder::new();
    for environment in [[].as_slice(), &[("DISCORD_TOKEN", "")], &[("DISCORD_TOKEN", " ")]] {
        let run = versus_in(folder.path(), &[], b"", environment);
        assert_eq!((run.code, &*run.output), (Some(1), ""), "{run:?}");
        expect![[r#"
            versus: there is no token, and nobody to chat with on standard input; set DISCORD_TOKEN to the token from the page Bot at https://discord.com/developers/applications
        "#]]
        .assert_eq(&run.errors);
    }
    let run = versus_in(folder.path(), &[], b"/compare speed\n", &[]);
    assert!(run.code == Some(0) && run.output.contains("Speed\n"), "{run:?}");
}

/// Some supervisors give a service a pipe to which nobody writes.
#[test]
fn a_service_without_a_token_whose_input_stays_open_says_what_it_waits_for() {
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_versus"));
    command.env_clear().current_dir(folder.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("it is piped")).read_line(&mut line).expect("it says something");
    expect![[r#"
        versus: there is no token, so questions are awaited on standard input; for the bot in Discord set DISCORD_TOKEN to the token from the page Bot at https://discord.com/developers/applications
    "#]]
    .assert_eq(&line);
    drop(child.stdin.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}
