//! The stand-in's REST API: commands, callbacks, faults.

use reqwest::Method;
use serde_json::{Value, json};
use serenity::all::{
    Command, CommandOptionType, CreateAttachment, CreateCommand, CreateCommandOption, CreateEmbed, CreateMessage,
    EditAttachments, EditMessage, Message, Nonce,
};

use super::client::{Http, http};
use super::echo;
use crate::standin::events::{DIRECT_CHANNEL, Origin, autocomplete, focused, slash};
use crate::standin::fault::Fault;
use crate::standin::record::{callback_to, command_list, message_in, webhook_of};
use crate::standin::{Standin, token};

const COMMANDS: &str = "/applications/1100000000000000001/commands";

fn messages() -> String {
    format!("/channels/{DIRECT_CHANNEL}/messages")
}

async fn say(http: &Http, message: CreateMessage) -> Result<Message, String> {
    http.send(Method::POST, &messages(), &message).await
}

fn hello() -> CreateMessage {
    CreateMessage::new().content("hello")
}

fn commands() -> Vec<CreateCommand> {
    let option = CreateCommandOption::new(CommandOptionType::String, "topic", "What to compare").required(false);
    vec![CreateCommand::new("compare").description("Compares").add_option(option)]
}

#[tokio::test]
async fn registered_commands_come_back_decorated_and_keep_their_ids() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let first: Result<Vec<Command>, String> = http.send(Method::PUT, COMMANDS, &commands()).await;
    let first = first.expect("they are registered");
    let listed: Vec<Command> = http.ask(Method::GET, COMMANDS).await.expect("they are listed");
    assert_eq!(listed.first().map(|command| command.id), first.first().map(|command| command.id));
    let shown = standin.commands(None);
    let option = shown[0]["options"][0].as_object().expect("an option");
    assert!(!option.contains_key("required"), "false is the default");
    assert_eq!(shown[0]["default_member_permissions"], Value::Null);
    assert!(standin.commands(Some("7")).is_empty());
    assert_eq!(standin.next(command_list).await.answered, Some(200));
}

#[tokio::test]
async fn an_interaction_is_answered_once_then_edited_followed_up_and_deleted() {
    let standin = Standin::start().await;
    echo(&standin).await;
    let event = slash(&Origin::guild(), "help", &[]);
    standin.interact(&event);
    let first = standin.next(callback_to(&event)).await;
    assert_eq!((first.answered, first.callback_type()), (Some(204), Some(4)));
    let http = http(&standin, &token());
    let (id, token) = (event["id"].as_str(), event["token"].as_str());
    let (id, token) = (id.expect("an id"), token.expect("a token"));
    let callback = format!("/interactions/{id}/{token}/callback");
    let second: Result<(), String> = http.send(Method::POST, &callback, &first.body).await;
    assert_eq!(second.expect_err("it is answered already"), "Interaction has already been acknowledged.");
    let webhook = format!("/webhooks/1100000000000000001/{token}");
    let original = format!("{webhook}/messages/@original");
    let edited: Result<Message, String> = http.send(Method::PATCH, &original, &json!({ "content": "better" })).await;
    assert_eq!(edited.expect("it is edited").content, "better");
    let more: Result<Message, String> = http.send(Method::POST, &webhook, &json!({ "content": "more" })).await;
    assert_eq!(more.expect("it is sent").content, "more");
    let delete = || http.ask::<()>(Method::DELETE, &original);
    delete().await.expect("it is deleted");
    assert!(delete().await.is_err(), "it is gone");
    let edited = standin.next(webhook_of(&event)).await;
    assert_eq!(edited.line(), format!("PATCH /webhooks/1100000000000000001/{token}/messages/@original"));
}

#[tokio::test]
async fn autocomplete_does_not_take_a_message() {
    let standin = Standin::start().await;
    standin.register(None, &[json!({ "name": "compare", "description": "x" })]);
    let client = echo(&standin).await;
    let event = autocomplete(&Origin::guild(), "compare", &[focused("topic", "")]);
    standin.interact(&event);
    assert_eq!(standin.next(callback_to(&event)).await.answered, Some(400));
    drop(client);
    assert_eq!(standin.take_violations().len(), 1);
}

#[tokio::test]
async fn faults_come_in_their_order_and_then_all_is_well() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    standin.fault(Fault::rate_limited("POST /channels/", 1, 0.5));
    standin.fault(Fault::server_error("POST /channels/", 1));
    standin.fault(Fault::status("POST /channels/", 1, 200, &json!("<html>")).after_taking_effect());
    assert!(say(&http, hello()).await.is_err(), "429");
    let failed = say(&http, hello()).await.expect_err("500");
    assert_eq!(failed, "500: Internal Server Error");
    assert!(say(&http, hello()).await.is_err(), "this is no JSON");
    assert!(say(&http, hello()).await.is_ok());
    let answered: Vec<_> = standin.requests().iter().map(|request| request.answered).collect();
    assert_eq!(answered, [Some(429), Some(500), Some(200), Some(200)]);
}

