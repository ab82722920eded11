//! What a team keeps: who may change it, and what becomes of a change.

use std::sync::Arc;

use super::{Core, Intent};
use crate::answer::{Answer, NoteSubject, Refusal, TeamAnswer};
use crate::backup::{Difference, TeamFile};
use crate::deciding::Signs;
use crate::decisions::{self, Decision};
use crate::knowledge::Date;
use crate::matching::Label;
use crate::outcome::{Effect, Outcome, TeamEffect};
use crate::request::{TeamRequest, View};
use crate::situation::{Audience, Situation, Stored};
use crate::team::{Added, Change, Count, Gap, Right, Settings, Subject, Team, Vote, Words, Written, write};

/// What is to be done with what a team keeps. After this step nobody reads a text again.
#[derive(Debug)]
pub(super) enum Task {
    Settings,
    Set(Change),
    EditNote(Subject),
    WriteNote(Subject, Written),
    /// A note on something that is not known; these come closest.
    NoSubject(Vec<Subject>),
    Vote(Vote, View),
    Insights,
    Gaps,
    Gap(u64),
    NameTopic(u64),
    /// The topic that was named, else those that come closest.
    AddTo(u64, Result<Subject, Vec<Subject>>),
    TakeBack(u64),
    Dismiss(u64),
    ExportGaps,
    Export,
    /// What a file says that the team keeps, or what is wrong with it; and whether it is to be kept.
    File(Result<Box<TeamFile>, Vec<String>>, bool),
}

impl Task {
    fn right(&self) -> Right {
        match self {
            Self::Settings | Self::Set(_) | Self::Insights | Self::Export | Self::File(..) => Right::Manage,
            Self::Vote(..) => Right::Say,
            _ => Right::Write,
        }
    }

    /// A file is compared with all that is kept.
    pub(super) fn needs_decisions(&self) -> bool {
        matches!(self, Self::Export | Self::File(Ok(_), _))
    }

    pub(super) fn needs_counts(&self) -> bool {
        matches!(self, Self::Insights)
    }

    pub(super) fn needs_gaps(&self) -> bool {
        matches!(
            self,
            Self::Gaps | Self::Gap(_) | Self::NameTopic(_) | Self::AddTo(..) | Self::Dismiss(_) | Self::ExportGaps
        )
    }
}

impl Core {
    pub(super) fn understand_team(&self, request: &TeamRequest, signs: Signs) -> Task {
        match request {
            TeamRequest::Settings => Task::Settings,
            TeamRequest::Set(change) => Task::Set(change.clone()),
            TeamRequest::EditNote(subject) => Task::EditNote(subject.clone()),
            TeamRequest::FindNote(text) => match self.subject(text.trim(), signs) {
                Ok(subject) => Task::EditNote(subject),
                Err(near) => Task::NoSubject(near),
            },
            TeamRequest::WriteNote(subject, written) => Task::WriteNote(subject.clone(), written.clone()),
            TeamRequest::Vote(vote, view) => Task::Vote(*vote, view.clone()),
            TeamRequest::Insights => Task::Insights,
            TeamRequest::NameTopic(gap) => Task::NameTopic(*gap),
            TeamRequest::AddTo(gap, text) => Task::AddTo(*gap, self.subject(text.trim(), signs)),
            TeamRequest::TakeBack(id) => Task::TakeBack(*id),
            TeamRequest::Dismiss(gap) => Task::Dismiss(*gap),
            TeamRequest::ExportGaps => Task::ExportGaps,
            TeamRequest::Export => Task::Export,
            TeamRequest::Examine(file) => Task::File(file.clone(), false),
            TeamRequest::Import(file) => Task::File(file.clone(), true),
        }
    }

    /// Whether a sentence has to be read to understand such a request.
    pub(super) fn reads_sentence_of(&self, request: &TeamRequest) -> bool {
        match request {
            TeamRequest::FindNote(text) | TeamRequest::AddTo(_, text) => self.subject_of_name(text.trim()).is_none(),
            _ => false,
        }
    }

