//! What happens at each message and interaction: translate, take the road, send. Each is answered once, whichever transport
//! it came by, and leads to one log line at most.

mod cached;
mod delivery;
mod press;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use serenity::all::{CommandInteraction, ComponentInteraction, Interaction, Message, UserId};
use tokio::spawn;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::super::road::{self, Arrived, Asked};
use super::super::storage::{MemoryOf, Store, Whose};
use super::limits::{
    Concurrency, INTERACTION_READ_WITHIN, MESSAGE_READ_WITHIN, Permit, RateLimit, Reading, RecentIds, Verdict,
};
use super::metrics::Metrics;
use super::rest::{Rest, RestError};
use super::translate::{from_discord, to_discord};
use super::transport::Transport;
use crate::domain::answer::Answer;
use crate::domain::core::Core;
use crate::domain::deciding::Signs;
use crate::domain::request::Request;
use crate::domain::situation::Audience;
use crate::presentation::codes::Codes;
use crate::presentation::custom_id::Asker;
use crate::presentation::{Controls, Reader, choices, limits, too_fast, wording};
use cached::Known;
use delivery::{Here, Response};
use press::Effect;
pub(super) use press::Press;

/// An interaction has to be answered within 3 s; this leaves some of it for the network.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);
/// How long sending a message is tried; later, nobody waits for it any more.
const MESSAGE_WITHIN: Duration = Duration::from_secs(60);

/// Answers messages and interactions.
pub(super) struct Answering {
    /// Loaded once for each answer, so that an answer is made of one knowledge even while another one comes in.
    known: ArcSwap<Known>,
    rest: Arc<Rest>,
    concurrency: Concurrency,
    rate_limit: RateLimit,
    reading: Reading,
    recent_ids: Mutex<RecentIds>,
    metrics: Arc<Metrics>,
    store: Arc<Store>,
    /// How long an answer waits for its picture.
    picture_within: Duration,
}

impl Answering {
    pub(super) fn new(core: Core, rest: Arc<Rest>, store: Arc<Store>, picture_within: Duration) -> Self {
        Self {
            known: ArcSwap::from_pointee(Known::new(core)),
            rest,
            concurrency: Concurrency::new(),
            rate_limit: RateLimit::new(),
            reading: Reading::new(),
            recent_ids: Mutex::default(),
            metrics: Arc::new(Metrics::new()),
            store,
            picture_within,
        }
    }

