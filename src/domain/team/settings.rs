//! How the bot behaves in a server, and who may change what is kept there.

use std::collections::BTreeSet;

use super::bounds::CHANNELS;

/// How the bot behaves in a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether only the asker sees an answer where nothing else was chosen.
    pub is_private: bool,
    /// The ids of the channels in which everyone may see an answer; all channels where none is chosen.
    pub channels: BTreeSet<u64>,
    /// Who may write notes, beside those who manage the server.
    pub writers: Writers,
    /// Whether questions that got no answer are kept.
    pub keeps_unanswered: bool,
}

/// Who may write notes and record decisions, beside those who manage the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Writers {
    /// Nobody else.
    #[default]
    Managers,
    /// Those who have the role of an id.
    Role(u64),
}

/// One setting that is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// [`Settings::is_private`].
    Private(bool),
    /// [`Settings::channels`].
    Channels(BTreeSet<u64>),
    /// [`Settings::writers`].
    Writers(Writers),
    /// [`Settings::keeps_unanswered`].
    KeepsUnanswered(bool),
}

/// A person who asks in a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// The id of the server.
    pub server: u64,
    /// Whether the person may manage the server.
    pub manages: bool,
    /// The ids of the person's roles.
    pub roles: Vec<u64>,
    /// The ids of the channel in which the person asks, and of the one that it is a thread of.
    pub channels: Vec<u64>,
}

impl Settings {
    /// The same with one of them changed.
    pub fn with(&self, change: &Change) -> Self {
        let mut settings = self.clone();
        match change {
            Change::Private(is_private) => settings.is_private = *is_private,
            Change::Channels(channels) => settings.channels = channels.iter().copied().take(CHANNELS).collect(),
            Change::Writers(writers) => settings.writers = *writers,
            Change::KeepsUnanswered(keeps) => settings.keeps_unanswered = *keeps,
        }
        settings
    }

    /// Whether a person may write notes.
    pub fn lets_write(&self, member: &Member) -> bool {
        let has_role = match self.writers {
            Writers::Managers => false,
            // The role of everyone has the id of the server, and is not in anybody's list.
            Writers::Role(role) => role == member.server || member.roles.contains(&role),
        };
        member.manages || has_role
    }

    /// Whether everyone may see an answer where a person asks.
    pub fn is_public_in(&self, channels: &[u64]) -> bool {
        self.channels.is_empty() || channels.iter().any(|channel| self.channels.contains(channel))
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Member, Settings, Writers};

    fn member(manages: bool, roles: &[u64]) -> Member {
        Member { server: 1, manages, roles: roles.to_vec(), channels: vec![5] }
    }

    #[test]
    fn managers_always_write_and_others_by_the_one_role() {
        let check = |writers, member: &Member| Settings { writers, ..Settings::default() }.lets_write(member);
        assert!(check(Writers::Managers, &member(true, &[])));
        assert!(!check(Writers::Managers, &member(false, &[7, 1])));
        assert!(check(Writers::Role(7), &member(true, &[])));
        assert!(check(Writers::Role(7), &member(false, &[6, 7])));
        assert!(!check(Writers::Role(7), &member(false, &[6])));
        assert!(check(Writers::Role(1), &member(false, &[])), "the role of everyone");
    }

    #[test]
    fn without_chosen_channels_answers_are_public_everywhere() {
        let settings = Settings::default();
        assert!(settings.is_public_in(&[5]) && settings.is_public_in(&[]));
        let chosen = settings.with(&Change::Channels([5, 6].into()));
        assert!(chosen.is_public_in(&[9, 5]), "a thread of a chosen channel");
        assert!(!chosen.is_public_in(&[9]) && !chosen.is_public_in(&[]));
    }
}
