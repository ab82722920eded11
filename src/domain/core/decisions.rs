//! Votes and decisions: who may start and record them, and what becomes of that.

use std::collections::BTreeMap;

use super::Core;
use super::team::{UNKNOWN_DAY, is_confined, refusal};
use crate::answer::{Answer, DecisionAnswer, NoteSubject, Proposal, TeamAnswer};
use crate::deciding::Signs;
use crate::decisions::{Choice, Decision, Source, Status, Step, Words, Written, usual_options};
use crate::knowledge::{Entry, Leaning, Side};
use crate::outcome::{DecisionEffect, Effect, Outcome};
use crate::recommendation::recommend;
use crate::request::{DecisionRequest, View};
use crate::situation::{Audience, Needs, Situation, Stored, TeamNeed, WhichDecisions};
use crate::team::{Right, Subject};

/// What is to be done with votes and decisions. After this step nobody reads a text again.
#[derive(Debug)]
pub(super) enum Task {
    /// A vote, with what it is about as far as that is known, or what comes closest.
    Vote(Written, Result<Option<Subject>, Vec<Subject>>, Option<Source>),
    VoteForm(Option<Written>, Option<Source>),
    RecordForm(u32, Option<Words>),
    Step(u32, Step),
    Export,
}

impl Task {
    pub(super) fn needs(&self) -> Needs {
        let decisions = match self {
            Self::Vote(..) | Self::VoteForm(..) => WhichDecisions::None,
            Self::RecordForm(number, _) => WhichDecisions::Of(vec![*number]),
            Self::Step(number, Step::Supersede(by)) => WhichDecisions::Of(vec![*number, *by]),
            Self::Step(number, _) => WhichDecisions::Of(vec![*number]),
            Self::Export => WhichDecisions::All,
        };
        Needs { decisions, team: TeamNeed::Now, ..Needs::default() }
    }

    /// Everybody may read; who may write notes decides as well.
    fn right(&self) -> Option<Right> {
        match self {
            Self::Vote(..) | Self::VoteForm(..) | Self::RecordForm(..) | Self::Step(..) => Some(Right::Write),
            Self::Export => None,
        }
    }
}

/// The decisions that a view shows.
pub(super) fn needed_by(view: &View) -> WhichDecisions {
    match view {
        View::Decision(number) => WhichDecisions::Of(vec![*number]),
        View::Decisions(_) => WhichDecisions::All,
        _ => WhichDecisions::None,
    }
}

impl Core {
    pub(super) fn understand_decision(&self, request: &DecisionRequest, signs: Signs) -> Task {
        match request {
            DecisionRequest::Vote(written, topic, view) => {
                let source = view.as_ref().and_then(Source::of);
                let subject = self.subject_of_vote(written, topic.trim(), source.as_ref(), signs);
                Task::Vote(written.clone(), subject, source)
            }
            DecisionRequest::EditVote(written, view) => {
                Task::VoteForm(written.clone(), view.as_ref().and_then(Source::of))
            }
            DecisionRequest::EditRecord(number, words) => Task::RecordForm(*number, words.clone()),
            DecisionRequest::Step(number, step) => Task::Step(*number, step.clone()),
            DecisionRequest::Export => Task::Export,
        }
    }

    /// Whether a sentence has to be read to understand such a request.
    pub(super) fn reads_sentence_for(&self, request: &DecisionRequest) -> bool {
        match request {
            DecisionRequest::Vote(written, topic, view) => match topic.trim() {
                "" => view.is_none() && !written.question.trim().is_empty(),
                name => self.decided_of_name(name).is_none(),
            },
            _ => false,
        }
    }

    /// The topic, the tool or the kind of project that is called so.
    fn decided_of_name(&self, name: &str) -> Option<Subject> {
        let is_named = |entry: &Entry| [&entry.id, &entry.title].iter().any(|own| own.eq_ignore_ascii_case(name));
        let project = || self.knowledge.projects.iter().find(|project| is_named(&project.entry));
        self.subject_of_name(name).or_else(|| project().map(|project| Subject::Project(project.entry.id.clone())))
    }