    /// The topic or tool that is called so.
    pub(super) fn subject_of_name(&self, name: &str) -> Option<Subject> {
        let topic =
            self.knowledge.topics.iter().find(|topic| {
                topic.entry.id.eq_ignore_ascii_case(name) || topic.entry.title.eq_ignore_ascii_case(name)
            });
        let topic = topic.map(|topic| Subject::Topic(topic.entry.id.clone()));
        topic.or_else(|| self.tool_of_name(name).map(|tool| Subject::Tool(tool.id.clone())))
    }

    /// The topic or tool that a text means, as a comparison would be asked for by it; else those that it may mean.
    pub(super) fn subject(&self, text: &str, signs: Signs) -> Result<Subject, Vec<Subject>> {
        let is_other = |subject: &Subject| matches!(subject, Subject::Project(_));
        match self.subject_of_name(text) {
            Some(subject) => Ok(subject),
            None => match self.meant(text, signs) {
                Ok(subject) if is_other(&subject) => Err(Vec::new()),
                Ok(subject) => Ok(subject),
                Err(near) => Err(near.into_iter().filter(|near| !is_other(near)).collect()),
            },
        }
    }

    /// The topic, the tool or the kind of project that a text means beyond doubt; else those that it may mean.
    pub(super) fn meant(&self, text: &str, signs: Signs) -> Result<Subject, Vec<Subject>> {
        let subject = |label: Label| match label {
            Label::Compare(at) => Some(Subject::Topic(self.knowledge.topics.get(at)?.entry.id.clone())),
            Label::Recommend(at) => Some(Subject::Project(self.knowledge.projects.get(at)?.entry.id.clone())),
            _ => None,
        };
        let found = match self.understand_question(text, signs) {
            Intent::Brief(topical) => {
                self.brief(&topical, None).map(|brief| Subject::Topic(brief.topic.entry.id.clone()))
            }
            Intent::Tools(question) => match self.tools(&question).named.as_slice() {
                [tool] => Some(Subject::Tool(tool.id.clone())),
                several => return Err(several.iter().map(|tool| Subject::Tool(tool.id.clone())).collect()),
            },
            Intent::Offer(labels) => {
                return Err(labels.into_iter().filter_map(subject).collect());
            }
            Intent::Label(label, ..) => subject(label),
            _ => None,
        };
        found.ok_or_else(Vec::new)
    }

