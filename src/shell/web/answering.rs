//! What happens when something is asked or pressed in the page: the same road as everywhere, for the only person there is.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tracing::warn;

use super::fields::{Fields, path};
use super::limits::{READ_WITHIN, RateLimit};
use super::turn::{Effect, Turn};
use crate::domain::answer::Answer;
use crate::domain::core::Core;
use crate::domain::request::{Request, TourPosition, View};
use crate::domain::situation::Audience;
use crate::presentation::codes::Codes;
use crate::presentation::custom_id::{Action, Unreadable, answered, chosen, verbs, view_from_text, view_to_text};
use crate::presentation::html::{self, Frame, YES, fields};
use crate::presentation::reply::Reply;
use crate::presentation::typed::{Typed, typed};
use crate::presentation::{Controls, Reader, limits, too_fast, wording};
use crate::shell::own_memory::OwnMemory;
use crate::shell::press::{Chosen, Effect as Pressed, Press};
use crate::shell::road::{self, Arrived, Asked};
use crate::shell::server::Reading;
use crate::shell::{chance, picture};

/// The id of the only person there is.
const PERSON: u64 = 0;

/// Answers what a page asks.
pub(super) struct Answering {
    core: Arc<Core>,
    reading: Reading,
    pub(super) rate_limit: RateLimit,
    /// Pictures that are drawn at the same time.
    drawing: Semaphore,
    /// Whether only this machine is answered.
    pub(super) is_own: bool,
}

/// How a reply is reached again.
struct Reached<'r> {
    address: Option<&'r str>,
    /// Where the person is in a tour, as the state of a view; blank for nowhere.
    tour: &'r str,
}

impl Answering {
    pub(super) fn new(core: Core, is_own: bool) -> Self {
        Self {
            core: Arc::new(core),
            reading: Reading::new(),
            rate_limit: RateLimit::new(),
            drawing: Semaphore::new(available_parallelism().map_or(1, NonZeroUsize::get)),
            is_own,
        }
    }

    /// What is known.
    pub(super) fn core(&self) -> &Core {
        &self.core
    }

    /// What becomes of a request. What is used goes before what is typed, and that before what is to be shown; without any of them
    /// the page begins with the help.
    pub(super) async fn turn(&self, asked: &Fields) -> Turn {
        if asked.press.is_some() || !asked.chosen.is_empty() {
            return self.pressed(asked).await;
        }
        if !asked.text.trim().is_empty() {
            return self.typed(asked).await;
        }
        let shown = asked.view.as_deref().or(Some(&*asked.about).filter(|about| !about.is_empty()));
        match shown.map(|state| self.view(state)) {
            Some(Ok(view)) => self.show(view, Audience::Everyone, Effect::Add, asked).await,
            Some(Err(unreadable)) => remark(unreadable.into(), asked),
            None => self.show(View::Help, Audience::Everyone, Effect::Add, asked).await,
        }
    }

    /// The notice to an address that asks too often.
    pub(super) fn too_fast(&self, asked: &Fields) -> Turn {
        let reader = Reader { audience: Audience::OnlyAsker, controls: Controls::Shared, ..Reader::default() };
        self.one(&too_fast(self.core.knowledge(), &reader), Effect::Add, asked)
    }

    /// The picture of what a view shows, as PNG; nothing if there is none.
    pub(super) async fn picture(&self, state: &str) -> Option<Vec<u8>> {
        let view = self.view(state).ok()?;
        let arrived = self.take_road(&OwnMemory::default(), Request::Show(view), Reader::default()).await;
        let chart = arrived.reply().chart?;
        let _permit = self.drawing.acquire().await.ok()?;
        match spawn_blocking(move || picture::png(&chart)).await.ok()? {
            Ok(png) => Some(png),
            Err(error) => {
                warn!("{error}; {}", error.remedy());
                None
            }
        }
    }

    async fn typed(&self, asked: &Fields) -> Turn {
        let question = html::question(&asked.text);
        let mut turn = self.answered(asked).await;
        turn.messages.insert(0, question);
        turn
    }

