//! The commands are registered once, and again only when they changed.

use expect_test::expect;
use serde_json::{Value, json};

use super::scene::{Scene, TEA_AND_COFFEE};
use crate::program::versus;
use crate::standin::Standin;
use crate::standin::events::GUILD;
use crate::standin::record::{Recorded, command_list};

/// The commands as the program prints them.
pub(super) fn definitions() -> Vec<Value> {
    let run = versus(&["commands"], b"", &[TEA_AND_COFFEE]);
    serde_json::from_str(&run.output).expect("it prints JSON")
}

/// Starts and stops a bot on a stand-in, and gives the lists that it registered.
async fn registrations(standin: Standin, environment: &[(&str, &str)]) -> (Standin, Vec<(String, Value)>) {
    let before = standin.requests().len();
    let (standin, complaints) = Scene::with(standin, environment).await.stop().await;
    assert_eq!(complaints, Vec::<String>::new());
    let requests = standin.requests().into_iter().skip(before);
    let lists = requests.filter(command_list).map(|request| (request.path, request.body)).collect();
    (standin, lists)
}

/// Whether a bot registers its commands, where these are registered before it starts.
async fn check(case: &str, before: Vec<Value>, registers: bool) {
    let standin = Standin::start().await;
    standin.register(None, &before);
    let (standin, lists) = registrations(standin, &[]).await;
    let expected = if registers { vec![json!(definitions())] } else { Vec::new() };
    let bodies: Vec<Value> = lists.into_iter().map(|(_, body)| body).collect();
    assert_eq!(bodies, expected, "{case}");
    standin.finish();
}

#[tokio::test]
async fn commands_are_registered_everywhere_for_servers_and_accounts() {
    let (standin, lists) = registrations(Standin::start().await, &[]).await;
    assert_eq!(lists, [("/applications/1100000000000000001/commands".to_owned(), json!(definitions()))]);
    let commands = standin.commands(None);
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
    let (standin, lists) = registrations(standin, &[]).await;
    assert_eq!(lists, [], "the list is unchanged");
    standin.finish();
}

#[tokio::test]
async fn commands_of_one_server_say_nothing_about_other_places() {
    let environment = [("DISCORD_GUILD_ID", GUILD)];
    let (standin, lists) = registrations(Standin::start().await, &environment).await;
    let mut expected = definitions();
    for command in expected.iter_mut().filter_map(Value::as_object_mut) {
        command.remove("integration_types");
        command.remove("contexts");
    }
    let path = format!("/applications/1100000000000000001/guilds/{GUILD}/commands");
    assert_eq!(lists, [(path, json!(expected))]);
    assert!(standin.commands(None).is_empty());
    let (standin, lists) = registrations(standin, &environment).await;
    assert_eq!(lists, [], "the list is unchanged");
    standin.finish();
}

#[tokio::test]
async fn a_changed_list_is_registered_once() {
    let changed = |pointer: &str, value: Value| {
        let mut commands = json!(definitions());
        *commands.pointer_mut(pointer).expect("the commands have it") = value;
        commands.as_array().cloned().unwrap_or_default()
    };
    let fewer = definitions().into_iter().skip(1).collect::<Vec<_>>();
    let more = [definitions(), vec![json!({ "name": "old", "description": "Gone" })]].concat();
    check("a command less", fewer, true).await;
    check("a command more", more, true).await;
    check("a description", changed("/0/description", json!("Another one")), true).await;
    check("a length", changed("/0/options/0/max_length", json!(100)), true).await;
    check("not required", changed("/0/options/0/required", json!(false)), true).await;
    check("no autocomplete", changed("/0/options/0/autocomplete", json!(false)), true).await;
    check("a choice", changed("/0/options/1/choices/0/name", json!("all")), true).await;
    check("only servers", changed("/2/contexts", json!([0])), true).await;
    check("only accounts", changed("/3/integration_types", json!([1])), true).await;
}

#[tokio::test]
async fn what_discord_adds_or_turns_round_is_no_change() {
    let reversed: Vec<Value> = definitions().into_iter().rev().collect();
    let mut decorated = definitions();
    for command in &mut decorated {
        command["name_localizations"] = Value::Null;
        command["nsfw"] = json!(false);
        command["handler"] = json!(1);
    }
    check("another order", reversed, false).await;
    check("more fields", decorated, false).await;
}

/// Starts a bot on a stand-in, waits until it has logged this line, and stops it.
async fn cleared(standin: Standin, environment: &[(&str, &str)], line: &str) -> (Standin, Vec<String>) {
    let scene = Scene::with(standin, environment).await;
    scene.bot.logged(line).await;
    scene.stop().await
}

#[tokio::test]
async fn commands_of_a_server_are_cleared_when_it_is_not_set_any_more() {
    let in_guild = [("DISCORD_GUILD_ID", GUILD)];
    let (standin, _) =
        cleared(Standin::start().await, &in_guild, &format!("registered {} commands", definitions().len())).await;
    assert_eq!((standin.commands(Some(GUILD)).len(), standin.commands(None).len()), (definitions().len(), 0));
    let (standin, complaints) = cleared(standin, &[], &format!("cleared the {} commands", definitions().len())).await;
    assert_eq!((standin.commands(Some(GUILD)).len(), standin.commands(None).len()), (0, definitions().len()));
    assert_eq!(complaints, Vec::<String>::new());
    // That was all, and is not done again.
    let before = standin.requests().len();
    let (standin, _) = cleared(standin, &[], "commands are registered already").await;
    let of_server = |request: &Recorded| request.path.contains("/guilds/");
    assert!(!standin.requests().iter().skip(before).any(of_server), "the server is not looked at again");
    standin.finish();
}

#[tokio::test]
async fn commands_that_are_registered_everywhere_as_well_are_reported() {
    let standin = Standin::start().await;
    standin.register(None, &definitions());
    let (standin, complaints) = cleared(standin, &[("DISCORD_GUILD_ID", GUILD)], "appear twice in the server").await;
    assert_eq!(
        (standin.commands(Some(GUILD)).len(), standin.commands(None).len()),
        (definitions().len(), definitions().len())
    );
    expect![[r#"
        WARN commands are registered everywhere as well, so that they appear twice in the server 1100000000000000002; unset DISCORD_GUILD_ID, or use an application of its own there"#]]
    .assert_eq(&complaints.join("\n"));
    standin.finish();
}

#[tokio::test]
async fn commands_that_another_program_registered_to_a_server_are_left() {
    let (standin, _) = cleared(
        Standin::start().await,
        &[("DISCORD_GUILD_ID", GUILD)],
        &format!("registered {} commands", definitions().len()),
    )
    .await;
    let foreign = json!({ "name": "other", "description": "Of another program", "type": 1 });
    standin.register(Some(GUILD), &[definitions(), vec![foreign]].concat());
    let (standin, complaints) = cleared(standin, &[], "has commands of its own").await;
    assert_eq!((standin.commands(Some(GUILD)).len(), complaints.len()), (definitions().len() + 1, 1), "{complaints:?}");
    standin.finish();
}
