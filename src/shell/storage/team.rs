//! What a team keeps, in the database.

use std::collections::BTreeSet;

use super::database::{Answer, Database, Kind, Row, Statement};
use super::decisions::{all_are_kept, insert_decision};
use super::questions::{add, dismiss};
use super::{StorageError, Whose};
use crate::domain::backup::TeamFile;
use crate::domain::knowledge::Date;
use crate::domain::outcome::{Kept, TeamEffect};
use crate::domain::team::{Added, Change, Note, Remembered, Settings, Subject, Team, Words, Writers, bounds};

/// The names of the kinds of things that a note or a decision is about.
const TOPIC: &str = "topic";
const TOOL: &str = "tool";
const PROJECT: &str = "project";
/// Stand among them for the row of the settings, and for a question that was added.
const SETTINGS: &str = "settings";
const ADDED: &str = "added";
/// Stands before the kind of what a decision is about.
const DECIDED: &str = "decided ";

impl dyn Database + '_ {
    /// What a team keeps, by one query; nothing where it keeps nothing.
    pub(super) async fn team(&self, server: u64) -> Result<Option<Team>, StorageError> {
        let read = Statement::read(
            "SELECT 'settings', channels, '', '', private, writers, keeps FROM settings WHERE server = $1
             UNION ALL SELECT kind, subject, text, link, written, 0, 0 FROM notes WHERE server = $1
             UNION ALL SELECT 'added', words, question, topic, 0, 0, 0 FROM added WHERE server = $1
             UNION ALL SELECT 'decided ' || kind, subject, decision, '', date, number, 0 FROM decisions
                       WHERE server = $1 AND status = 'accepted' AND kind <> ''",
        );
        let rows = self.one(read.with(server)).await?.rows;
        if rows.is_empty() {
            return Ok(None);
        }
        let mut team = Team::default();
        for row in rows {
            let (kind, text) = (row.text(0)?, row.text(1)?);
            let subject = match kind.as_str() {
                SETTINGS => {
                    team.settings = settings(&row, &text)?;
                    continue;
                }
                ADDED => {
                    team.added.push(Added { words: Words::split(&text), text: row.text(2)?, topic: row.text(3)? });
                    continue;
                }
                kind => match subject_from_columns(kind.strip_prefix(DECIDED).unwrap_or(kind), text) {
                    Some(subject) => subject,
                    // A newer version wrote it.
                    None => continue,
                },
            };
            if kind.starts_with(DECIDED) {
                remember(&mut team, subject, decided(&row)?);
            } else {
                team.notes.insert(subject, note(&row)?);
            }
        }
        // The rows of a union come in any order.
        team.added.sort_by(|a, b| a.words.cmp(&b.words));
        Ok(Some(team))
    }

    /// Changes what a team keeps; it is on the disk when this returns.
    pub(super) async fn change_team(&self, whose: Whose, effect: &TeamEffect, now: i64) -> Result<Kept, StorageError> {
        let server = whose.server;
        match effect {
            TeamEffect::Set(change) => self.one(set(server, change, now)).await.map(|_| Kept::Yes),
            TeamEffect::Note(subject, Some(note)) => {
                let written = self.run_in_turn(server, vec![write_note(server, subject, note, now)]).await?;
                Ok(if written.iter().any(|written| written.changed > 0) { Kept::Yes } else { Kept::Full })
            }
            TeamEffect::Note(subject, None) => {
                let sql = "DELETE FROM notes WHERE server = $1 AND kind = $2 AND subject = $3";
                let (kind, id) = subject_to_columns(subject);
                let delete = Statement::made(Kind::Delete, sql.to_owned()).with(server).with(kind).with(id);
                self.one(delete).await.map(|_| Kept::Yes)
            }
            TeamEffect::Vote(of, vote) => self.vote(whose, of, *vote, now).await.map(|()| Kept::Yes),
            TeamEffect::Add(gap, added) => {
                let statements = vec![add(server, *gap, added, now), dismiss(server, *gap)];
                Ok(all_or_full(statements.len(), &self.run_in_turn(server, statements).await?))
            }
            TeamEffect::TakeBack(id) => {
                let sql = "DELETE FROM added WHERE server = $1 AND id = $2";
                let delete = Statement::made(Kind::Delete, sql.to_owned()).with(server).with(*id);
                self.one(delete).await.map(|_| Kept::Yes)
            }
            TeamEffect::Dismiss(gap) => self.one(dismiss(server, *gap)).await.map(|_| Kept::Yes),
            TeamEffect::Replace(file) => {
                let statements = replace(server, file, now)?;
                Ok(all_or_full(statements.len(), &self.run_in_turn(server, statements).await?))
            }
            // These two have ways of their own, because nobody waits for them.
            TeamEffect::Count(_) | TeamEffect::KeepQuestion(_) => Ok(Kept::Yes),
        }
    }
}

