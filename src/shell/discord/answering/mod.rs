//! What happens at each message and interaction: translate, take the road, send. Each is answered once, whichever transport
//! it came by, and leads to one log line at most.

mod cached;
mod delivery;
mod forms;
mod messages;
mod pictures;
mod threads;
mod voting;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use serenity::all::{MessageId, UserId};
use tokio::spawn;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::super::press::Effect;
use super::super::road::{self, Arrived, Asked};
use super::super::server::Reading;
use super::super::storage::{MemoryOf, Store, Whose};
use super::limits::{Concurrency, Deadlines, Permit, RateLimit, Recent, Verdict, warn_seldom};
use super::metrics::Metrics;
use super::rest::Rest;
use super::translate::from_discord::{self, Used};
use super::translate::received::{Attachment, Interaction, Kind, Message};
use super::translate::to_discord::{self, Response};
use super::transport::Transport;
use crate::domain::answer::Answer;
use crate::domain::backup::TeamFile;
use crate::domain::core::Core;
use crate::domain::deciding::Signs;
use crate::domain::request::{Request, TeamRequest, View};
use crate::domain::situation::Audience;
use crate::presentation::codes::Codes;
use crate::presentation::custom_id::{Asker, Unreadable};
use crate::presentation::{Controls, Reader, backup, choices, limits, wording};
use cached::Known;
use delivery::{Here, Sent};
use forms::Permission;
use threads::Threads;

/// Events are remembered for longer than a signed request can be sent again: it may be five minutes ahead, and five late.
const REMEMBERED_FOR: Duration = Duration::from_secs(11 * 60);
/// Events that are remembered, of 26 bytes each at the most (6.7 MiB in all); that is more than comes in that time.
const REMEMBERED: usize = 262_144;
/// Answers that were shared, and channels with a missing permission, that are remembered.
const REMEMBERED_OTHERS: usize = 4_096;
/// A button lives as long as the token of its interaction could.
const SHARED_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// What is noted of an event in the storage, so that no other process does it again.
const SHARED: &str = "share";
/// A permission that is still missing is logged again after so long.
const LACKING_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Answers messages and interactions.
pub(super) struct Answering {
    /// Loaded once for each answer, so that an answer is made of one knowledge even while another one comes in.
    known: ArcSwap<Known>,
    rest: Arc<Rest>,
    concurrency: Concurrency,
    deadlines: Deadlines,
    rate_limit: RateLimit,
    reading: Reading,
    recent_ids: Mutex<Recent<u64>>,
    /// The buttons by which an answer was shared: the message they stand under, and their state.
    shared: Mutex<Recent<(MessageId, String)>>,
    /// The permissions that are known to be missing in a channel.
    lacking: Mutex<Recent<(u64, Permission)>>,
    threads: Threads,
    metrics: Arc<Metrics>,
    store: Arc<Store>,
    /// How long an answer waits for its picture.
    picture_within: Duration,
}

