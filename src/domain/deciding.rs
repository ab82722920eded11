//! What to do about a text, from all signs together: answer it, ask back, or say that it is not known.

use super::language::Language;
use super::matching::{Label, Match, Pairing, Understanding};
use super::smalltalk::SmallTalk;
use super::thresholds::{
    ANSWERED_FROM, ASK_BACK_BELOW, ASK_BACK_UNLESS_AHEAD, ASKED_FROM, ASKED_OF_BOTH_FROM, DESCRIBES_FROM_FACTORS,
    HELPS_FROM, HELPS_FROM_SHARE, NO_KIND_BELOW, NO_KIND_BELOW_SHARE, NOTHING_KNOWN_BELOW, OFFERED, SILENT_BELOW,
    SURE_AHEAD_UP_TO, SURE_AT_FIRST, SURE_BY_AHEAD, SURE_BY_BOTH, SURE_BY_SENTENCE, SURE_BY_UNKNOWN, SURE_BY_WORDS,
    SURE_UP_TO, UNKNOWN_BELOW, UNKNOWN_BELOW_IN_HASTE,
};

/// What to do about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Answer what it means.
    Answer(Label),
    /// Ask which of these it means, best first.
    Ask(Vec<Label>),
    /// Say first that something in it is not compared.
    Other(Pairing),
    /// Say something friendly.
    SmallTalk(SmallTalk),
    /// Say in its language that the bot speaks only English.
    Foreign(Language),
    /// Say that it is not understood, or outside of what is known.
    Unknown,
}

/// By what a text is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signs {
    /// By all that is known of it.
    #[default]
    All,
    /// By its words alone, because there is no time to read it as a sentence.
    Words,
}

/// What to do about a text that is addressed to the bot. `stated_factors` counts the factors of a project that the text
/// states; it is called only where that matters.
///
/// A text in which the matching is in doubt still describes a project if it names a kind and states enough factors: nobody
/// says several such things about anything else.
pub fn decide(understanding: &Understanding, signs: Signs, stated_factors: impl FnOnce() -> usize) -> Decision {
    let decision = match (&understanding.against_none, signs) {
        (Some(_), _) => by_confidence(understanding),
        (None, Signs::All) => by_matching(&understanding.candidates, UNKNOWN_BELOW),
        (None, Signs::Words) => by_matching(&understanding.candidates, UNKNOWN_BELOW_IN_HASTE),
    };
    if matches!(decision, Decision::Answer(Label::Recommend(_))) {
        return decision;
    }
    match likeliest_kind(&understanding.candidates) {
        Some(kind) if stated_factors() >= DESCRIBES_FROM_FACTORS => Decision::Answer(Label::Recommend(kind)),
        _ => decision,
    }
}

/// What to do about a text that asks how the two differ and is otherwise not known: it is ours, by whatever it names best.
pub fn decide_of_both(understanding: &Understanding) -> Decision {
    let best = understanding.candidates.iter().find(|found| found.label != Label::None);
    match best {
        Some(best) if best.score >= ASKED_OF_BOTH_FROM => Decision::Answer(best.label),
        _ => Decision::Unknown,
    }
}

/// What to do about a message that was not addressed to the bot: answer only what is beyond doubt.
pub fn decide_overheard(understanding: &Understanding) -> Decision {
    let weighs_both = understanding.chooses && understanding.names == [true, true];
    match understanding.candidates.first() {
        Some(best) if best.label != Label::None && best.score >= SILENT_BELOW && weighs_both => {
            Decision::Answer(best.label)
        }
        _ => Decision::Unknown,
    }
}

/// The kind of project that a text most likely names, as an index in the knowledge. The candidates stand best first.
pub fn likeliest_kind(candidates: &[Match]) -> Option<usize> {
    let of_project = |label: Label| match label {
        Label::Recommend(at) => Some(at),
        _ => None,
    };
    let relevant = candidates.iter().filter(|found| found.label == Label::None || of_project(found.label).is_some());
    let all: f32 = relevant.map(|found| found.score).sum();
    let (at, best) = candidates.iter().find_map(|found| Some((of_project(found.label)?, found.score)))?;
    (best >= NO_KIND_BELOW && best >= NO_KIND_BELOW_SHARE * all).then_some(at)
}

