//! What happens at each message and interaction: translate, answer, present, send. Each is answered once, whichever door it
//! came through, and ends in one log line at most.

mod prepared;
mod sending;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use serenity::all::{
    CommandInteraction, ComponentInteraction, CreateInteractionResponse, Interaction, Message, UserId,
};
use tokio::spawn;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::super::storage::{Store, Whose};
use super::door::Door;
use super::flood::{Flood, Verdict};
use super::from_discord::{self, Asked};
use super::metrics::Metrics;
use super::press::Effect;
use super::rest::{Rest, RestError};
use super::room::Room;
use super::seen::Seen;
use super::settling::Settling;
use super::to_discord;
use crate::domain::answer::{Answer, Core, Grounds};
use crate::domain::request::{Request, View};
use crate::presentation::reply::Reply;
use crate::presentation::{Audience, Reader, choices, limits, present, too_fast, wording};
use prepared::Prepared;
use sending::Here;

/// An interaction has to be answered within 3 s; this leaves some of it for the way.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);
/// How long a message is tried to be sent; later, nobody waits for it any more.
const MESSAGE_WITHIN: Duration = Duration::from_secs(60);

/// Answers messages and interactions.
pub(super) struct Answering {
    /// Taken once for each answer, so that an answer is made of one knowledge even while another one comes in.
    known: ArcSwap<Prepared>,
    rest: Arc<Rest>,
    room: Room,
    flood: Flood,
    seen: Mutex<Seen>,
    metrics: Arc<Metrics>,
    settling: Settling,
    store: Arc<Store>,
}

impl Answering {
    pub(super) fn new(core: Core, rest: Arc<Rest>, store: Arc<Store>) -> Self {
        Self {
            known: ArcSwap::from_pointee(Prepared::new(core)),
            rest,
            room: Room::new(),
            flood: Flood::new(),
            seen: Mutex::default(),
            metrics: Arc::new(Metrics::new()),
            settling: Settling::default(),
            store,
        }
    }

    /// Waits until what is on its way has been sent, but no longer than `within`.
    pub(super) async fn drain(&self, within: Duration) {
        if timeout(within, self.room.emptied()).await.is_err() {
            warn!("stopped although some answers were still on their way; look whether Discord was slow");
        }
        self.store.close().await;
    }

    /// What is known now.
    pub(super) fn core(&self) -> Arc<Core> {
        Arc::clone(&self.known.load().core)
    }

    /// Answers from now on by other knowledge.
    pub(super) fn replace(&self, core: Core) {
        self.known.store(Arc::new(Prepared::new(core)));
    }

    /// What an operator can watch.
    pub(super) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// What is kept between two messages.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The places of what is answered: whoever asks for an answer takes one first.
    pub(super) fn room(&self) -> &Room {
        &self.room
    }

    /// Answers an interaction through the door that it came by.
    pub(super) async fn interaction(&self, interaction: &Interaction, door: &Door) {
        if !self.is_new(interaction.id().get()) {
            return;
        }
        if !self.has_patience(interaction, door).await {
            return;
        }
        match interaction {
            Interaction::Command(command) => self.command(command, door).await,
            Interaction::Autocomplete(typing) => self.complete(typing, door).await,
            Interaction::Component(component) => self.press(component, door).await,
            Interaction::Modal(modal) => {
                let here = Here::new(modal.id, modal.application_id, &modal.token, door);
                self.respond(&here, &to_discord::remark(wording::UNKNOWN_BUTTON)).await;
            }
            _ => {}
        }
    }

    /// Answers a message that is addressed to the bot, whose id is `me`.
    pub(super) async fn message(&self, message: &Message, me: UserId) {
        let Some(asked) = from_discord::message(message, me) else { return };
        if !self.is_new(message.id.get()) {
            return;
        }
        let verdict = self.flood.check(asked.whose.person, Some(message.channel_id.get()));
        if verdict != Verdict::Answer {
            self.metrics.limited();
        }
        if verdict == Verdict::Ignore {
            return;
        }
        let _turn = self.room.to_send().await;
        match verdict {
            Verdict::Answer => self.answer_message(message, asked).await,
            Verdict::Tell | Verdict::Ignore => self.send_notice(message, &asked.reader).await,
        }
    }

