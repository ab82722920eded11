//! Decisions and the polls that are still to be counted, in the database.

use serde::{Deserialize, Serialize};

use super::StorageError;
use super::database::{Database, Kind, Row, Statement};
use super::team::{day, number_of, subject_from_columns, subject_to_columns};
use crate::domain::decisions::{Choice, Decision, Source, Status, Step, Words, bounds};
use crate::domain::knowledge::{Date, Leaning};
use crate::domain::outcome::Decided;
use crate::domain::situation::WhichDecisions;

/// A poll whose votes are still to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell) struct OpenPoll {
    /// The id of the server.
    pub(in crate::shell) server: u64,
    /// The number of the decision.
    pub(in crate::shell) number: u32,
    pub(in crate::shell) channel: u64,
    /// The id of the message, or 0 where it is not known.
    pub(in crate::shell) message: u64,
    /// When it ends, in milliseconds since 1970.
    pub(in crate::shell) ends: i64,
}

/// By what an open poll is found.
#[derive(Debug, Clone, Copy)]
pub(in crate::shell) enum FindPoll {
    /// The id of its message.
    Message(u64),
    /// The number on its button, with where that button was seen.
    Button { server: u64, number: u32, channel: u64, message: u64 },
}

/// The answer from which a vote was started, as it is kept.
#[derive(Serialize, Deserialize)]
struct Origin {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leaning: Option<Leaning>,
}

/// Milliseconds in an hour.
const HOUR: i64 = 60 * 60 * 1000;
/// How long one process has a poll to itself, in milliseconds; after that another one counts it.
pub(super) const LEASE: i64 = 60 * 1000;
/// Polls that are looked at together.
const TOGETHER: i64 = 50;
/// How often a number for a new decision is looked for, while others are faster.
const TRIES: usize = 4;

const PROPOSED: &str = "proposed";
const ACCEPTED: &str = "accepted";
const SUPERSEDED: &str = "superseded";
const WITHDRAWN: &str = "withdrawn";