/// Whether all of so many statements were carried out; else one of them found that there are as many as can be kept.
fn all_or_full(statements: usize, answers: &[Answer]) -> Kept {
    if answers.len() == statements { Kept::Yes } else { Kept::Full }
}

fn settings(row: &Row, channels: &str) -> Result<Settings, StorageError> {
    let channels = channels.split(' ').filter_map(|id| id.parse().ok()).filter(|id| *id > 0);
    Ok(Settings {
        is_private: row.number(4)? != 0,
        channels: channels.take(bounds::CHANNELS).collect(),
        writers: match row.id(5)? {
            0 => Writers::Managers,
            role => Writers::Role(role),
        },
        keeps_unanswered: row.number(6)? != 0,
    })
}

fn note(row: &Row) -> Result<Note, StorageError> {
    let link = row.text(3)?;
    let link = (!link.is_empty()).then_some(link);
    Ok(Note { text: row.text(2)?, link, written: day(row.number(4)?) })
}

fn decided(row: &Row) -> Result<Remembered, StorageError> {
    let number = u32::try_from(row.count(5)?).unwrap_or(u32::MAX);
    Ok(Remembered { number, date: day(row.number(4)?), decision: row.text(2)? })
}

/// The latest decision on something is remembered.
fn remember(team: &mut Team, subject: Subject, decided: Remembered) {
    let is_later = |known: &Remembered| (known.date, known.number) < (decided.date, decided.number);
    if team.decided.get(&subject).is_none_or(is_later) {
        team.decided.insert(subject, decided);
    }
}

/// All that a team keeps, instead of what is there, at once. Decisions are only added.
fn replace(server: u64, file: &TeamFile, now: i64) -> Result<Vec<Statement>, StorageError> {
    let team = &file.team;
    let delete = |sql: &str| Statement::made(Kind::Delete, sql.to_owned()).with(server);
    let settings = &team.settings;
    let mut statements = vec![
        delete("DELETE FROM notes WHERE server = $1"),
        delete("DELETE FROM added WHERE server = $1"),
        set(server, &Change::Private(settings.is_private), now),
        set(server, &Change::Channels(settings.channels.clone()), now),
        set(server, &Change::Writers(settings.writers), now),
    ];
    for decision in &file.decisions {
        statements.push(insert_decision(server, decision, now)?);
    }
    statements.extend(all_are_kept(server, &file.decisions));
    statements.push(set(server, &Change::KeepsUnanswered(settings.keeps_unanswered), now));
    statements.extend(team.notes.iter().map(|(subject, note)| write_note(server, subject, note, now)));
    statements.extend(team.added.iter().map(|added| add(server, added.words.id(), added, now)));
    Ok(statements)
}