impl Answering {
    pub(super) fn new(
        core: Core,
        rest: Arc<Rest>,
        store: Arc<Store>,
        deadlines: Deadlines,
        picture_within: Duration,
    ) -> Self {
        Self {
            known: ArcSwap::from_pointee(Known::new(core)),
            rest,
            concurrency: Concurrency::new(),
            deadlines,
            rate_limit: RateLimit::new(),
            reading: Reading::new(),
            recent_ids: Mutex::new(Recent::new(REMEMBERED, REMEMBERED_FOR)),
            shared: Mutex::new(Recent::new(REMEMBERED_OTHERS, SHARED_FOR)),
            lacking: Mutex::new(Recent::new(REMEMBERED_OTHERS, LACKING_FOR)),
            threads: Threads::default(),
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

    /// Opens what is kept, beside everything else, logs if it cannot be used, and keeps its tables within their bounds.
    pub(super) fn check_store(self: &Arc<Self>) {
        let store = Arc::clone(&self.store);
        spawn(async move {
            store.check().await;
            store.keep_bounds().await;
        });
        let store = Arc::clone(&self.store);
        spawn(async move { store.keep_counts().await });
        let answering = Arc::clone(self);
        spawn(async move { answering.watch_polls().await });
    }

    /// What is kept between two messages.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The concurrency limits: an event gets a permit before it is answered.
    pub(super) fn concurrency(&self) -> &Concurrency {
        &self.concurrency
    }

    /// How long things may take.
    pub(super) fn deadlines(&self) -> Deadlines {
        self.deadlines
    }

    /// Answers an interaction that came in at `since`, by the transport that it came by. The permit is held until the answer is
    /// out.
    pub(super) async fn interaction(
        &self,
        interaction: &Interaction,
        transport: &Transport,
        permit: Permit,
        since: Instant,
    ) {
        let here = Here::of(interaction, transport, since);
        let Some(by) = interaction.by() else { return };
        if !self.is_new(interaction.id.get()) {
            self.metrics.dropped("interaction", "repeated");
            return;
        }
        if !self.is_within_rate_limit(&here, interaction.kind, by).await {
            return;
        }
        match interaction.kind {
            Kind::Command => self.command(&here, interaction, by).await,
            Kind::Autocomplete => self.complete(&here, interaction).await,
            // These have much to keep while they wait, for which the others need not have space.
            Kind::Component => Box::pin(self.press(&here, interaction, by, permit)).await,
            Kind::Modal => Box::pin(self.filled(&here, interaction, by)).await,
            Kind::Ping => {}
        }
    }

    /// Whether an event comes for the first time: after a lost connection the gateway sends some events twice, and
    /// somebody who has a signed request could send it again.
    fn is_new(&self, id: u64) -> bool {
        self.recent_ids.lock().unwrap_or_else(PoisonError::into_inner).is_new(id)
    }

    /// Whether a permission is not yet known to be missing in a channel.
    fn is_first_lack(&self, channel: u64, permission: Permission) -> bool {
        self.lacking.lock().unwrap_or_else(PoisonError::into_inner).is_new((channel, permission))
    }

    /// Whether the person is answered. If not, Discord still gets an answer, or it would say that the bot did not respond.
    async fn is_within_rate_limit(&self, here: &Here<'_>, kind: Kind, by: UserId) -> bool {
        // What somebody types is not a question yet.
        let is_counted = matches!(kind, Kind::Command | Kind::Component | Kind::Modal);
        if !is_counted || self.rate_limit.check(by.get(), None) == Verdict::Answer {
            return true;
        }
        self.metrics.limited();
        self.remark(here, wording::TOO_FAST).await;
        false
    }

    async fn command(&self, here: &Here<'_>, interaction: &Interaction, by: UserId) {
        let Some(used) = from_discord::command(interaction, by, self.core().key()) else {
            return self.remark(here, wording::UNKNOWN_COMMAND).await;
        };
        if let Some(refusal) = refusal(&used) {
            return self.remark(here, refusal).await;
        }
        let known = self.known.load_full();
        let used = self.with_file(used, &known.core).await;
        let arrived = self.take_road(&known.core, used.asked, used.whose).await;
        match known.cached_body(&arrived) {
            Some(Ok(body)) => {
                let response = Response::Cached { reply: &|| arrived.reply(), is_private: arrived.is_private() };
                self.respond(here, Sent { body: Some(body), ..Sent::alone(response, None) }).await;
            }
            Some(Err(_)) | None => self.send_or_vote(here, &arrived, used.whose).await,
        }
    }

    /// The same with what its file says, if a file was sent with it.
    async fn with_file(&self, mut used: Used, core: &Core) -> Used {
        let Some((file, is_taken)) = used.file.take() else { return used };
        if !used.asked.member.as_ref().is_some_and(|member| member.manages) {
            return used;
        }
        let read = self.read_team_file(&file, used.whose.server, core).await;
        let request = if is_taken { TeamRequest::Import(read) } else { TeamRequest::Examine(read) };
        Used { asked: Asked { request: Request::Team(request), ..used.asked }, ..used }
    }

    /// What a file says that a team keeps, or what is wrong with it.
    async fn read_team_file(&self, file: &Attachment, server: u64, core: &Core) -> Result<Box<TeamFile>, Vec<String>> {
        match self.rest.fetch_file(file).await {
            Ok(text) => backup::read_file(&text, server, core.knowledge()).map(Box::new),
            Err(error) => {
                warn_seldom("file", || {
                    format!("a file that was sent could not be fetched: {error}; {}", error.remedy())
                });
                Err(vec![wording::NO_FILE.to_owned()])
            }
        }
    }

    /// The file of the message whose button was pressed, to be kept. It is read and checked again; only those who manage the server
    /// may have it read.
    async fn taken_over(&self, interaction: &Interaction, server: u64, core: &Core) -> TeamRequest {
        let manages = from_discord::member(interaction).is_some_and(|member| member.manages);
        TeamRequest::Import(match interaction.message().and_then(Message::file).filter(|_| manages) {
            Some(file) => self.read_team_file(&file, server, core).await,
            None => Err(vec![wording::NO_FILE.to_owned()]),
        })
    }

    async fn complete(&self, here: &Here<'_>, interaction: &Interaction) {
        let core = self.core();
        let typed = from_discord::typed(interaction);
        let topics = core.complete(&typed, limits::CHOICES);
        let tools = core.complete_tools(&typed, limits::CHOICES);
        self.respond(here, Sent::alone(Response::Choices(&choices(&topics, &tools)), None)).await;
    }

    async fn press(&self, here: &Here<'_>, interaction: &Interaction, by: UserId, permit: Permit) {
        let core = self.core();
        let press = from_discord::press(interaction, by, &Codes::of(core.knowledge()), core.key());
        let whose = from_discord::whose(interaction, by, core.key());
        let message_audience = press.audience;
        let ask = |request: Request, audience: Audience| {
            let reader = Reader { asker: Asker::signed(whose.person, core.key()), audience, ..Reader::default() };
            Asked { member: from_discord::member(interaction), ..Asked::alone(request, reader) }
        };
        match press.effect() {
            Effect::Replace(view) => {
                let asked = ask(Request::Show(view), message_audience);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_update(here, &arrived).await;
            }
            Effect::ShowPrivately(view) => {
                let asked = ask(Request::Show(view), Audience::OnlyAsker);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_new(here, &arrived).await;
            }
            Effect::Answer(request) => {
                let arrived = self.take_road(&core, ask(request, Audience::OnlyAsker), whose).await;
                self.send_new(here, &arrived).await;
            }
            Effect::Change(request) => {
                let asked = ask(Request::Team(request), message_audience);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_update(here, &arrived).await;
            }
            Effect::Begin => {
                let arrived = self.take_road(&core, ask(Request::BeginTour, Audience::OnlyAsker), whose).await;
                self.send_new(here, &arrived).await;
            }
            Effect::Share(view) => {
                let asked = ask(Request::Show(view), Audience::OnlyAsker);
                let arrived = self.take_road(&core, asked, whose).await;
                self.share(here, interaction.button(), whose.event, permit, &arrived).await;
            }
            Effect::TakeOver => {
                let request = self.taken_over(interaction, whose.server, &core).await;
                let arrived = self.take_road(&core, ask(Request::Team(request), message_audience), whose).await;
                self.send_update(here, &arrived).await;
            }
            Effect::LookAt(number) => {
                let asked = ask(Request::Show(View::Decision(number)), Audience::OnlyAsker);
                let arrived = self.take_road(&core, asked, whose).await;
                self.send_new(here, &arrived).await;
                drop(permit);
                self.look_at_poll(whose.server, number, interaction.message()).await;
            }
            Effect::Delete => self.delete(here, permit).await,
            Effect::RefuseToDelete => self.remark(here, wording::NOT_YOURS).await,
            Effect::Unknown => self.remark(here, wording::UNKNOWN_BUTTON).await,
            Effect::Older => self.remark(here, wording::OLD_BUTTON).await,
        }
    }

    /// Does something with what was filled into a form.
    async fn filled(&self, here: &Here<'_>, interaction: &Interaction, by: UserId) {
        let core = self.core();
        let request = match from_discord::filled(interaction, &Codes::of(core.knowledge())) {
            Ok(request) => request,
            Err(Unreadable::Unknown) => return self.remark(here, wording::UNKNOWN_BUTTON).await,
            Err(Unreadable::Older) => return self.remark(here, wording::OLD_BUTTON).await,
        };
        let whose = from_discord::whose(interaction, by, core.key());
        let asker = Asker::signed(whose.person, core.key());
        let reader = Reader { asker, audience: Audience::OnlyAsker, ..Reader::default() };
        let member = from_discord::member(interaction);
        let may_post_polls = from_discord::may_post_polls(interaction);
        let asked = Asked { member, may_post_polls, ..Asked::alone(request, reader) };
        let arrived = self.take_road(&core, asked, whose).await;
        self.send_or_vote(here, &arrived, whose).await;
    }

    async fn take_road<'k>(&self, core: &'k Arc<Core>, asked: Asked, whose: Whose) -> Arrived<'k> {
        self.take_road_within(self.deadlines.read_within(), core, asked, whose).await
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
        self.respond(here, Sent::alone(Response::Remark(text), None)).await;
    }