impl dyn Database + '_ {
    /// The decisions of a server, by their numbers.
    pub(super) async fn decisions(&self, server: u64, which: &WhichDecisions) -> Result<Vec<Decision>, StorageError> {
        const ALL: &str = "SELECT number, status, successor, date, question, kind, subject, source, options, least, counted, \
                           decision, reason, rejected, consequences FROM decisions WHERE server = $1";
        let statement = match which {
            WhichDecisions::None => return Ok(Vec::new()),
            WhichDecisions::All => Statement::made(Kind::Read, format!("{ALL} ORDER BY number")).with(server),
            WhichDecisions::Of(numbers) => {
                let parameters: Vec<String> = (2..).zip(numbers).map(|(index, _)| format!("${index}")).collect();
                let sql = format!("{ALL} AND number IN ({}) ORDER BY number", parameters.join(", "));
                let statement = Statement::made(Kind::Read, sql).with(server);
                numbers.iter().fold(statement, |statement, number| statement.with(i64::from(*number)))
            }
        };
        self.one(statement).await?.rows.iter().map(decision).collect()
    }

    /// Keeps a decision that is put to the vote, with the poll that is to be posted; gives its number.
    pub(super) async fn propose(
        &self,
        server: u64,
        proposed: &Decision,
        (channel, hours): (u64, u16),
        now: i64,
    ) -> Result<Decided, StorageError> {
        let ends = now.saturating_add(i64::from(hours) * HOUR);
        for _ in 0..TRIES {
            let poll = Statement::write(
                "INSERT INTO polls (server, number, channel, message, ends, due)
                 SELECT server, MAX(number), $2, 0, $3, $3 FROM decisions WHERE server = $1 GROUP BY server",
            );
            let poll = poll.with(server).with(channel).with(ends);
            let answers = self.run_in_turn(server, vec![propose(server, proposed, now)?, poll]).await?;
            let number = answers.first().and_then(|answer| answer.rows.first()).map(|row| row.count(0)).transpose()?;
            if let Some(number) = number {
                return Ok(Decided::Number(u32::try_from(number).unwrap_or(u32::MAX)));
            }
            if self.is_full(server).await? {
                return Ok(Decided::Full);
            }
            // Somebody else took the number at the same time.
        }
        Err(StorageError::new("the number of a new decision was taken again and again"))
    }

    async fn is_full(&self, server: u64) -> Result<bool, StorageError> {
        let count = Statement::read(
            "SELECT (SELECT COUNT(*) FROM decisions WHERE server = $1), (SELECT COUNT(*) FROM polls WHERE server = $1)",
        );
        let rows = self.one(count.with(server)).await?.rows;
        let Some(row) = rows.first() else { return Ok(false) };
        let is_full = |column: usize, most: usize| Ok(row.count(column)? >= most as u64);
        Ok(is_full(0, bounds::DECISIONS)? || is_full(1, bounds::OPEN)?)
    }

    /// Notes where a poll was posted.
    pub(super) async fn note_poll(&self, poll: OpenPoll) -> Result<(), StorageError> {
        let note = Statement::write("UPDATE polls SET channel = $3, message = $4 WHERE server = $1 AND number = $2");
        let note = note.with(poll.server).with(i64::from(poll.number)).with(poll.channel).with(poll.message);
        self.one(note).await.map(drop)
    }

    /// Forgets a decision whose poll could not be posted.
    pub(super) async fn take_back(&self, server: u64, number: u32) -> Result<(), StorageError> {
        let decision = Statement::write(
            "DELETE FROM decisions WHERE server = $1 AND number = $2 AND status = 'proposed' AND counted = 0",
        );
        let decision = decision.with(server).with(i64::from(number));
        self.run(vec![decision, close(server, number)]).await.map(drop)
    }

    /// Takes a step; whether the decision stood where the step begins.
    pub(super) async fn step(
        &self,
        server: u64,
        number: u32,
        (step, on): (&Step, Date),
        now: i64,
    ) -> Result<Decided, StorageError> {
        let statement = take(step).with(server).with(i64::from(number)).with(now);
        let statement = match step {
            Step::Record(words) => {
                let Words { decision, reason, rejected, consequences } = words;
                let statement = statement.with(number_of(on)).with(decision.as_str()).with(reason.as_str());
                statement.with(rejected.as_str()).with(consequences.as_str())
            }
            Step::Withdraw => statement,
            Step::Supersede(by) => statement.with(i64::from(*by)),
        };
        let mut statements = vec![statement];
        if *step == Step::Withdraw {
            // Nobody has to vote any more.
            let end = Statement::write("UPDATE polls SET due = 0 WHERE server = $1 AND number = $2");
            statements.push(end.with(server).with(i64::from(number)));
        }
        let answers = self.run(statements).await?;
        let changed = answers.first().is_some_and(|answer| answer.changed > 0);
        Ok(if changed { Decided::Yes } else { Decided::Meanwhile })
    }

    /// Whether a poll is due whose message is known.
    pub(super) async fn has_due_poll(&self, now: i64) -> Result<bool, StorageError> {
        let look = Statement::read("SELECT 1 FROM polls WHERE due <= $1 AND message <> 0 LIMIT 1").with(now);
        Ok(!self.one(look).await?.rows.is_empty())
    }

    /// Takes polls that are due, each for this process alone for a while. Where the message of one is not known, nothing could be read
    /// of it: such a one is left to its button, which would find it taken.
    pub(super) async fn due_polls(&self, now: i64) -> Result<Vec<OpenPoll>, StorageError> {
        let take = Statement::write(
            "UPDATE polls SET due = $2 WHERE due <= $1 AND (server, number) IN
                 (SELECT server, number FROM polls WHERE due <= $1 AND message <> 0 ORDER BY due LIMIT $3)
             RETURNING server, number, channel, message, ends",
        );
        let rows = self.one(take.with(now).with(now.saturating_add(LEASE)).with(TOGETHER)).await?.rows;
        rows.iter().map(open_poll).collect()
    }

    /// Takes a poll for this process alone for a while, whether it is due or not; nothing where there is none, or where another
    /// process has it.
    pub(super) async fn take_poll(&self, find: FindPoll, now: i64) -> Result<Option<OpenPoll>, StorageError> {
        let until = now.saturating_add(LEASE);
        let take = match find {
            FindPoll::Message(message) => Statement::write(
                "UPDATE polls SET due = $2 WHERE message = $3 AND NOT (due > $1 AND due <= $2)
                 RETURNING server, number, channel, message, ends",
            )
            .with(now)
            .with(until)
            .with(message),
            FindPoll::Button { server, number, channel, message } => Statement::write(
                "UPDATE polls SET due = $2, channel = $5, message = $6
                 WHERE server = $3 AND number = $4 AND message IN (0, $6) AND NOT (due > $1 AND due <= $2)
                 RETURNING server, number, channel, message, ends",
            )
            .with(now)
            .with(until)
            .with(server)
            .with(i64::from(number))
            .with(channel)
            .with(message),
        };
        self.one(take).await?.rows.first().map(open_poll).transpose()
    }

    /// Looks at a poll again at a time.
    pub(super) async fn postpone_poll(&self, poll: OpenPoll, due: i64) -> Result<(), StorageError> {
        let postpone = Statement::write("UPDATE polls SET due = $3 WHERE server = $1 AND number = $2");
        self.one(postpone.with(poll.server).with(i64::from(poll.number)).with(due)).await.map(drop)
    }

    /// Keeps the votes that were counted; later counts change nothing.
    pub(super) async fn count_votes(
        &self,
        server: u64,
        number: u32,
        options: &[Choice],
        now: i64,
    ) -> Result<(), StorageError> {
        let count = Statement::write(
            "UPDATE decisions SET options = $3, counted = 1, updated = $4
             WHERE server = $1 AND number = $2 AND counted = 0",
        );
        let count = count.with(server).with(i64::from(number)).with(json(&options)?.as_str()).with(now);
        self.one(count).await.map(drop)
    }

    /// Does not look at a poll any more.
    pub(super) async fn close_poll(&self, poll: OpenPoll) -> Result<(), StorageError> {
        self.one(close(poll.server, poll.number)).await.map(drop)
    }
}

