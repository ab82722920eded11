//! The stand-in's REST API: commands, callbacks, faults.

use serde_json::{Value, json};
use serenity::all::{
    CreateAttachment, CreateCommand, CreateCommandOption, CreateEmbed, CreateInteractionResponseFollowup,
    CreateMessage, EditAttachments, EditInteractionResponse, EditMessage, MessageId,
};
use serenity::http::Http;

use super::{echo, http};
use crate::standin::events::{DIRECT_CHANNEL, Origin, autocomplete, focused, slash};
use crate::standin::fault::Fault;
use crate::standin::record::{callback_to, command_list, message_in, webhook_of};
use crate::standin::{Standin, token};

fn channel() -> serenity::all::ChannelId {
    let id: u64 = DIRECT_CHANNEL.parse().expect("an id is a number");
    id.into()
}

async fn say(http: &Http, message: CreateMessage) -> Result<serenity::all::Message, String> {
    let sent = channel().send_message(http, message).await;
    sent.map_err(|error| error.to_string())
}

fn hello() -> CreateMessage {
    CreateMessage::new().content("hello")
}

fn commands() -> Vec<CreateCommand> {
    let kind = serenity::all::CommandOptionType::String;
    let option = CreateCommandOption::new(kind, "topic", "What to compare").required(false);
    vec![CreateCommand::new("compare").description("Compares").add_option(option)]
}

#[tokio::test]
async fn registered_commands_come_back_decorated_and_keep_their_ids() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let first = http.create_global_commands(&commands()).await;
    let first = first.expect("they are registered");
    let listed = http.get_global_commands().await.expect("they are listed");
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
    let second = http
        .create_interaction_response(id.parse::<u64>().expect("a number").into(), token, &first.body, Vec::new())
        .await;
    let error = second.expect_err("it is answered already").to_string();
    assert_eq!(error, "Interaction has already been acknowledged.");
    let edit = EditInteractionResponse::new().content("better");
    let edited = http.edit_original_interaction_response(token, &edit, Vec::new());
    assert_eq!(edited.await.expect("it is edited").content, "better");
    let more = CreateInteractionResponseFollowup::new().content("more");
    let more = http.create_followup_message(token, &more, Vec::new()).await;
    assert_eq!(more.expect("it is sent").content, "more");
    let delete = || http.delete_original_interaction_response(token);
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
        let edited = http.edit_message(channel(), message.id, &body, Vec::new()).await;
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
    let file = || CreateAttachment::bytes(b"12345".as_slice(), "five.png").description("é 日 🦀");
    let shown = CreateMessage::new().embed(CreateEmbed::new().attachment("five.png")).add_file(file());
    let mut message = say(&http, shown).await.expect("it is sent");
    let image = message.embeds[0].image.as_ref().expect("it has a picture");
    assert!(image.url.starts_with("https://cdn.discordapp.com/attachments/"), "{}", image.url);
    assert!(message.attachments.is_empty());
    let bare = EditMessage::new().embed(CreateEmbed::new().title("bare"));
    message.edit(&http, bare.clone()).await.expect("it is edited");
    assert_eq!(
        message.attachments[0].description.as_deref(),
        Some("é 日 🦀"),
        "what nothing shows any more lies beside it"
    );
    message.edit(&http, bare.attachments(EditAttachments::new())).await.expect("it is edited");
    assert!(message.attachments.is_empty());
}

#[tokio::test]
async fn an_enforced_nonce_prevents_a_second_message() {
    let standin = Standin::start().await;
    let http = http(&standin, &token());
    let once = || {
        let nonce = serenity::all::Nonce::String("once".to_owned());
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
    let sent = say(&http(&standin, &token()), hello().add_file(file)).await;
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
    let error = http.get_message(channel(), MessageId::new(7)).await;
    assert_eq!(error.expect_err("404").to_string(), "404: Not Found");
    let delete = || http.delete_message(channel(), MessageId::new(7), None);
    delete().await.expect("a message of an earlier run can be deleted");
    assert_eq!(delete().await.expect_err("404").to_string(), "Unknown Message");
}