    /// Answers in a message of its own, or with a form, or by putting something to the vote.
    async fn send_or_vote(&self, here: &Here<'_>, arrived: &Arrived<'_>, whose: Whose) {
        match arrived.poll() {
            Some(poll) => self.send_vote(here, arrived, &poll, whose).await,
            None => self.send_new(here, arrived).await,
        }
    }

    /// Answers in a message of its own, or with a form.
    async fn send_new(&self, here: &Here<'_>, arrived: &Arrived<'_>) {
        if let Some(form) = arrived.form() {
            self.respond(here, Sent::alone(Response::Form(&form), None)).await;
            return;
        }
        let reply = arrived.reply();
        let picture = match &reply.file {
            Some(file) => Some(to_discord::file(file)),
            None => self.draw(&reply, self.deadlines.left_for_picture(here.since)).await,
        };
        let response = Response::New { reply: &reply, is_private: arrived.is_private() };
        self.respond(here, Sent::alone(response, picture.as_ref())).await;
    }

    /// Answers in the message whose button was pressed.
    async fn send_update(&self, here: &Here<'_>, arrived: &Arrived<'_>) {
        let reply = arrived.reply();
        let picture = self.draw(&reply, self.deadlines.left_for_picture(here.since)).await;
        self.respond(here, Sent::alone(Response::Update(&reply), picture.as_ref())).await;
    }

