//! What a team keeps as a file: written by an export, and checked whole by an import.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{limits, wording};
use crate::domain::backup::TeamFile;
use crate::domain::decisions::{self, Decision, Status};
use crate::domain::knowledge::{Date, Knowledge};
use crate::domain::team::{Added, Note, Settings, Subject, Team, Unanswered, Writers, Written, bounds, write};

/// The form of the file. Another form is another number.
const FORM: u32 = 1;
/// Bytes of a file: more than a team can keep, most of which are the texts of its decisions.
pub const LARGEST: usize = 8 << 20;
/// Problems that are listed.
const LISTED: usize = 10;

/// A file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Backup {
    /// The form of the file.
    versus: u32,
    /// The id of the server, in whose channels and roles the settings hold.
    server: String,
    settings: SettingsLine,
    notes: Vec<NoteLine>,
    questions: Vec<QuestionLine>,
    decisions: Vec<Decision>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsLine {
    private: bool,
    channels: Vec<String>,
    role: Option<String>,
    keep_unanswered: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tool: Option<String>,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    written: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionLine {
    question: String,
    topic: String,
}

/// What a team keeps, as a file of a server.
pub fn write_file(file: &TeamFile, server: u64) -> String {
    let TeamFile { team, decisions } = file;
    let settings = &team.settings;
    let role = match settings.writers {
        Writers::Managers => None,
        Writers::Role(role) => Some(role.to_string()),
    };
    let notes = team.notes.iter().filter_map(|(subject, note)| {
        let (topic, tool) = match subject {
            Subject::Topic(id) => (Some(id.clone()), None),
            Subject::Tool(id) => (None, Some(id.clone())),
            Subject::Project(_) => return None,
        };
        let written = note.written.to_string();
        Some(NoteLine { topic, tool, text: note.text.clone(), link: note.link.clone(), written })
    });
    let questions =
        team.added.iter().map(|added| QuestionLine { question: added.text.clone(), topic: added.topic.clone() });
    let backup = Backup {
        versus: FORM,
        server: server.to_string(),
        settings: SettingsLine {
            private: settings.is_private,
            channels: settings.channels.iter().map(u64::to_string).collect(),
            role,
            keep_unanswered: settings.keeps_unanswered,
        },
        notes: notes.collect(),
        questions: questions.collect(),
        decisions: decisions.clone(),
    };
    // Texts and numbers can always be written.
    serde_json::to_string_pretty(&backup).unwrap_or_default() + "\n"
}

/// What a file says that a team of this server keeps. The channels and the role of another server are left out.
///
/// # Errors
/// Everything that is wrong with it, a sentence each, at most ten.
pub fn read_file(text: &str, server: u64, knowledge: &Knowledge) -> Result<TeamFile, Vec<String>> {
    let backup: Backup = serde_json::from_str(text).map_err(|error| {
        // The error may repeat a name of a field, and nothing else of the file.
        vec![wording::not_a_backup(&limits::cut(&error.to_string(), limits::BRIEF_CLAIM))]
    })?;
    if backup.versus != FORM {
        return Err(vec![wording::other_form(backup.versus)]);
    }
    let mut problems = Vec::new();
    let settings = read_settings(&backup, server, &mut problems);
    let notes = read_notes(&backup.notes, knowledge, &mut problems);
    let added = read_questions(&backup.questions, knowledge, &mut problems);
    check_decisions(&backup.decisions, &mut problems);
    problems.truncate(LISTED);
    if !problems.is_empty() {
        return Err(problems);
    }
    let team = Team { settings, notes, added, ..Team::default() };
    Ok(TeamFile { team, decisions: backup.decisions })
}

fn read_settings(backup: &Backup, server: u64, problems: &mut Vec<String>) -> Settings {
    let line = &backup.settings;
    let mut id = |text: &String| match text.parse() {
        Ok(id) if id > 0 => Some(id),
        _ => {
            problems.push(wording::no_id(&limits::cut(text, limits::BRIEF_TITLE)));
            None
        }
    };
    let channels: BTreeSet<u64> = line.channels.iter().filter_map(&mut id).collect();
    let role = line.role.as_ref().and_then(&mut id);
    if channels.len() > bounds::CHANNELS {
        problems.push(wording::too_many(wording::CHANNELS_IN_FILE, channels.len(), bounds::CHANNELS));
    }
    let is_own = backup.server == server.to_string();
    Settings {
        is_private: line.private,
        channels: if is_own { channels } else { BTreeSet::new() },
        writers: role.filter(|_| is_own).map_or(Writers::Managers, Writers::Role),
        keeps_unanswered: line.keep_unanswered,
    }
}

fn read_notes(lines: &[NoteLine], knowledge: &Knowledge, problems: &mut Vec<String>) -> BTreeMap<Subject, Note> {
    if lines.len() > bounds::NOTES {
        problems.push(wording::too_many(wording::NOTES_IN_FILE, lines.len(), bounds::NOTES));
    }
    let mut notes = BTreeMap::new();
    for (number, line) in (1..).zip(lines) {
        let mut problem = |what: &str| problems.push(wording::in_note(number, what));
        let subject = match (&line.topic, &line.tool) {
            (Some(id), None) if knowledge.topic(id).is_some() => Subject::Topic(id.clone()),
            (None, Some(id)) if knowledge.tool(id).is_some() => Subject::Tool(id.clone()),
            (Some(_), None) | (None, Some(_)) => {
                problem(wording::UNKNOWN_SUBJECT);
                continue;
            }
            _ => {
                problem(wording::ONE_SUBJECT);
                continue;
            }
        };
        let Ok(written) = line.written.parse::<Date>() else {
            problem(wording::NO_DATE);
            continue;
        };
        let link = line.link.clone().unwrap_or_default();
        match write(&Written { text: line.text.clone(), link }, written) {
            Ok(Some(note)) => {
                if notes.insert(subject, note).is_some() {
                    problem(wording::SAME_SUBJECT);
                }
            }
            Ok(None) | Err(_) => problem(wording::NO_NOTE),
        }
    }
    notes
}

fn read_questions(lines: &[QuestionLine], knowledge: &Knowledge, problems: &mut Vec<String>) -> Vec<Added> {
    if lines.len() > bounds::ADDED {
        problems.push(wording::too_many(wording::QUESTIONS_IN_FILE, lines.len(), bounds::ADDED));
    }
    let mut all: Vec<Added> = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let mut problem = |what: &str| problems.push(wording::in_question(number, what));
        match Unanswered::read(&line.question) {
            _ if knowledge.topic(&line.topic).is_none() => problem(wording::UNKNOWN_SUBJECT),
            None => problem(wording::NO_QUESTION),
            Some(question) if all.iter().any(|added| added.words == question.words) => problem(wording::SAME_QUESTION),
            Some(question) => all.push(Added { text: question.text, words: question.words, topic: line.topic.clone() }),
        }
    }
    all
}

fn check_decisions(all: &[Decision], problems: &mut Vec<String>) {
    if all.len() > decisions::bounds::DECISIONS {
        problems.push(wording::too_many(wording::DECISIONS_IN_FILE, all.len(), decisions::bounds::DECISIONS));
    }
    let numbers: BTreeSet<u32> = all.iter().map(|decision| decision.number).collect();
    let mut seen = BTreeSet::new();
    for (place, decision) in (1..).zip(all) {
        let mut problem = |what: &str| problems.push(wording::in_decision(place, what));
        if decision.number == 0 || !seen.insert(decision.number) {
            problem(wording::NO_NUMBER);
        }
        if !decision.is_votable() {
            problem(wording::NO_BALLOT);
        }
        if !decision.is_recordable() {
            problem(wording::NO_RECORD);
        }
        if matches!(decision.status, Status::SupersededBy(by) if !numbers.contains(&by)) {
            problem(wording::NO_SUCCESSOR);
        }
    }
}