#[tokio::test]
async fn a_request_can_hang() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    standin.fault(Fault::hang("/channels/", 1));
    let hanging = tokio::spawn(async move { say(&http, hello()).await });
    assert_eq!(standin.next(message_in(DIRECT_CHANNEL)).await.answered, None);
    assert!(!hanging.is_finished());
    hanging.abort();
}

#[tokio::test]
async fn what_is_held_back_takes_effect_after_what_came_meanwhile() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let message = say(&http, hello()).await.expect("it is sent");
    let edit = async |text: &str| {
        let body = json!({ "content": text });
        let path = format!("{}/{}", messages(), message.id);
        let edited: Result<Message, String> = http.send(Method::PATCH, &path, &body).await;
        edited.expect("it is edited").content
    };
    standin.fault(Fault::hold("PATCH /channels/", 1));
    let meanwhile = async {
        let held = standin.next(|request| request.method == "PATCH").await;
        assert_eq!(held.answered, None);
        let content = edit("meanwhile").await;
        standin.release();
        content
    };
    assert_eq!(tokio::join!(edit("late"), meanwhile), ("late".to_owned(), "meanwhile".to_owned()));
    assert_eq!(standin.requests().iter().filter_map(|request| request.answered).collect::<Vec<_>>(), [200, 200, 200]);
}

#[tokio::test]
async fn a_file_that_an_embed_shows_is_listed_only_there_and_goes_when_an_edit_leaves_it_out() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let file = CreateAttachment::bytes(b"12345".as_slice(), "five.png").description("é 日 🦀");
    let shown = CreateMessage::new().embed(CreateEmbed::new().attachment("five.png")).add_file(file.clone());
    let sent: Result<Message, String> = http.upload(&messages(), &shown, file).await;
    let message = sent.expect("it is sent");
    let image = message.embeds[0].image.as_ref().expect("it has a picture");
    assert!(image.url.starts_with("https://cdn.discordapp.com/attachments/"), "{}", image.url);
    assert!(message.attachments.is_empty());
    let path = format!("{}/{}", messages(), message.id);
    let bare = EditMessage::new().embed(CreateEmbed::new().title("bare"));
    let message: Message = http.send(Method::PATCH, &path, &bare).await.expect("it is edited");
    assert_eq!(
        message.attachments[0].description.as_deref(),
        Some("é 日 🦀"),
        "what nothing shows any more lies beside it"
    );
    let without = bare.attachments(EditAttachments::new());
    let message: Message = http.send(Method::PATCH, &path, &without).await.expect("it is edited");
    assert!(message.attachments.is_empty());
}

#[tokio::test]
async fn an_enforced_nonce_prevents_a_second_message() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let once = || {
        let nonce = Nonce::String("once".to_owned());
        say(&http, hello().nonce(nonce).enforce_nonce(true))
    };
    let first = once().await.expect("it is sent").id;
    assert_eq!(once().await.expect("it is there").id, first);
    assert_ne!(say(&http, hello()).await.expect("it is sent").id, first);
}

#[tokio::test]
async fn files_are_recorded_with_their_sizes() {
    let standin = Standin::start().await;
    let file = CreateAttachment::bytes(b"12345".as_slice(), "five.txt");
    let message = hello().add_file(file.clone());
    let sent: Result<Message, String> = http(&standin, &token()).upload(&messages(), &message, file).await;
    sent.expect("it is sent");
    let request = standin.next(message_in(DIRECT_CHANNEL)).await;
    assert_eq!(request.body["content"], "hello");
    let files = request.files.iter().map(|file| (file.name.as_str(), file.content.len()));
    assert_eq!(files.collect::<Vec<_>>(), [("five.txt", 5)]);
}

#[tokio::test]
async fn what_nobody_knows_is_not_found() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let path = format!("{}/7", messages());
    let asked: Result<Message, String> = http.ask(Method::GET, &path).await;
    assert_eq!(asked.expect_err("404"), "Unknown Message");
    let nowhere: Result<Message, String> = http.ask(Method::GET, "/nowhere").await;
    assert_eq!(nowhere.expect_err("404"), "404: Not Found");
    let delete = || http.ask::<()>(Method::DELETE, &path);
    delete().await.expect("a message of an earlier run can be deleted");
    assert_eq!(delete().await.expect_err("404"), "Unknown Message");
}