fn close(server: u64, number: u32) -> Statement {
    let close = Statement::write("DELETE FROM polls WHERE server = $1 AND number = $2");
    close.with(server).with(i64::from(number))
}

/// Adds a decision under the next number, unless there are as many as can be kept.
fn propose(server: u64, decision: &Decision, now: i64) -> Result<Statement, StorageError> {
    let propose = Statement::once(
        "INSERT INTO decisions (server, number, status, successor, date, question, kind, subject, source, options, least,
                                counted, decision, reason, rejected, consequences, updated)
         SELECT $1, (SELECT COALESCE(MAX(number), 0) + 1 FROM decisions WHERE server = $1), 'proposed', 0, $2, $3, $4, $5, $6, $7,
                $8, 0, '', '', '', '', $9
         WHERE (SELECT COUNT(*) FROM decisions WHERE server = $1) < $10
           AND (SELECT COUNT(*) FROM polls WHERE server = $1) < $11
         ON CONFLICT (server, number) DO NOTHING
         RETURNING number",
    );
    let (kind, subject) = decision.subject.as_ref().map_or(("", ""), subject_to_columns);
    let origin = json(&Origin { source: decision.source.clone(), leaning: decision.leaning })?;
    let propose = propose.with(server).with(number_of(decision.date)).with(decision.question.as_str());
    let propose = propose.with(kind).with(subject).with(origin.as_str()).with(json(&decision.options)?.as_str());
    let propose = propose.with(i64::from(decision.least)).with(now);
    Ok(propose.with(most(bounds::DECISIONS)).with(most(bounds::OPEN)))
}

/// Adds a decision of a file under its own number, unless there is one of that number, or as many as can be kept.
pub(super) fn insert_decision(server: u64, decision: &Decision, now: i64) -> Result<Statement, StorageError> {
    let insert = Statement::write(
        "INSERT INTO decisions (server, number, status, successor, date, question, kind, subject, source, options, least,
                                counted, decision, reason, rejected, consequences, updated)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
         WHERE (SELECT COUNT(*) FROM decisions WHERE server = $1) < $18
         ON CONFLICT (server, number) DO NOTHING",
    );
    let (status, successor) = match decision.status {
        Status::Proposed => (PROPOSED, 0),
        Status::Accepted => (ACCEPTED, 0),
        Status::SupersededBy(by) => (SUPERSEDED, by),
        Status::Withdrawn => (WITHDRAWN, 0),
    };
    let (kind, subject) = decision.subject.as_ref().map_or(("", ""), subject_to_columns);
    let origin = json(&Origin { source: decision.source.clone(), leaning: decision.leaning })?;
    let Words { decision: decided, reason, rejected, consequences } = &decision.words;
    let insert = insert.with(server).with(i64::from(decision.number)).with(status).with(i64::from(successor));
    let insert = insert.with(number_of(decision.date)).with(decision.question.as_str()).with(kind).with(subject);
    let insert = insert.with(origin.as_str()).with(json(&decision.options)?.as_str()).with(i64::from(decision.least));
    let insert = insert.with(i64::from(decision.is_counted)).with(decided.as_str()).with(reason.as_str());
    Ok(insert.with(rejected.as_str()).with(consequences.as_str()).with(now).with(most(bounds::DECISIONS)))
}