    pub(super) fn named(&self, subject: &Subject) -> Option<NoteSubject<'_>> {
        match subject {
            Subject::Topic(id) => self.knowledge.topic(id).map(NoteSubject::Topic),
            Subject::Tool(id) => self.knowledge.tool(id).map(NoteSubject::Tool),
            Subject::Project(id) => self.knowledge.project(id).map(NoteSubject::Project),
        }
    }

    /// Answers what concerns what a team keeps. Whether the person may do it is decided here, by the rights that came with
    /// the request: a state of a button can be forged, and a command be used by anybody.
    pub(super) fn carry_out(&self, task: &Task, situation: &Situation) -> Outcome<'_> {
        let (answer, effect) = match refusal(task.right(), situation) {
            Some(refused) => (refused, None),
            None => self.change(task, situation),
        };
        let effects = effect.into_iter().map(Effect::Team).collect();
        let is_confined = is_confined(situation);
        Outcome { answer: Answer::Team(answer), audience: Audience::OnlyAsker, is_confined, effects }
    }

    fn change<'k>(&'k self, task: &Task, situation: &Situation) -> (TeamAnswer<'k>, Option<TeamEffect>) {
        let nothing = Arc::default();
        let team: &Arc<Team> = match &situation.team {
            Stored::Value(team) => team,
            Stored::Absent => &nothing,
            // What cannot be read must not be overwritten by chance.
            Stored::Unreadable => return (TeamAnswer::Unreadable, None),
        };
        let named = |subject: &Subject| self.named(subject);
        match task {
            Task::Settings => (TeamAnswer::Settings(team.settings.clone(), false), None),
            Task::Set(change) => {
                let settings = team.settings.with(change);
                (TeamAnswer::Settings(settings, true), Some(TeamEffect::Set(change.clone())))
            }
            Task::EditNote(subject) => match named(subject) {
                Some(found) => (TeamAnswer::NoteForm(found, team.notes.get(subject).cloned()), None),
                None => (TeamAnswer::NoSubject(Vec::new()), None),
            },
            Task::WriteNote(subject, written) => match named(subject) {
                Some(found) => note(found, subject, written, situation.today),
                None => (TeamAnswer::NoSubject(Vec::new()), None),
            },
            Task::NoSubject(near) => (TeamAnswer::NoSubject(near.iter().filter_map(named).collect()), None),
            Task::Vote(vote, view) => match self.counted(view) {
                Some(counted) => (TeamAnswer::Voted(*vote), Some(TeamEffect::Vote(counted, *vote))),
                None => (TeamAnswer::NoGap, None),
            },
            Task::Export => {
                let server = situation.member.as_ref().map_or(0, |member| member.server);
                match decided(situation) {
                    Some(decisions) => {
                        let file = TeamFile { team: Team::clone(team), decisions: decisions.to_vec() };
                        (TeamAnswer::Exported(Box::new(file), server), None)
                    }
                    None => (TeamAnswer::Unreadable, None),
                }
            }
            Task::File(Err(problems), _) => (TeamAnswer::WrongFile(problems.clone()), None),
            Task::File(Ok(file), is_kept) => match decided(situation) {
                Some(decisions) => {
                    let server = situation.member.as_ref().map_or(0, |member| member.server);
                    take_over(file, *is_kept, (team, decisions), server)
                }
                None => (TeamAnswer::Unreadable, None),
            },
            Task::Insights => (self.insights(&situation.counts), None),
            Task::TakeBack(id) => (TeamAnswer::TakenBack, Some(TeamEffect::TakeBack(*id))),
            task => match &situation.gaps {
                Stored::Value(gaps) => self.gaps(task, gaps, team),
                Stored::Absent => self.gaps(task, &[], team),
                Stored::Unreadable => (TeamAnswer::Unreadable, None),
            },
        }
    }

    fn insights(&self, counts: &Stored<Vec<Count>>) -> TeamAnswer<'_> {
        match counts {
            Stored::Unreadable => TeamAnswer::Unreadable,
            counts => {
                let counts = counts.value().map_or(&[] as &[Count], Vec::as_slice).iter();
                let named = counts.filter_map(|count| Some((self.count_name(&count.of)?, count.clone())));
                TeamAnswer::Insights(named.collect())
            }
        }
    }

    /// What concerns the questions that got no answer.
    fn gaps<'k>(&'k self, task: &Task, gaps: &[Gap], team: &Team) -> (TeamAnswer<'k>, Option<TeamEffect>) {
        let gap = |id: &u64| gaps.iter().find(|gap| gap.id == *id).cloned();
        let answer = match task {
            Task::Gaps => TeamAnswer::Gaps(gaps.to_vec(), team.settings.keeps_unanswered, team.added.len()),
            Task::ExportGaps => TeamAnswer::GapsExport(team.added.clone(), gaps.to_vec()),
            Task::Gap(id) => gap(id).map_or(TeamAnswer::NoGap, TeamAnswer::Gap),
            Task::NameTopic(id) => gap(id).map_or(TeamAnswer::NoGap, TeamAnswer::GapForm),
            Task::Dismiss(id) => return (TeamAnswer::Dismissed, Some(TeamEffect::Dismiss(*id))),
            Task::AddTo(id, subject) => match gap(id) {
                Some(gap) => return self.add(gap, subject),
                None => TeamAnswer::NoGap,
            },
            _ => TeamAnswer::NoGap,
        };
        (answer, None)
    }

    fn add<'k>(&'k self, gap: Gap, to: &Result<Subject, Vec<Subject>>) -> (TeamAnswer<'k>, Option<TeamEffect>) {
        let topic = |subject: &Subject| match self.named(subject)? {
            NoteSubject::Topic(topic) => Some(topic),
            // What is said about a tool is said in its topic.
            NoteSubject::Tool(tool) => self.knowledge.topic(&tool.topic),
            NoteSubject::Project(_) => None,
        };
        let found = match to {
            Ok(subject) => topic(subject).ok_or_else(Vec::new),
            Err(near) => Err(near.iter().filter_map(topic).collect()),
        };
        match found {
            Ok(topic) => {
                let (words, topic_id) = (Words::of(&gap.text), topic.entry.id.clone());
                let added = Added { text: gap.text, words, topic: topic_id };
                let effect = TeamEffect::Add(gap.id, added.clone());
                (TeamAnswer::Added(gap.id, added, topic), Some(effect))
            }
            Err(near) => (TeamAnswer::WhichTopic(gap, near), None),
        }
    }
}