    /// Whether something comes for the first time: after a lost connection the gateway tells some of it twice.
    fn is_new(&self, id: u64) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).is_new(id)
    }

    /// Whether whoever interacts is answered. If not, Discord still gets an answer, or it would tell them that the bot did
    /// not respond.
    async fn has_patience(&self, interaction: &Interaction, door: &Door) -> bool {
        let (here, person, is_autocompletion) = match interaction {
            Interaction::Command(command) => (Here::of_command(command, door), command.user.id, false),
            Interaction::Autocomplete(typing) => (Here::of_command(typing, door), typing.user.id, true),
            Interaction::Component(component) => (Here::of_component(component, door), component.user.id, false),
            _ => return true,
        };
        // What somebody types is not a question yet.
        if is_autocompletion || self.flood.check(person.get(), None) == Verdict::Answer {
            return true;
        }
        self.metrics.limited();
        self.remark(&here, wording::TOO_FAST).await;
        false
    }

    /// Tells whoever floods a channel with messages that they are not answered for a while.
    async fn send_notice(&self, message: &Message, reader: &Reader) {
        if let Err(error) = self.send_message(message, &too_fast(reader), None).await {
            warn!("a notice in channel {} could not be sent: {error}; {}", message.channel_id, error.remedy());
        }
    }

    fn is_gone(&self, shown: &View) -> bool {
        matches!(self.core().answer(&Request::Show(shown.clone())), Answer::NotFound)
    }

    fn show(&self, shown: View, reader: &Reader) -> Reply {
        let core = self.core();
        present(core.knowledge(), &core.answer(&Request::Show(shown)), reader)
    }

    async fn command(&self, interaction: &CommandInteraction, door: &Door) {
        let here = Here::of_command(interaction, door);
        let Some(used) = from_discord::command(interaction) else {
            self.respond(&here, &to_discord::remark(wording::UNKNOWN_COMMAND)).await;
            return;
        };
        let Asked { request, reader, whose } = used.asked;
        if used.command.is_for_managers() && !(used.by_manager && whose.server > 0) {
            let remark = if whose.server > 0 { wording::NOT_A_MANAGER } else { wording::ONLY_IN_SERVERS };
            self.respond(&here, &to_discord::remark(remark)).await;
            return;
        }
        if let Request::Compare(text) = &request {
            let known = self.known.load_full();
            // The title says what the topic's name would say again, so that the question is not shown.
            if let Some(topic) = known.core.knowledge().topic(text).filter(|topic| topic.entry.id == *text) {
                self.metrics.answered(&Answer::Comparison(topic, Grounds::new()));
                let body = known.comparison(topic, reader.asker, reader.audience);
                let _change = self.settling.begin(interaction.id.get(), interaction.id.get());
                self.respond_with(&here, body).await;
                return;
            }
        }
        let (reply, audience) = self.reply(request, whose, reader).await;
        let response = to_discord::answer(&reply, audience == Audience::OnlyAsker);
        self.respond_and_draw(&here, interaction.id.get(), &response, &reply).await;
    }

    /// Answers a request with what is stored, stores what follows from it, and says who is to see the reply.
    async fn reply(&self, request: Request, whose: Whose, mut reader: Reader) -> (Reply, Audience) {
        let request = match request {
            Request::Begin(_) => Request::Begin(self.store.place(whose, None).await),
            Request::Show(View::Tour(place)) if place.step.is_empty() => {
                let left = self.store.place(whose, Some(&place.path)).await;
                Request::Show(View::Tour(left.unwrap_or(place)))
            }
            Request::Progress(_) => Request::Progress(self.store.tally(whose.server).await),
            Request::Forget(_) => Request::Forget(self.store.forget(whose.person).await),
            request => request,
        };
        let core = self.core();
        let answer = core.answer(&request);
        // That nothing was found concerns only the one who asked.
        if matches!(answer, Answer::Unknown | Answer::Empty) && reader.audience == Audience::Everyone {
            reader.audience = Audience::OnlyAsker;
        }
        // It is kept before it is shown: what somebody has seen is not lost.
        if let Some((place, is_last)) = answer.reached() {
            reader.is_unsaved = !self.store.save(whose, &place, is_last).await;
        }
        if let Some((question, missed)) = answer.answered() {
            let (store, question) = (Arc::clone(&self.store), question.to_owned());
            spawn(async move { store.count(whose.server, &question, missed).await });
        }
        let reply = present(core.knowledge(), &answer, &reader);
        self.metrics.answered(&answer);
        (reply, reader.audience)
    }

    async fn complete(&self, interaction: &CommandInteraction, door: &Door) {
        let core = self.core();
        let topics = core.complete(&from_discord::typed(interaction), limits::CHOICES);
        self.respond(&Here::of_command(interaction, door), &to_discord::choices(&choices(&topics))).await;
    }

    async fn press(&self, interaction: &ComponentInteraction, door: &Door) {
        let press = from_discord::press(interaction);
        let whose = from_discord::presser(interaction);
        let asker = whose.person;
        let reader = |audience| Reader { asker, audience, ..Reader::default() };
        let here = Here::of_component(interaction, door);
        let message = from_discord::answered(interaction);
        let audience = press.audience;
        let (request, replaces) = match press.effect() {
            Effect::Share(shown) if !self.is_gone(&shown) => return self.share(&here, message, asker, shown).await,
            Effect::Replace(shown) | Effect::Share(shown) => (Request::Show(shown), true),
            Effect::ShowPrivately(shown) => (Request::Show(shown), false),
            Effect::Begin => (Request::Begin(None), false),
            Effect::Delete => return self.delete(&here).await,
            Effect::RefuseToDelete => return self.remark(&here, wording::NOT_YOURS).await,
            Effect::Unknown => return self.remark(&here, wording::UNKNOWN_BUTTON).await,
        };
        if replaces {
            let (reply, _) = self.reply(request, whose, reader(audience)).await;
            self.respond_and_draw(&here, message, &to_discord::update(&reply), &reply).await;
        } else {
            let (reply, _) = self.reply(request, whose, reader(Audience::OnlyAsker)).await;
            self.respond_and_draw(&here, interaction.id.get(), &to_discord::answer(&reply, true), &reply).await;
        }
    }

    async fn remark(&self, here: &Here<'_>, text: &str) {
        self.respond(here, &to_discord::remark(text)).await;
    }

    /// Answers an interaction at once, and adds the picture as soon as it is drawn. `message` is the id of what the message
    /// answers, under which its changes meet.
    async fn respond_and_draw(
        &self,
        here: &Here<'_>,
        message: u64,
        response: &CreateInteractionResponse,
        reply: &Reply,
    ) {
        let change = self.settling.begin(message, here.id.get());
        if self.respond(here, response).await {
            self.settle(here, change, reply).await;
        }
    }

    /// Posts a private answer for everyone. The button goes first, so that pressing it twice posts once.
    async fn share(&self, here: &Here<'_>, message: u64, asker: u64, shown: View) {
        let reader = |audience| Reader { asker, audience, ..Reader::default() };
        let without_button = self.show(shown.clone(), &reader(Audience::Shared));
        let mut change = self.settling.begin(message, here.id.get());
        if !self.respond(here, &to_discord::update(&without_button)).await {
            return;
        }
        change.responded();
        self.post(here, &self.show(shown, &reader(Audience::Everyone))).await;
        self.settle(here, change, &without_button).await;
    }

    async fn answer_message(&self, message: &Message, asked: Asked) {
        // Whoever asks in a message is answered in one, also that nothing was found.
        let since = Instant::now();
        let core = self.core();
        let answer = core.answer(&asked.request);
        let reply = present(core.knowledge(), &answer, &asked.reader);
        self.metrics.answered(&answer);
        let picture = self.draw(&reply).await;
        let mut sent = self.send_message(message, &reply, picture.as_ref()).await;
        // Where pictures are not allowed the words are.
        if picture.is_some() && matches!(sent, Err(RestError::Status { status: 403, .. })) {
            sent = self.send_message(message, &reply, None).await;
        }
        match sent {
            Ok(()) => self.metrics.took(since),
            Err(error) => {
                let channel = message.channel_id;
                warn!("a message in channel {channel} could not be answered: {error}; {}", error.remedy());
            }
        }
    }
}