    async fn answered(&self, asked: &Fields) -> Turn {
        if !limits::fits(&asked.text, limits::OPTION_TEXT.into()) {
            return said(wording::page::TOO_LONG, asked);
        }
        // A command's answer can be private; a message is answered in the channel.
        let (request, command, text) = match typed(&asked.text) {
            Typed::UnknownCommand => return said(wording::NO_SUCH_COMMAND, asked),
            Typed::Command(command, text) => (command.request(text, chance::number()), Some(command), text),
            Typed::Text(text) => match self.view(&asked.about) {
                Ok(earlier) => (Request::Follow(text.to_owned(), earlier), None, text),
                Err(_) => (Request::Ask(text.to_owned()), None, text),
            },
        };
        let is_private = command.is_some_and(|command| command.is_private());
        let audience = if is_private || asked.only_me { Audience::OnlyAsker } else { Audience::Everyone };
        // The reader sees a message anyway.
        let question = command.filter(|_| !text.is_empty()).map(|_| text.to_owned());
        let reader = Reader { audience, question, ..Reader::default() };
        let memory = self.memory(asked);
        let arrived = self.take_road_for(&memory, request, reader, command.is_some()).await;
        let only_me = if asked.only_me { YES } else { "" };
        let own = [(fields::TEXT, &*asked.text), (fields::ABOUT, &asked.about), (fields::ONLY_ME, only_me)];
        self.shown(&arrived, Effect::Add, Some(&path("/", &own)), memory)
    }

    async fn pressed(&self, asked: &Fields) -> Turn {
        let audience = if asked.is_private { Audience::OnlyAsker } else { Audience::Everyone };
        match self.press(asked, audience).effect() {
            Pressed::Replace(view) => self.show(view, audience, Effect::Replace, asked).await,
            Pressed::ShowPrivately(view) => self.show(view, Audience::OnlyAsker, Effect::Add, asked).await,
            Pressed::Begin => {
                let memory = self.memory(asked);
                let reader = Reader { audience: Audience::OnlyAsker, ..Reader::default() };
                let arrived = self.take_road(&memory, Request::BeginTour, reader).await;
                self.shown(&arrived, Effect::Add, None, memory)
            }
            Pressed::Share(view) => self.share(view, asked).await,
            Pressed::Answer(Request::Report(_)) => said(wording::page::REPORTS_NOTHING, asked),
            // What a team keeps, it keeps in its server.
            Pressed::Answer(_) | Pressed::Change(_) | Pressed::TakeOver | Pressed::LookAt(_) => {
                said(wording::ONLY_IN_SERVERS, asked)
            }
            Pressed::Delete => {
                let mut turn = said(wording::page::DELETED, asked);
                turn.effect = Effect::Delete;
                turn
            }
            refused @ (Pressed::RefuseToDelete | Pressed::Unknown | Pressed::Older) => remark(refused, asked),
        }
    }

    fn press(&self, asked: &Fields, audience: Audience) -> Press {
        let codes = Codes::of(self.core.knowledge());
        let state = asked.press.as_deref().ok_or(Unreadable::Unknown);
        Press {
            action: state.and_then(|state| Action::from_custom_id(state, &codes)),
            asker: Some(PERSON),
            chosen: chosen(asked.chosen.iter().map(String::as_str), &codes).map(|view| view.map(Chosen::View)),
            by: PERSON,
            may_manage_messages: true,
            typed: None,
            audience,
        }
    }

    /// A private answer for everyone: a second message, without the button in the first.
    async fn share(&self, view: View, asked: &Fields) -> Turn {
        let memory = self.memory(asked);
        let address = path("/", &[(fields::VIEW, &self.state(&view))]);
        let reader = Reader { audience: Audience::OnlyAsker, ..Reader::default() };
        let arrived = self.take_road(&memory, Request::Show(view), reader).await;
        if matches!(arrived.answer(), Answer::NotFound) {
            return self.shown(&arrived, Effect::Replace, Some(&address), memory);
        }
        let tour = self.tour(memory);
        let reached = Reached { address: Some(&address), tour: &tour };
        let without_button = self.message(&arrived.reply_for(Audience::OnlyAsker, Controls::Shared), true, &reached);
        let public = arrived.reply_for(Audience::Everyone, Controls::Full);
        let (public, title, about) =
            (self.message(&public, false, &reached), public.embed.title.clone(), self.about(&public));
        Turn { effect: Effect::Replace, messages: vec![without_button, public], tour, title, about }
    }