/// The decisions of the server; nothing if they cannot be read.
fn decided(situation: &Situation) -> Option<&[Decision]> {
    match &situation.decisions {
        Stored::Unreadable => None,
        decisions => Some(decisions.value().map_or(&[], Vec::as_slice)),
    }
}

/// What a file changes, and the change if it is wanted.
fn take_over(
    file: &TeamFile,
    is_kept: bool,
    (team, decisions): (&Team, &[Decision]),
    server: u64,
) -> (TeamAnswer<'static>, Option<TeamEffect>) {
    let difference = Difference::between(team, decisions, file);
    let all = decisions.len() + difference.decisions.new;
    if difference.decisions.new > 0 && all > decisions::bounds::DECISIONS {
        return (TeamAnswer::TooManyDecisions(all), None);
    }
    let effect = (is_kept && !difference.is_empty()).then(|| TeamEffect::Replace(Box::new(file.clone())));
    let kept_later = (!is_kept).then(|| (Box::new(file.clone()), server));
    (TeamAnswer::Compared(difference, kept_later), effect)
}

fn note<'k>(
    found: NoteSubject<'k>,
    subject: &Subject,
    written: &Written,
    today: Option<Date>,
) -> (TeamAnswer<'k>, Option<TeamEffect>) {
    match write(written, today.unwrap_or(UNKNOWN_DAY)) {
        Ok(note) => (TeamAnswer::Noted(found, note.clone()), Some(TeamEffect::Note(subject.clone(), note))),
        Err(misfit) => (TeamAnswer::NoteMisfit(found, written.clone(), misfit), None),
    }
}

/// Stands where nobody knows the day.
pub(super) const UNKNOWN_DAY: Date = Date { year: 1970, month: 1, day: 1 };

/// Why a person may not do something.
pub(super) fn refusal(right: Right, situation: &Situation) -> Option<TeamAnswer<'static>> {
    let Some(member) = &situation.member else { return Some(TeamAnswer::Refused(Refusal::OnlyInServers)) };
    match right {
        _ if member.manages => None,
        Right::Say => None,
        Right::Manage => Some(TeamAnswer::Refused(Refusal::NotAManager)),
        // Who may write is a setting.
        Right::Write => match &situation.team {
            Stored::Unreadable => Some(TeamAnswer::Unreadable),
            team => {
                let lets_write = team.value().is_some_and(|team| team.settings.lets_write(member));
                (!lets_write).then_some(TeamAnswer::Refused(Refusal::NotAWriter))
            }
        },
    }
}

/// Whether the team wants answers to be seen by the asker alone where nothing else was chosen. That is so as well where nobody
/// can read what it wants: a private answer can be shared.
pub(super) fn is_private(situation: &Situation) -> bool {
    wants(situation, |settings| settings.is_private)
}

/// Whether the team lets nobody else see answers in the channel.
pub(super) fn is_confined(situation: &Situation) -> bool {
    let Some(member) = &situation.member else { return false };
    situation.team.value().is_some_and(|team| !team.settings.is_public_in(&member.channels))
}

fn wants(situation: &Situation, setting: impl Fn(&Settings) -> bool) -> bool {
    match &situation.team {
        _ if situation.member.is_none() => false,
        Stored::Value(team) => setting(&team.settings),
        Stored::Absent => false,
        Stored::Unreadable => true,
    }
}