    /// Posts a private answer for everyone. The button goes first, so that pressing it twice posts once; it comes back where
    /// nothing was posted for the moment.
    async fn share(
        &self,
        here: &Here<'_>,
        button: Option<(MessageId, String)>,
        event: u64,
        permit: Permit,
        arrived: &Arrived<'_>,
    ) {
        if matches!(arrived.answer(), Answer::NotFound) {
            return self.send_update(here, arrived).await;
        }
        let Some(button) = button else { return self.remark(here, wording::UNKNOWN_BUTTON).await };
        if arrived.reader().controls == Controls::Confined {
            return self.remark(here, wording::NOT_SHARED_HERE).await;
        }
        let Some(follow_up) = self.concurrency.for_follow_up_now() else {
            self.metrics.dropped("follow_up", "no_permit");
            return self.remark(here, wording::CANNOT_SHARE_NOW).await;
        };
        let private = arrived.reply_for(Audience::OnlyAsker, Controls::Full);
        let without_button = arrived.reply_for(Audience::OnlyAsker, Controls::Shared);
        let public = arrived.reply_for(Audience::Everyone, Controls::Full);
        let shared = || self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = shared().is_new(button.clone());
        let response = Response::Controls(&without_button);
        if !self.respond(here, Sent::followed(response)).await {
            if is_first {
                shared().forget(&button);
            }
            return;
        }
        // No answer waits for what follows others.
        drop(permit);
        // Another process may have posted it. Where that cannot be known, it is posted.
        if !is_first || self.store.claim(event, SHARED).await == Some(false) {
            return;
        }
        let picture = self.draw(&public, self.picture_within).await;
        if let Err(error) = self.post(here, &public, picture.as_ref(), follow_up).await {
            // Before the button is there again.
            if error.is_temporary() {
                shared().forget(&button);
                self.store.unclaim(event, SHARED).await;
            }
            self.not_posted(here, &private, &error).await;
        }
    }
}

/// Why a person may not use a command that is for those who manage the server.
fn refusal(used: &Used) -> Option<&'static str> {
    match &used.asked.member {
        _ if !used.command.is_for_managers() => None,
        None => Some(wording::ONLY_IN_SERVERS),
        Some(member) => (!member.manages).then_some(wording::NOT_A_MANAGER),
    }
}