/// How sure it is that the best meaning is right, 0–1: of the answers that are given at 0.9 about nine of ten are.
pub fn confidence(understanding: &Understanding) -> f32 {
    let mut meanings = understanding.candidates.iter().filter(|found| found.label != Label::None);
    let Some(best) = meanings.next() else { return 0.0 };
    let Some(against_none) = &understanding.against_none else { return best.score };
    let ahead = meanings.next().map_or(SURE_AHEAD_UP_TO, |next| (best.score / next.score).ln());
    let sum = SURE_AT_FIRST
        + SURE_BY_SENTENCE * against_none.by_sentence.clamp(-SURE_UP_TO, SURE_UP_TO)
        + SURE_BY_WORDS * against_none.by_words.clamp(-SURE_UP_TO, SURE_UP_TO)
        + SURE_BY_AHEAD * ahead.min(SURE_AHEAD_UP_TO)
        + if understanding.names == [true, true] { SURE_BY_BOTH } else { 0.0 }
        + SURE_BY_UNKNOWN * understanding.terms.unknown_share();
    1.0 / (1.0 + (-sum).exp())
}

fn by_confidence(understanding: &Understanding) -> Decision {
    let labels = understanding.candidates.iter().map(|found| found.label).filter(|label| *label != Label::None);
    let offered: Vec<Label> = labels.take(OFFERED).collect();
    match (offered.first(), confidence(understanding)) {
        (Some(best), confidence) if confidence >= ANSWERED_FROM => Decision::Answer(*best),
        (Some(Label::Help), confidence) if confidence >= HELPS_FROM && is_help(understanding) => {
            Decision::Answer(Label::Help)
        }
        (Some(_), confidence) if confidence >= ASKED_FROM => Decision::Ask(offered),
        _ => Decision::Unknown,
    }
}

fn is_help(understanding: &Understanding) -> bool {
    let mut candidates = understanding.candidates.iter();
    candidates.any(|found| found.label == Label::Help && found.score >= HELPS_FROM_SHARE)
}

