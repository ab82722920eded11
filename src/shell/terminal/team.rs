//! What a team keeps in a database of this machine, as far as the chat uses it.

use crate::domain::core::Core;
use crate::shell::Failure;
use crate::shell::config::Settings;
use crate::shell::own_memory::OwnMemory;
use crate::shell::road::{self, Arrived, Asked};
#[cfg(feature = "discord")]
use crate::shell::storage::Local;

/// The team's database, once it is opened.
#[derive(Debug)]
pub(super) struct Teamwork {
    /// Its address, if one is set.
    address: Option<String>,
    /// The server whose team it is, if one is set.
    server: Option<u64>,
    opened: Option<Local>,
}

impl Teamwork {
    /// The database of the settings, which is not opened yet.
    pub(super) fn new(settings: &Settings) -> Self {
        let (address, server) = (settings.discord.database.clone(), settings.discord.guild);
        Self { address, server, opened: None }
    }

    /// Opens the database if there is one: it is not made for a question.
    ///
    /// # Errors
    /// It cannot be used, or it is not clear which server is meant.
    pub(super) fn open_existing(&mut self) -> Result<(), Failure> {
        if Local::is_there(self.address.as_deref()) { self.open() } else { Ok(()) }
    }

    /// Opens the database, which is made if need be.
    ///
    /// # Errors
    /// It cannot be used, or it is not clear which server is meant.
    pub(super) fn open(&mut self) -> Result<(), Failure> {
        if self.opened.is_none() {
            self.opened = Some(Local::open(self.address.clone(), self.server)?);
        }
        Ok(())
    }

    /// The id of the team's server; 0 before it is known.
    pub(super) fn server(&self) -> u64 {
        self.opened.as_ref().map_or(0, Local::server)
    }

    /// Takes the road of a request, with what the team keeps as far as it is opened.
    pub(super) fn take_road<'k>(&self, core: &'k Core, own: &OwnMemory, asked: Asked) -> Arrived<'k> {
        match &self.opened {
            Some(local) => local.take_road(core, own, asked),
            None => pollster::block_on(road::take(core, own, asked)),
        }
    }
}

/// A program without Discord keeps nothing.
#[cfg(not(feature = "discord"))]
#[derive(Debug)]
enum Local {}

#[cfg(not(feature = "discord"))]
impl Local {
    fn is_there(_: Option<&str>) -> bool {
        false
    }

    fn open(_: Option<String>, _: Option<u64>) -> Result<Self, Failure> {
        Err(crate::shell::without_discord())
    }

    fn server(&self) -> u64 {
        match *self {}
    }

    fn take_road<'k>(&self, _: &'k Core, _: &OwnMemory, _: Asked) -> Arrived<'k> {
        match *self {}
    }
}