/// Says whether all decisions of a file are kept; if not, nothing is changed. It comes after [`insert_decision`], in a
/// transaction that goes on after it, and where the server has settings.
pub(super) fn all_are_kept(server: u64, decisions: &[Decision]) -> Option<Statement> {
    if decisions.is_empty() {
        return None;
    }
    let numbers: Vec<String> = (3..).zip(decisions).map(|(at, _)| format!("${at}")).collect();
    let check = format!(
        "UPDATE settings SET updated = updated WHERE server = $1
         AND (SELECT COUNT(*) FROM decisions WHERE server = $1 AND number IN ({})) = $2",
        numbers.join(", ")
    );
    let check = Statement::made(Kind::Once, check).with(server).with(most(decisions.len()));
    Some(decisions.iter().fold(check, |check, decision| check.with(i64::from(decision.number))))
}

fn most(bound: usize) -> i64 {
    i64::try_from(bound).unwrap_or(i64::MAX)
}

/// The change of a decision by a step, if it stands where that begins.
fn take(step: &Step) -> Statement {
    match step {
        Step::Record(_) => Statement::write(
            "UPDATE decisions SET status = 'accepted', date = $4, decision = $5, reason = $6, rejected = $7,
                                  consequences = $8, updated = $3
             WHERE server = $1 AND number = $2 AND status = 'proposed'",
        ),
        Step::Withdraw => Statement::write(
            "UPDATE decisions SET status = 'withdrawn', updated = $3
             WHERE server = $1 AND number = $2 AND status IN ('proposed', 'accepted')",
        ),
        Step::Supersede(_) => Statement::write(
            "UPDATE decisions SET status = 'superseded', successor = $4, updated = $3
             WHERE server = $1 AND number = $2 AND status = 'accepted' AND number <> $4
               AND EXISTS (SELECT 1 FROM decisions AS other
                           WHERE other.server = $1 AND other.number = $4 AND other.status = 'accepted')",
        ),
    }
}

fn decision(row: &Row) -> Result<Decision, StorageError> {
    let number = |column: usize| row.count(column).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let status = match row.text(1)?.as_str() {
        PROPOSED => Status::Proposed,
        ACCEPTED => Status::Accepted,
        SUPERSEDED => Status::SupersededBy(number(2)?),
        WITHDRAWN => Status::Withdrawn,
        _ => return Err(StorageError::new("a decision has a status of a newer version")),
    };
    let Origin { source, leaning } = of_json(&row.text(7)?)?;
    Ok(Decision {
        number: number(0)?,
        status,
        date: day(row.number(3)?),
        question: row.text(4)?,
        subject: subject_from_columns(&row.text(5)?, row.text(6)?),
        source,
        leaning,
        options: of_json(&row.text(8)?)?,
        least: number(9)?,
        is_counted: row.number(10)? != 0,
        words: Words {
            decision: row.text(11)?,
            reason: row.text(12)?,
            rejected: row.text(13)?,
            consequences: row.text(14)?,
        },
    })
}

fn open_poll(row: &Row) -> Result<OpenPoll, StorageError> {
    Ok(OpenPoll {
        server: row.id(0)?,
        number: u32::try_from(row.count(1)?).unwrap_or(u32::MAX),
        channel: row.id(2)?,
        message: row.id(3)?,
        ends: row.number(4)?,
    })
}

fn json(value: &impl Serialize) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|error| StorageError::new(format!("a decision cannot be written: {error}")))
}

fn of_json<T: for<'d> Deserialize<'d>>(text: &str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|error| StorageError::new(format!("a decision cannot be read: {error}")))
}