/// One setting alone, so that two people who change two of them at the same time both have their way.
fn set(server: u64, change: &Change, now: i64) -> Statement {
    let (sql, value) = match change {
        Change::Private(is_private) => (
            "INSERT INTO settings (server, private, channels, writers, keeps, updated) VALUES ($1, $2, '', 0, 0, $3)
             ON CONFLICT (server) DO UPDATE SET private = $2, updated = $3",
            i64::from(*is_private).into(),
        ),
        Change::Channels(channels) => (
            "INSERT INTO settings (server, private, channels, writers, keeps, updated) VALUES ($1, 0, $2, 0, 0, $3)
             ON CONFLICT (server) DO UPDATE SET channels = $2, updated = $3",
            listed(channels).as_str().into(),
        ),
        Change::Writers(writers) => (
            "INSERT INTO settings (server, private, channels, writers, keeps, updated) VALUES ($1, 0, '', $2, 0, $3)
             ON CONFLICT (server) DO UPDATE SET writers = $2, updated = $3",
            match writers {
                Writers::Managers => 0,
                Writers::Role(role) => *role,
            }
            .into(),
        ),
        Change::KeepsUnanswered(keeps) => (
            "INSERT INTO settings (server, private, channels, writers, keeps, updated) VALUES ($1, 0, '', 0, $2, $3)
             ON CONFLICT (server) DO UPDATE SET keeps = $2, updated = $3",
            i64::from(*keeps).into(),
        ),
    };
    let value: super::database::Value = value;
    Statement::write(sql).with(server).with(value).with(now)
}

/// Keeps a note unless there are as many as can be kept.
fn write_note(server: u64, subject: &Subject, note: &Note, now: i64) -> Statement {
    let write = Statement::write(
        "INSERT INTO notes (server, kind, subject, text, link, written, updated)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE (SELECT COUNT(*) FROM notes WHERE server = $1) < $8
            OR EXISTS (SELECT 1 FROM notes WHERE server = $1 AND kind = $2 AND subject = $3)
         ON CONFLICT (server, kind, subject) DO UPDATE SET text = $4, link = $5, written = $6, updated = $7",
    );
    let (kind, id) = subject_to_columns(subject);
    let write = write.with(server).with(kind).with(id).with(note.text.as_str());
    let write = write.with(note.link.as_deref().unwrap_or_default()).with(number_of(note.written)).with(now);
    write.with(i64::try_from(bounds::NOTES).unwrap_or(i64::MAX))
}

pub(super) fn subject_to_columns(subject: &Subject) -> (&'static str, &str) {
    match subject {
        Subject::Topic(id) => (TOPIC, id),
        Subject::Tool(id) => (TOOL, id),
        Subject::Project(id) => (PROJECT, id),
    }
}

/// What a note or a decision is about; nothing where a newer version wrote it.
pub(super) fn subject_from_columns(kind: &str, id: String) -> Option<Subject> {
    match kind {
        TOPIC => Some(Subject::Topic(id)),
        TOOL => Some(Subject::Tool(id)),
        PROJECT => Some(Subject::Project(id)),
        _ => None,
    }
}

/// Ids with blanks between them.
fn listed(ids: &BTreeSet<u64>) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A day as a number, such as 20261127.
pub(super) fn number_of(day: Date) -> i64 {
    i64::from(day.year) * 10_000 + i64::from(day.month) * 100 + i64::from(day.day)
}

/// Reads what [`number_of`] wrote.
pub(super) fn day(number: i64) -> Date {
    let part = |value: i64| u8::try_from(value % 100).unwrap_or(1);
    Date { year: u16::try_from(number / 10_000).unwrap_or_default(), month: part(number / 100), day: part(number) }
}

#[cfg(test)]
mod tests {
    use super::{Date, day, number_of};

    #[test]
    fn a_day_is_read_as_it_was_written() {
        for date in [Date { year: 2026, month: 11, day: 27 }, Date { year: 1970, month: 1, day: 1 }] {
            assert_eq!(day(number_of(date)), date);
        }
    }
}