    /// What a vote is about: the topic, tool or kind of project that was named, else that of the answer it was started from, else
    /// what the question means beyond doubt.
    fn subject_of_vote(
        &self,
        written: &Written,
        topic: &str,
        source: Option<&Source>,
        signs: Signs,
    ) -> Result<Option<Subject>, Vec<Subject>> {
        if !topic.is_empty() {
            return self.decided_of_name(topic).map_or_else(|| self.meant(topic, signs), Ok).map(Some);
        }
        Ok(match source {
            Some(Source::Topic(id)) => Some(Subject::Topic(id.clone())),
            Some(Source::Answer(id)) => {
                self.knowledge.direct_answer(id).map(|(topic, _)| Subject::Topic(topic.entry.id.clone()))
            }
            Some(Source::Tools(ids)) => match ids.as_slice() {
                [id] => Some(Subject::Tool(id.clone())),
                _ => None,
            },
            Some(Source::Project(kind, _)) => kind.clone().map(Subject::Project),
            None => self.meant(written.question.trim(), signs).ok(),
        })
    }

    /// Answers what concerns votes and decisions. Whether the person may do it is decided here, by the rights that came with
    /// the request.
    pub(super) fn decide_on(&self, task: &Task, situation: &Situation) -> Outcome<'_> {
        let refused = match task.right() {
            Some(right) => refusal(right, situation),
            None => outside(situation),
        };
        let (answer, effect) = match refused {
            Some(TeamAnswer::Refused(refusal)) => (DecisionAnswer::Refused(refusal), None),
            Some(_) => (DecisionAnswer::Unreadable, None),
            None => self.carry_out_decision(task, situation),
        };
        let audience = match answer {
            DecisionAnswer::Vote(_) => Audience::Everyone,
            _ => Audience::OnlyAsker,
        };
        let effects = effect.into_iter().map(Effect::Decision).collect();
        Outcome { answer: Answer::Decision(Box::new(answer)), audience, is_confined: is_confined(situation), effects }
    }

    /// What a view of decisions shows.
    pub(super) fn show_decisions(&self, view: &View, situation: &Situation) -> Answer<'_> {
        let answer = match (outside(situation), &situation.decisions, view) {
            (Some(TeamAnswer::Refused(refusal)), ..) => DecisionAnswer::Refused(refusal),
            (_, Stored::Unreadable, _) | (Some(_), ..) => DecisionAnswer::Unreadable,
            (None, stored, View::Decision(number)) => match found(stored, *number) {
                Some(decision) => DecisionAnswer::Shown(Box::new(decision.clone())),
                None => DecisionAnswer::Missing(*number),
            },
            (None, stored, View::Decisions(page)) => {
                DecisionAnswer::Listed(stored.value().cloned().unwrap_or_default(), *page)
            }
            (None, ..) => return Answer::NotFound,
        };
        Answer::Decision(Box::new(answer))
    }

    fn carry_out_decision<'k>(
        &'k self,
        task: &Task,
        situation: &Situation,
    ) -> (DecisionAnswer<'k>, Option<DecisionEffect>) {
        match task {
            Task::Vote(written, subject, source) => self.vote(written, subject, source.as_ref(), situation),
            Task::VoteForm(written, source) => {
                let options = self.usual_options().join("\n");
                let usual = || Written { options, ..Written::default() };
                (DecisionAnswer::VoteForm(written.clone().unwrap_or_else(usual), source.clone()), None)
            }
            Task::Export => match &situation.decisions {
                Stored::Unreadable => (DecisionAnswer::Unreadable, None),
                stored => (DecisionAnswer::Exported(stored.value().cloned().unwrap_or_default()), None),
            },
            Task::RecordForm(number, words) => match of_number(situation, *number) {
                Err(answer) => (*answer, None),
                Ok(decision) => {
                    let step = Step::Record(Words::default());
                    let words = words.clone().unwrap_or_else(|| decision.suggested());
                    let decision = Box::new(decision.clone());
                    match decision.allows(&step, None) {
                        true => (DecisionAnswer::RecordForm(decision, words), None),
                        false => (DecisionAnswer::NotTaken(decision, step), None),
                    }
                }
            },
            Task::Step(number, step) => take_step(*number, step, situation),
        }
    }

    fn vote<'k>(
        &'k self,
        written: &Written,
        subject: &Result<Option<Subject>, Vec<Subject>>,
        source: Option<&Source>,
        situation: &Situation,
    ) -> (DecisionAnswer<'k>, Option<DecisionEffect>) {
        let subject = match subject {
            Ok(subject) => subject.as_ref(),
            Err(near) => {
                return (DecisionAnswer::NoSubject(near.iter().filter_map(|near| self.named(near)).collect()), None);
            }
        };
        let ballot = match written.read(&self.usual_options()) {
            Ok(ballot) => ballot,
            Err(misfits) => return (DecisionAnswer::VoteMisfit(written.clone(), misfits, source.cloned()), None),
        };
        if is_confined(situation) {
            return (DecisionAnswer::Confined, None);
        }
        if !situation.may_post_polls {
            return (DecisionAnswer::NoPolls, None);
        }
        let named = subject.and_then(|subject| self.named(subject));
        let of_subject = || named.map(source_of);
        let source = source.cloned().or_else(of_subject);
        let leaning = source.as_ref().and_then(|source| self.leaning_of(source));
        let choice = |text: &String| Choice { text: text.clone(), votes: 0 };
        let decision = Decision {
            // The storage gives it one.
            number: 0,
            date: situation.today.unwrap_or(UNKNOWN_DAY),
            status: Status::Proposed,
            question: ballot.question.clone(),
            subject: named.and(subject).cloned(),
            source: source.clone(),
            leaning,
            options: ballot.options.iter().map(choice).collect(),
            least: ballot.least,
            is_counted: false,
            words: Words::default(),
        };
        let channel = situation.member.as_ref().and_then(|member| member.channels.first().copied()).unwrap_or_default();
        let effect = DecisionEffect::Propose { decision: Box::new(decision), hours: ballot.hours, channel };
        let source = source.map(|source| (source, leaning));
        (DecisionAnswer::Vote(Box::new(Proposal { ballot, subject: named, source })), Some(effect))
    }

    /// The names of both sides, both, and neither.
    fn usual_options(&self) -> Vec<String> {
        usual_options(Side::BOTH.map(|side| self.knowledge.subject(side).name.as_str()))
    }

    fn leaning_of(&self, source: &Source) -> Option<Leaning> {
        match source {
            Source::Topic(id) => Some(self.knowledge.topic(id)?.entry.leaning),
            Source::Answer(id) => Some(self.knowledge.direct_answer(id)?.0.entry.leaning),
            Source::Tools(_) => None,
            Source::Project(..) => match source.view() {
                View::Project(project) => Some(recommend(&self.knowledge, &project).leaning),
                _ => None,
            },
        }
    }
}

