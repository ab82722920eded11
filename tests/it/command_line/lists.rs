//! What the program prints about itself: its commands, the links that add it, completions and the manual page.

use expect_test::expect;
use serde_json::{Value, json};
use versus::presentation::commands::{COMMANDS, Command};

use super::TOKEN;
use crate::program::versus;

#[test]
fn commands_prints_what_is_registered() {
    let run = versus(&["commands"], b"", &[]);
    let commands: Vec<Value> = serde_json::from_str(&run.output).expect("it is JSON");
    let names: Vec<&str> = commands.iter().filter_map(|command| command["name"].as_str()).collect();
    let all = [
        "compare",
        "recommend",
        "ask",
        "onboard",
        "note",
        "insights",
        "gaps",
        "decide",
        "decisions",
        "team",
        "settings",
        "topics",
        "help",
        "forget-me",
        "Answer this question",
    ];
    assert_eq!(names, all);
    for command in &commands {
        let is_of_servers = matches!(
            command["name"].as_str(),
            Some("note" | "insights" | "gaps" | "decide" | "decisions" | "team" | "settings")
        );
        let (types, contexts) =
            if is_of_servers { (json!([0]), json!([0])) } else { (json!([0, 1]), json!([0, 1, 2])) };
        assert_eq!((&command["integration_types"], &command["contexts"]), (&types, &contexts), "{command}");
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
    let readme = include_str!("../../../README.md").lines();
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
fn invite_prints_links_with_the_application_and_few_permissions() {
    let run = versus(&["invite"], b"", &[("DISCORD_TOKEN", TOKEN)]);
    expect![[r#"
        server:  https://discord.com/oauth2/authorize?client_id=123456789012345678&integration_type=0&permissions=563224831446016&scope=bot+applications.commands
        account: https://discord.com/oauth2/authorize?client_id=123456789012345678&integration_type=1&scope=applications.commands
    "#]].assert_eq(&run.output);
}

#[test]
fn completions_are_made_for_each_shell() {
    for (shell, expected) in
        [("bash", "complete -F _versus"), ("zsh", "#compdef versus"), ("fish", "complete -c versus")]
    {
        let run = versus(&["completions", shell], b"", &[]);
        assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
        for word in [expected, "recommend", "json", "overheard", "stale"] {
            assert!(run.output.contains(word), "{word} is not in the completions for {shell}");
        }
    }
}

#[test]
fn the_manual_page_has_every_command_with_its_options() {
    let run = versus(&["man"], b"", &[]);
    assert_eq!((run.code, run.errors.as_str()), (Some(0), ""));
    assert!(run.output.contains(".TH versus 1"), "{}", run.output);
    for word in ["recommend", "overheard", "stale", "DISCORD_TOKEN", "Exit codes:", "image"] {
        assert!(run.output.contains(word), "{word} is not in {}", run.output);
    }
}