/// `unknown_below` is the share of the best meaning in its probability and that of "none of the others".
fn by_matching(candidates: &[Match], unknown_below: f32) -> Decision {
    let none = candidates.iter().find(|found| found.label == Label::None).map_or(0.0, |none| none.score);
    let mut meanings = candidates.iter().filter(|found| found.label != Label::None);
    let is_meant =
        |best: &&Match| best.score >= unknown_below * (best.score + none) && best.score >= NOTHING_KNOWN_BELOW;
    let Some(best) = meanings.next().filter(is_meant) else {
        return Decision::Unknown;
    };
    let next = meanings.next().map_or(0.0, |next| next.score);
    if best.score >= ASK_BACK_BELOW && best.score >= ASK_BACK_UNLESS_AHEAD * next {
        return Decision::Answer(best.label);
    }
    let labels = candidates.iter().map(|found| found.label).filter(|label| *label != Label::None);
    Decision::Ask(labels.take(OFFERED).collect())
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test stops where it cannot go on")]
mod tests {
    use super::{
        ANSWERED_FROM, ASK_BACK_BELOW, ASK_BACK_UNLESS_AHEAD, ASKED_FROM, DESCRIBES_FROM_FACTORS, Decision, Label,
        Match, NO_KIND_BELOW, NO_KIND_BELOW_SHARE, NOTHING_KNOWN_BELOW, OFFERED, SILENT_BELOW, SURE_UP_TO, Signs,
        UNKNOWN_BELOW, UNKNOWN_BELOW_IN_HASTE, Understanding, by_confidence, by_matching, confidence, decide,
        decide_overheard, likeliest_kind,
    };
    use crate::matching::AgainstNone;
    use crate::question::Question;

    const TOPIC: Label = Label::Compare(3);
    const OTHER: Label = Label::Compare(5);
    const KIND: Label = Label::Recommend(7);
    /// Small enough to change nothing but the side of a threshold.
    const HAIR: f32 = 0.000_1;

    fn candidates(scores: &[(Label, f32)]) -> Vec<Match> {
        scores.iter().map(|(label, score)| Match { label: *label, score: *score }).collect()
    }

    fn understood(scores: &[(Label, f32)]) -> Understanding {
        Understanding { candidates: candidates(scores), ..Understanding::of_nothing(Question::read("é 日 🦀")) }
    }

    #[track_caller]
    fn check(scores: &[(Label, f32)], expected: Decision) {
        assert_eq!(by_matching(&candidates(scores), UNKNOWN_BELOW), expected);
    }

    #[test]
    fn the_best_meaning_has_to_stand_out_against_none_of_the_others() {
        let at = |share: f32| [(TOPIC, share), (Label::None, 1.0 - share)];
        check(&at(UNKNOWN_BELOW - HAIR), Decision::Unknown);
        check(&at(UNKNOWN_BELOW), Decision::Answer(TOPIC));
        check(&at(UNKNOWN_BELOW + HAIR), Decision::Answer(TOPIC));
    }

    #[test]
    fn where_all_meanings_are_about_as_likely_nothing_is_known() {
        let at = |score: f32| [(TOPIC, score), (OTHER, score), (KIND, score)];
        check(&at(NOTHING_KNOWN_BELOW - HAIR), Decision::Unknown);
        check(&at(NOTHING_KNOWN_BELOW), Decision::Ask(vec![TOPIC, OTHER, KIND]));
    }

    #[test]
    fn an_unlikely_meaning_is_asked_for() {
        let at = |score: f32| [(TOPIC, score), (OTHER, 0.01)];
        check(&at(ASK_BACK_BELOW - HAIR), Decision::Ask(vec![TOPIC, OTHER]));
        check(&at(ASK_BACK_BELOW), Decision::Answer(TOPIC));
        check(&at(ASK_BACK_BELOW + HAIR), Decision::Answer(TOPIC));
    }

    #[test]
    fn two_meanings_of_about_the_same_score_are_asked_for() {
        let at = |ahead: f32| [(TOPIC, 0.4 * ahead), (OTHER, 0.4)];
        check(&at(ASK_BACK_UNLESS_AHEAD - HAIR), Decision::Ask(vec![TOPIC, OTHER]));
        check(&at(ASK_BACK_UNLESS_AHEAD + HAIR), Decision::Answer(TOPIC));
        check(&at(1.0), Decision::Ask(vec![TOPIC, OTHER]));
    }

    #[test]
    fn no_more_is_offered_than_a_person_reads_and_never_none() {
        let many: Vec<(Label, f32)> =
            (0..9).map(|at| (Label::Compare(at), 0.1)).chain([(Label::None, 0.001)]).collect();
        let Decision::Ask(offered) = by_matching(&candidates(&many), UNKNOWN_BELOW) else {
            panic!("nothing is likely enough")
        };
        assert_eq!(offered, (0..OFFERED).map(Label::Compare).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_unknown() {
        check(&[], Decision::Unknown);
        check(&[(Label::None, 1.0)], Decision::Unknown);
    }

    #[test]
    fn a_kind_needs_a_probability_and_a_share_of_its_own() {
        let kind = |scores: &[(Label, f32)]| likeliest_kind(&candidates(scores));
        assert_eq!(kind(&[(TOPIC, 0.8), (KIND, NO_KIND_BELOW)]), Some(7));
        assert_eq!(kind(&[(TOPIC, 0.8), (KIND, NO_KIND_BELOW - HAIR)]), None);
        let at = |share: f32| [(Label::None, 1.0 - share), (KIND, share)];
        assert_eq!(kind(&at(NO_KIND_BELOW_SHARE + HAIR)), Some(7));
        assert_eq!(kind(&at(NO_KIND_BELOW_SHARE - HAIR)), None);
    }

    #[test]
    fn a_description_is_known_by_its_factors_where_the_matching_is_in_doubt() {
        let doubtful = understood(&[(TOPIC, 0.5), (KIND, 0.5 / ASK_BACK_UNLESS_AHEAD + HAIR)]);
        let stated = |factors: usize| decide(&doubtful, Signs::All, || factors);
        assert_eq!(stated(DESCRIBES_FROM_FACTORS), Decision::Answer(KIND));
        assert_eq!(stated(DESCRIBES_FROM_FACTORS - 1), Decision::Ask(vec![TOPIC, KIND]));
        let sure = understood(&[(Label::Recommend(9), 0.9), (KIND, 0.05)]);
        assert_eq!(decide(&sure, Signs::All, || panic!("it is sure already")), Decision::Answer(Label::Recommend(9)));
        let no_kind = understood(&[(TOPIC, 0.9)]);
        assert_eq!(decide(&no_kind, Signs::All, || panic!("there is no kind")), Decision::Answer(TOPIC));
    }

    /// A text that was read as a sentence, with one meaning and how far it stands against "none of the others".
    fn read(by_sentence: f32, by_words: f32) -> Understanding {
        let against_none = Some(AgainstNone { by_sentence, by_words });
        Understanding { against_none, ..understood(&[(TOPIC, 0.6), (OTHER, 0.2), (Label::None, 0.1)]) }
    }

    #[test]
    fn the_surer_a_sentence_the_more_is_done_about_it() {
        let mut before = (0.0, 0);
        for step in -24..=24 {
            let understanding = read(step as f32 / 2.0, 0.0);
            let confidence = confidence(&understanding);
            let done = match by_confidence(&understanding) {
                Decision::Unknown => 0,
                Decision::Ask(labels) => {
                    assert_eq!(labels, [TOPIC, OTHER]);
                    1
                }
                Decision::Answer(label) => {
                    assert_eq!(label, TOPIC);
                    2
                }
                other => panic!("no label leads to {other:?}"),
            };
            assert_eq!(done, usize::from(confidence >= ASKED_FROM) + usize::from(confidence >= ANSWERED_FROM));
            assert!((confidence, done) >= before && confidence < 1.0, "{step}: {confidence} {done}");
            before = (confidence, done);
        }
        assert_eq!(before.1, 2);
    }

    #[test]
    fn words_alone_do_not_outweigh_a_sentence_about_something_else() {
        assert_eq!(by_confidence(&read(-4.0, SURE_UP_TO)), Decision::Unknown);
    }

    #[test]
    fn in_haste_more_has_to_stand_against_none_of_the_others() {
        let share = (UNKNOWN_BELOW + UNKNOWN_BELOW_IN_HASTE) / 2.0;
        let doubtful = understood(&[(TOPIC, share), (Label::None, 1.0 - share)]);
        assert_eq!(decide(&doubtful, Signs::All, || 0), Decision::Answer(TOPIC));
        assert_eq!(decide(&doubtful, Signs::Words, || 0), Decision::Unknown);
    }

    #[test]
    fn what_was_overheard_is_answered_only_beyond_doubt() {
        let decision = |score: f32, names: [bool; 2], chooses: bool| {
            decide_overheard(&Understanding { names, chooses, ..understood(&[(TOPIC, score)]) })
        };
        assert_eq!(decision(SILENT_BELOW, [true, true], true), Decision::Answer(TOPIC));
        assert_eq!(decision(SILENT_BELOW - HAIR, [true, true], true), Decision::Unknown);
        assert_eq!(decision(SILENT_BELOW, [true, false], true), Decision::Unknown);
        assert_eq!(decision(SILENT_BELOW, [true, true], false), Decision::Unknown);
    }
}
