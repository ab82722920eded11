//! What there is to say where something is set against something else that is not compared.

use super::Core;
use crate::answer::{Answer, Known, Other};
use crate::deciding::{Decision, Signs, decide_of_both};
use crate::finding::Passage;
use crate::knowledge::{Point, Side, Tool};
use crate::matching::{Label, Pairing};

/// What was understood of such a text, by indexes in the knowledge.
#[derive(Debug)]
pub(super) struct OtherQuestion {
    pairing: Pairing,
    known: Option<KnownOf>,
}

/// What is known of a side in what the text asks about.
#[derive(Debug)]
struct KnownOf {
    side: Side,
    /// A topic or a kind of project.
    label: Label,
    /// Indexes among the points of a topic, or among the weights of a kind of project.
    points: Vec<usize>,
}

/// Statements about the named side that are shown.
const STATEMENTS: usize = 2;

impl Core {
    /// What a text that sets something against something else asks about the side that is ours.
    pub(super) fn other_question(&self, pairing: Pairing, text: &str, signs: Signs) -> OtherQuestion {
        let known = match (pairing.rivals.as_slice(), pairing.sides.as_slice()) {
            ([_, ..], [side]) => self.known_of(*side, text, signs),
            _ => None,
        };
        OtherQuestion { pairing, known }
    }

    fn known_of(&self, side: Side, text: &str, signs: Signs) -> Option<KnownOf> {
        let understanding = self.understand_text(text, self.sentences_for(signs));
        // The rival speaks for "none of the others", whatever the rest of the text means.
        let Decision::Answer(label) = decide_of_both(&understanding) else { return None };
        let mut points: Vec<usize> = match label {
            Label::Compare(topic) => {
                let found = self.find(&understanding, self.finder.len()).into_iter();
                let of_side = found.filter_map(|found| match found.passage {
                    Passage::Point { topic: at, side: of, point } => (at == topic && of == side).then_some(point),
                    Passage::Answer { .. } => None,
                });
                of_side.collect()
            }
            Label::Recommend(project) => {
                let weights = self.knowledge.projects.get(project).map_or(&[][..], |project| &project.weights);
                let mut weights: Vec<_> = weights.iter().enumerate().filter(|(_, one)| one.toward == side).collect();
                weights.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.points));
                weights.into_iter().map(|(at, _)| at).collect()
            }
            Label::Onboarding | Label::Help | Label::None => return None,
        };
        points.truncate(STATEMENTS);
        (!points.is_empty()).then_some(KnownOf { side, label, points })
    }

    pub(super) fn answer_other(&self, question: &OtherQuestion) -> Answer<'_> {
        let pairing = &question.pairing;
        let tools = &self.knowledge.tools;
        let is_called = |tool: &Tool, name: &str| tool.names.iter().any(|own| own.eq_ignore_ascii_case(name));
        let rivals = pairing.rivals.iter().filter_map(|at| self.names.rival(*at));
        let rivals = rivals.map(|name| (name, tools.iter().find(|tool| is_called(tool, name)))).collect();
        let sides = pairing.sides.iter().map(|side| self.knowledge.subject(*side)).collect();
        let tools = pairing.tools.iter().filter_map(|at| tools.get(*at)).collect();
        let known = question.known.as_ref().and_then(|known| self.known(known));
        Answer::Other(Other { rivals, sides, tools, known })
    }

    fn known(&self, of: &KnownOf) -> Option<Known<'_>> {
        let (entry, all): (_, Vec<&Point>) = match of.label {
            Label::Compare(at) => {
                let topic = self.knowledge.topics.get(at)?;
                (&topic.entry, topic.points(of.side).iter().collect())
            }
            Label::Recommend(at) => {
                let project = self.knowledge.projects.get(at)?;
                (&project.entry, project.weights.iter().map(|weight| &weight.reason).collect())
            }
            Label::Onboarding | Label::Help | Label::None => return None,
        };
        let points = of.points.iter().filter_map(|at| all.get(*at).copied()).collect();
        Some(Known { side: of.side, entry, points })
    }
}