    /// Waits until all answers and what follows them have been sent, but no longer than `within`.
    pub(super) async fn drain(&self, within: Duration) {
        if timeout(within, self.concurrency.drained()).await.is_err() {
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
        self.known.store(Arc::new(Known::new(core)));
    }

    /// What an operator can watch.
    pub(super) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Opens what is kept, beside everything else, and logs if it cannot be used.
    pub(super) fn check_store(&self) {
        let store = Arc::clone(&self.store);
        spawn(async move { store.check().await });
    }

    /// What is kept between two messages.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The concurrency limits: an event gets a permit before it is answered.
    pub(super) fn concurrency(&self) -> &Concurrency {
        &self.concurrency
    }

    /// Answers an interaction by the transport that it came by. The permit is held until the answer is out.
    pub(super) async fn interaction(&self, interaction: &Interaction, transport: &Transport, permit: Permit) {
        if !self.is_new(interaction.id().get()) || !self.is_within_rate_limit(interaction, transport).await {
            return;
        }
        match interaction {
            Interaction::Command(command) => self.command(command, transport).await,
            Interaction::Autocomplete(typing) => self.complete(typing, transport).await,
            Interaction::Component(component) => self.press(component, transport, permit).await,
            Interaction::Modal(modal) => {
                let here = Here::new(modal.id, modal.application_id, &modal.token, transport);
                self.remark(&here, wording::UNKNOWN_BUTTON).await;
            }
            _ => {}
        }
    }

    /// Answers a message that is addressed to the bot, whose id is `me`.
    pub(super) async fn message(&self, message: &Message, me: UserId) {
        let Some((asked, whose)) = from_discord::message(message, me, self.core().key()) else { return };
        if !self.is_new(message.id.get()) {
            return;
        }
        let verdict = self.rate_limit.check(whose.person, Some(message.channel_id.get()));
        if verdict != Verdict::Answer {
            self.metrics.limited();
        }
        if verdict == Verdict::Ignore {
            return;
        }
        let _sending = self.concurrency.to_send().await;
        match verdict {
            Verdict::Answer => self.answer_message(message, asked, whose).await,
            Verdict::Warn | Verdict::Ignore => self.send_notice(message, &asked.reader).await,
        }
    }

    /// Whether an event comes for the first time: after a lost connection the gateway sends some events twice.
    fn is_new(&self, id: u64) -> bool {
        self.recent_ids.lock().unwrap_or_else(PoisonError::into_inner).is_new(id)
    }

    /// Whether the person is answered. If not, Discord still gets an answer, or it would say that the bot did not respond.
    async fn is_within_rate_limit(&self, interaction: &Interaction, transport: &Transport) -> bool {
        let (here, person) = match interaction {
            Interaction::Command(command) => (Here::of_command(command, transport), command.user.id),
            Interaction::Component(component) => (Here::of_component(component, transport), component.user.id),
            // What somebody types is not a question yet.
            _ => return true,
        };
        if self.rate_limit.check(person.get(), None) == Verdict::Answer {
            return true;
        }
        self.metrics.limited();
        self.remark(&here, wording::TOO_FAST).await;
        false
    }

    /// Says in a channel that is flooded with messages that they are not answered for a while.
    async fn send_notice(&self, message: &Message, reader: &Reader) {
        if let Err(error) = self.send_message(message, &too_fast(self.core().knowledge(), reader), None).await {
            warn!("a notice in channel {} could not be sent: {error}; {}", message.channel_id, error.remedy());
        }
    }

    async fn command(&self, interaction: &CommandInteraction, transport: &Transport) {
        let here = Here::of_command(interaction, transport);
        let Some(used) = from_discord::command(interaction, self.core().key()) else {
            return self.remark(&here, wording::UNKNOWN_COMMAND).await;
        };
        if used.command.is_for_managers() && !(used.by_manager && used.whose.server > 0) {
            let refusal = if used.whose.server > 0 { wording::NOT_A_MANAGER } else { wording::ONLY_IN_SERVERS };
            return self.remark(&here, refusal).await;
        }
        let known = self.known.load_full();
        let arrived = self.take_road(&known.core, used.asked, used.whose).await;
        if let Some(body) = known.cached_body(&arrived) {
            self.respond(&here, Response { body, picture: None, is_followed: false }).await;
            return;
        }
        self.send_new(&here, &arrived).await;
    }

    async fn complete(&self, interaction: &CommandInteraction, transport: &Transport) {
        let core = self.core();
        let topics = core.complete(&from_discord::typed(interaction), limits::CHOICES);
        let response = to_discord::choices(&choices(&topics));
        self.respond(&Here::of_command(interaction, transport), Response::of(&response, None)).await;
    }

    async fn press(&self, interaction: &ComponentInteraction, transport: &Transport, permit: Permit) {
        let here = Here::of_component(interaction, transport);
        let core = self.core();
        let press = from_discord::press(interaction, &Codes::of(core.knowledge()), core.key());
        let whose = from_discord::presser(interaction);
        let message_audience = press.audience;
        let ask = |request: Request, audience: Audience| Asked {
            request,
            reader: Reader { asker: Asker::signed(whose.person, core.key()), audience, ..Reader::default() },
            can_be_private: false,
        };
        match press.effect() {
            Effect::Replace(view) => {
                let asked = ask(Request::Show(view), message_audience);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_update(&here, &arrived).await;
            }
            Effect::ShowPrivately(view) => {
                let asked = ask(Request::Show(view), Audience::OnlyAsker);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_new(&here, &arrived).await;
            }
            Effect::Begin => {
                let arrived = self.take_road(&core, ask(Request::BeginTour, Audience::OnlyAsker), whose).await;
                self.send_new(&here, &arrived).await;
            }
            Effect::Share(view) => {
                let asked = ask(Request::Show(view), Audience::OnlyAsker);
                let arrived = self.take_road(&core, asked, whose).await;
                self.share(&here, permit, &arrived).await;
            }
            Effect::Delete => self.delete(&here, permit).await,
            Effect::RefuseToDelete => self.remark(&here, wording::NOT_YOURS).await,
            Effect::Unknown => self.remark(&here, wording::UNKNOWN_BUTTON).await,
            Effect::Older => self.remark(&here, wording::OLD_BUTTON).await,
        }
    }

    async fn take_road<'k>(&self, core: &'k Arc<Core>, asked: Asked, whose: Whose) -> Arrived<'k> {
        self.take_road_within(INTERACTION_READ_WITHIN, core, asked, whose).await
    }

    /// Takes the road with a text that waits at most `read_within` to be read as a sentence.
    async fn take_road_within<'k>(
        &self,
        read_within: Duration,
        core: &'k Arc<Core>,
        asked: Asked,
        whose: Whose,
    ) -> Arrived<'k> {
        let memory = MemoryOf { store: Arc::clone(&self.store), whose };
        let (understood, signs) = self.reading.understand(core, &asked.request, read_within).await;
        if signs == Signs::Words {
            self.metrics.sentence_left_out();
        }
        let arrived = road::take_understood(core, &memory, understood, asked).await;
        self.metrics.answered(arrived.answer());
        arrived
    }

    async fn remark(&self, here: &Here<'_>, text: &str) {
        self.respond(here, Response::of(&to_discord::remark(text), None)).await;
    }

    /// Answers in a message of its own.
    async fn send_new(&self, here: &Here<'_>, arrived: &Arrived<'_>) {
        let reply = arrived.reply();
        let picture = self.draw(&reply).await;
        let response = to_discord::answer(&reply, arrived.is_private(), picture.as_ref());
        self.respond(here, Response::of(&response, picture.as_ref())).await;
    }

    /// Answers in the message whose button was pressed.
    async fn send_update(&self, here: &Here<'_>, arrived: &Arrived<'_>) {
        let reply = arrived.reply();
        let picture = self.draw(&reply).await;
        let response = to_discord::update(&reply, picture.as_ref());
        self.respond(here, Response::of(&response, picture.as_ref())).await;
    }

    /// Posts a private answer for everyone. The button goes first, so that pressing it twice posts once.
    async fn share(&self, here: &Here<'_>, permit: Permit, arrived: &Arrived<'_>) {
        if matches!(arrived.answer(), Answer::NotFound) {
            return self.send_update(here, arrived).await;
        }
        let without_button = arrived.reply_for(Audience::OnlyAsker, Controls::Shared);
        let public = arrived.reply_for(Audience::Everyone, Controls::Full);
        let picture = self.draw(&public).await;
        let update = to_discord::update(&without_button, picture.as_ref());
        let response = Response { is_followed: true, ..Response::of(&update, picture.as_ref()) };
        if self.respond(here, response).await {
            self.post(here, permit, &public, picture.as_ref()).await;
        }
    }

    async fn answer_message(&self, message: &Message, asked: Asked, whose: Whose) {
        // Somebody who asks in a message is answered in one, also that nothing was found.
        let since = Instant::now();
        let core = self.core();
        let arrived = self.take_road_within(MESSAGE_READ_WITHIN, &core, asked, whose).await;
        let reply = arrived.reply();
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