    async fn show(&self, view: View, audience: Audience, effect: Effect, asked: &Fields) -> Turn {
        let memory = self.memory(asked);
        let address = path("/", &[(fields::VIEW, &self.state(&view))]);
        let reader = Reader { audience, ..Reader::default() };
        let arrived = self.take_road(&memory, Request::Show(view), reader).await;
        self.shown(&arrived, effect, Some(&address), memory)
    }

    async fn take_road<'k>(&'k self, memory: &OwnMemory, request: Request, reader: Reader) -> Arrived<'k> {
        self.take_road_for(memory, request, reader, false).await
    }

    async fn take_road_for<'k>(
        &'k self,
        memory: &OwnMemory,
        request: Request,
        reader: Reader,
        can_be_private: bool,
    ) -> Arrived<'k> {
        let (understood, _) = self.reading.understand(&self.core, &request, READ_WITHIN).await;
        road::take_understood(&self.core, memory, understood, Asked { can_be_private, ..Asked::alone(request, reader) })
            .await
    }

    fn shown(&self, arrived: &Arrived<'_>, effect: Effect, address: Option<&str>, memory: OwnMemory) -> Turn {
        let (reply, tour) = (arrived.reply(), self.tour(memory));
        let message = self.message(&reply, arrived.is_private(), &Reached { address, tour: &tour });
        Turn { effect, messages: vec![message], tour, about: self.about(&reply), title: reply.embed.title }
    }

    /// A reply that is no answer, and that only the asker sees.
    fn one(&self, reply: &Reply, effect: Effect, asked: &Fields) -> Turn {
        let message = self.message(reply, true, &Reached { address: None, tour: &asked.tour });
        let (tour, title) = (asked.tour.clone(), reply.embed.title.clone());
        Turn { effect, messages: vec![message], tour, title, about: None }
    }

    fn message(&self, reply: &Reply, is_private: bool, reached: &Reached<'_>) -> maud::Markup {
        let about = self.about(reply);
        let follow_address = about.as_deref().map(|state| path("/", &[(fields::ABOUT, state)]));
        let has_picture = cfg!(feature = "picture") && reply.chart.is_some();
        let picture = about.as_deref().filter(|_| has_picture);
        let picture = picture.map(|state| path("/picture", &[(fields::VIEW, state)]));
        html::message(
            reply,
            &Frame {
                is_private,
                address: reached.address,
                followed: about.as_deref(),
                follow_address: follow_address.as_deref(),
                picture: picture.as_deref(),
                tour: Some(reached.tour).filter(|tour| !tour.is_empty()),
            },
        )
    }

    /// The state of what a reply is about, found as in Discord: by its buttons.
    fn about(&self, reply: &Reply) -> Option<String> {
        answered(&verbs(&reply.rows)).map(|view| self.state(&view))
    }

    fn state(&self, view: &View) -> String {
        view_to_text(view, &Codes::of(self.core.knowledge()))
    }

    fn view(&self, state: &str) -> Result<View, Unreadable> {
        view_from_text(state, &Codes::of(self.core.knowledge()))
    }

    /// What the page remembers of a tour.
    fn memory(&self, asked: &Fields) -> OwnMemory {
        OwnMemory::of(match self.view(&asked.tour) {
            Ok(View::Tour(position)) => Some(position),
            _ => None,
        })
    }

    fn tour(&self, memory: OwnMemory) -> String {
        memory.into_position().map(|position: TourPosition| self.state(&View::Tour(position))).unwrap_or_default()
    }
}

/// A sentence in the place of an answer.
fn said(text: &str, asked: &Fields) -> Turn {
    let (tour, title) = (asked.tour.clone(), text.to_owned());
    Turn { effect: Effect::Add, messages: vec![html::remark(text)], tour, title, about: None }
}

/// Why nothing followed.
fn remark(refused: Pressed, asked: &Fields) -> Turn {
    let text = match refused {
        Pressed::Older => wording::OLD_BUTTON,
        Pressed::RefuseToDelete => wording::NOT_YOURS,
        _ => wording::UNKNOWN_BUTTON,
    };
    said(text, asked)
}