fn source_of(subject: NoteSubject<'_>) -> Source {
    match subject {
        NoteSubject::Topic(topic) => Source::Topic(topic.entry.id.clone()),
        NoteSubject::Tool(tool) => Source::Tools(vec![tool.id.clone()]),
        NoteSubject::Project(project) => Source::Project(Some(project.entry.id.clone()), BTreeMap::new()),
    }
}

/// Why there are no decisions here: each belongs to a server.
fn outside(situation: &Situation) -> Option<TeamAnswer<'static>> {
    use crate::answer::Refusal;
    situation.member.is_none().then_some(TeamAnswer::Refused(Refusal::OnlyInServers))
}

fn take_step(number: u32, step: &Step, situation: &Situation) -> (DecisionAnswer<'static>, Option<DecisionEffect>) {
    let decision = match of_number(situation, number) {
        Ok(decision) => decision,
        Err(answer) => return (*answer, None),
    };
    let other = match step {
        Step::Supersede(by) => found(&situation.decisions, *by),
        Step::Record(_) | Step::Withdraw => None,
    };
    if !decision.allows(step, other) {
        return match step {
            // What was written is not lost where somebody else was faster.
            Step::Supersede(by) if other.is_none() => (DecisionAnswer::Missing(*by), None),
            _ => (DecisionAnswer::NotTaken(Box::new(decision.clone()), step.clone()), None),
        };
    }
    let mut after = decision.clone();
    let today = situation.today.unwrap_or(UNKNOWN_DAY);
    let step = match step {
        Step::Record(words) => match words.checked() {
            Ok(words) => {
                (after.status, after.date, after.words) = (Status::Accepted, today, words.clone());
                Step::Record(words)
            }
            Err(long) => return (DecisionAnswer::RecordMisfit(number, words.clone(), long), None),
        },
        Step::Withdraw => {
            after.status = Status::Withdrawn;
            Step::Withdraw
        }
        Step::Supersede(by) => {
            after.status = Status::SupersededBy(*by);
            Step::Supersede(*by)
        }
    };
    let effect = DecisionEffect::Step { number, step: step.clone(), on: today };
    (DecisionAnswer::Taken(Box::new(after), step), Some(effect))
}

/// The decision of a number, or what there is to say where there is none.
fn of_number(situation: &Situation, number: u32) -> Result<&Decision, Box<DecisionAnswer<'static>>> {
    match &situation.decisions {
        Stored::Unreadable => Err(Box::new(DecisionAnswer::Unreadable)),
        stored => found(stored, number).ok_or_else(|| Box::new(DecisionAnswer::Missing(number))),
    }
}

fn found(stored: &Stored<Vec<Decision>>, number: u32) -> Option<&Decision> {
    stored.value()?.iter().find(|decision| decision.number == number)
}
