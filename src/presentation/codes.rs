//! The part of a state that depends on the data: a described project as a set over the codes of the data, and a quiz.
//!
//! A project takes one bit for each factor and each value, in the order of their codes, so that the order in the data does not
//! matter: forty factors of six values come to 35 bytes. Each state begins with a digest of what it depends on. Where the
//! digest of today's data is another one the state is refused, because its bits or answers would mean something else.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::hash::Hasher;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use siphasher::sip::SipHasher24;

use super::custom_id::Unreadable;
use crate::domain::knowledge::{Knowledge, QuizQuestion, Weighing};
use crate::domain::request::{Description, Kind, Part, Quiz};

/// The data that states are written and read with. Nothing is computed before it is needed.
#[derive(Debug)]
pub struct Codes<'k> {
    weighing: &'k Weighing,
    /// The ids of all kinds of project.
    kinds: Vec<&'k str>,
    questions: &'k [QuizQuestion],
    table: OnceCell<Table<'k>>,
    questions_digest: OnceCell<u32>,
}

/// What a bit stands for.
#[derive(Debug)]
struct Table<'k> {
    /// The code of each factor and those of its values, both sorted.
    factors: Vec<(&'k str, Vec<&'k str>)>,
    digest: u32,
}

// Stand for what is not a kind of project and not a factor.
const OPEN: u32 = 0;
const SKIPPED: u32 = 1;
const NOTHING: u8 = 0;
const KIND: u8 = 1;
/// The number of the first factor among the parts that can be changed.
const FIRST_FACTOR: usize = 2;

/// Stands behind the answers of a quiz whose last one is to be explained.
const EXPLAINS: char = '!';

impl<'k> Codes<'k> {
    /// Those of the data.
    pub fn of(knowledge: &'k Knowledge) -> Self {
        let kinds = knowledge.projects.iter().map(|project| project.entry.id.as_str()).collect();
        Self {
            weighing: &knowledge.weighing,
            kinds,
            questions: &knowledge.onboarding.questions,
            table: OnceCell::new(),
            questions_digest: OnceCell::new(),
        }
    }

    fn table(&self) -> &Table<'k> {
        self.table.get_or_init(|| Table::of(self.weighing))
    }

    /// A digest of everything that a quiz consists of, in the order of the data, because chance chooses by it.
    fn questions_digest(&self) -> u32 {
        let compute = || {
            let texts = self.questions.iter().flat_map(|question| {
                let own = [&question.id, &question.text, &question.right];
                own.into_iter().chain(&question.wrong).map(String::as_str).chain([END])
            });
            digest(texts)
        };
        *self.questions_digest.get_or_init(compute)
    }

    /// A project in few characters: the digest of the codes, the kind of project, what somebody wants to change, and a bit for
    /// each factor and value.
    pub(super) fn write_project(&self, project: &Description) -> String {
        let table = self.table();
        let kind = match &project.kind {
            Kind::Open => OPEN,
            Kind::Skipped => SKIPPED,
            Kind::Of(id) => kind_digest(id),
        };
        let changing = match &project.changing {
            None => NOTHING,
            Some(Part::Kind) => KIND,
            Some(Part::Factor(code)) => table.number(code),
        };
        let mut bytes = [table.digest.to_be_bytes(), kind.to_be_bytes()].concat();
        bytes.push(changing);
        let bits: Vec<bool> = table.bits(project).collect();
        bytes
            .extend(bits.chunks(8).map(|bits| (0..).zip(bits).map(|(at, bit)| u8::from(*bit) << (7 - at)).sum::<u8>()));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Self::write_project`] wrote.
    pub(super) fn read_project(&self, text: &str) -> Result<Description, Unreadable> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Unreadable::Unknown)?;
        let (digest, rest) = bytes.split_first_chunk().ok_or(Unreadable::Unknown)?;
        let (kind, rest) = rest.split_first_chunk().ok_or(Unreadable::Unknown)?;
        let (changing, bits) = rest.split_first().ok_or(Unreadable::Unknown)?;
        let table = self.table();
        if u32::from_be_bytes(*digest) != table.digest {
            return Err(Unreadable::Older);
        }
        let kind = match u32::from_be_bytes(*kind) {
            OPEN => Kind::Open,
            SKIPPED => Kind::Skipped,
            digest => {
                let mut kinds = self.kinds.iter().filter(|id| kind_digest(id) == digest);
                match (kinds.next(), kinds.next()) {
                    (Some(id), None) => Kind::Of((*id).to_owned()),
                    _ => return Err(Unreadable::Older),
                }
            }
        };
        let mut project = table.project(bits).ok_or(Unreadable::Unknown)?;
        project.kind = kind;
        project.changing = table.part(*changing).ok_or(Unreadable::Unknown)?;
        Ok(project)
    }

    /// A quiz in few characters: the digest of all questions with its number, and the answers.
    pub(super) fn write_quiz(&self, quiz: &Quiz) -> String {
        let bytes = [self.questions_digest().to_be_bytes(), quiz.number.to_be_bytes()].concat();
        let answers: String = quiz.answers.iter().filter_map(|answer| char::from_digit((*answer).into(), 10)).collect();
        let explains = if quiz.explains { EXPLAINS.to_string() } else { String::new() };
        format!("{}:{answers}{explains}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads what [`Self::write_quiz`] wrote.
    pub(super) fn read_quiz(&self, text: &str) -> Result<Quiz, Unreadable> {
        let (quiz, digest) = read_quiz(text).ok_or(Unreadable::Unknown)?;
        if digest == self.questions_digest() { Ok(quiz) } else { Err(Unreadable::Older) }
    }
}

/// A quiz, and the digest of the questions that it was written with.
fn read_quiz(text: &str) -> Option<(Quiz, u32)> {
    let (numbers, answers) = text.split_once(':')?;
    let numbers = URL_SAFE_NO_PAD.decode(numbers).ok()?;
    let (digest, number) = numbers.split_first_chunk()?;
    let number = u32::from_be_bytes(number.try_into().ok()?);
    let explains = answers.ends_with(EXPLAINS);
    let answers = answers.strip_suffix(EXPLAINS).unwrap_or(answers).chars();
    let answers = answers.map(|digit| digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()));
    let quiz = Quiz { number, answers: answers.collect::<Option<_>>()?, explains };
    Some((quiz, u32::from_be_bytes(*digest)))
}

impl<'k> Table<'k> {
    fn of(weighing: &'k Weighing) -> Self {
        let factors = weighing.factors.iter().map(|factor| {
            let mut values: Vec<&str> = factor.values.iter().map(|value| value.code.as_str()).collect();
            values.sort_unstable();
            (factor.code.as_str(), values)
        });
        let mut factors: Vec<(&str, Vec<&str>)> = factors.collect();
        factors.sort_unstable();
        let codes = factors
            .iter()
            .flat_map(|(factor, values)| [*factor].into_iter().chain(values.iter().copied()).chain([END]));
        let digest = digest(codes);
        Self { factors, digest }
    }

    /// Whether each factor was stated, and which of its values were.
    fn bits(&self, project: &Description) -> impl Iterator<Item = bool> {
        self.factors.iter().flat_map(|(factor, values)| {
            let stated = project.stated.get(*factor);
            let values = values.iter().map(move |value| stated.is_some_and(|stated| stated.contains(*value)));
            std::iter::once(stated.is_some()).chain(values)
        })
    }

    /// The project that bytes stand for; nothing if they cannot have been written with these codes.
    fn project(&self, bytes: &[u8]) -> Option<Description> {
        let length: usize = self.factors.iter().map(|(_, values)| 1 + values.len()).sum();
        if bytes.len() != length.div_ceil(8) {
            return None;
        }
        let mut bits = bytes.iter().flat_map(|byte| (0..8).map(move |at| byte << at & 0x80 != 0));
        let mut project = Description::default();
        for (factor, values) in &self.factors {
            let is_stated = bits.next()?;
            let mut stated = BTreeSet::new();
            for value in values {
                if bits.next()? {
                    stated.insert((*value).to_owned());
                }
            }
            match is_stated {
                true => _ = project.stated.insert((*factor).to_owned(), stated),
                false if stated.is_empty() => {}
                false => return None,
            }
        }
        (!bits.any(|bit| bit)).then_some(project)
    }

    /// The number of a factor among the parts that can be changed.
    fn number(&self, code: &str) -> u8 {
        let at = self.factors.iter().position(|(factor, _)| *factor == code);
        // A number that does not fit belongs to a state that is too long anyway.
        at.and_then(|at| u8::try_from(at + FIRST_FACTOR).ok()).unwrap_or(NOTHING)
    }

    /// The part of a number; nothing inside if nothing is to be changed.
    fn part(&self, number: u8) -> Option<Option<Part>> {
        match number {
            NOTHING => Some(None),
            KIND => Some(Some(Part::Kind)),
            number => {
                let (code, _) = self.factors.get(usize::from(number) - FIRST_FACTOR)?;
                Some(Some(Part::Factor((*code).to_owned())))
            }
        }
    }
}

/// Stands for a kind of project, whose id would take most of a state.
fn kind_digest(id: &str) -> u32 {
    digest([id]).max(SKIPPED + 1)
}

/// Ends a list within what is digested; no text is written so.
const END: &str = "\0";

/// Half of SipHash-2-4 over texts, the same on every machine and in every version.
fn digest<'t>(texts: impl IntoIterator<Item = &'t str>) -> u32 {
    // Nobody is kept from computing it, so the key is no secret.
    let mut hasher = SipHasher24::new_with_key(&[0; 16]);
    for text in texts {
        hasher.write(text.as_bytes());
        // No byte of UTF-8 is this one.
        hasher.write(&[0xff]);
    }
    hasher.finish() as u32
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Codes, Description, OnceCell, QuizQuestion, Unreadable, Weighing};
    use crate::domain::knowledge::{Factor, Value};
    use crate::domain::request::{Kind, Part, Quiz};

    /// Factors of which several values may hold, each with its code and the letters that are its values' codes.
    pub(in super::super) fn weighing(factors: &[(&str, &str)]) -> Weighing {
        let value = |code: char| Value {
            id: code.to_string(),
            code: code.to_string(),
            title: code.to_string(),
            unites: Vec::new(),
            doubles: Vec::new(),
            weights: Vec::new(),
        };
        let factor = |(code, values): &(&str, &str)| Factor {
            id: (*code).to_owned(),
            code: (*code).to_owned(),
            title: (*code).to_owned(),
            question: (*code).to_owned(),
            many: true,
            values: values.chars().map(value).collect(),
        };
        Weighing { factors: factors.iter().map(factor).collect(), ..Weighing::default() }
    }

    /// A project of no kind with values of factors, by their codes.
    pub(in super::super) fn project(stated: &[(&str, &str)]) -> Description {
        let stated =
            stated.iter().map(|(factor, values)| ((*factor).to_owned(), values.chars().map(String::from).collect()));
        Description { stated: stated.collect(), ..Description::default() }
    }

    /// Codes of factors and kinds of project, without a quiz.
    pub(in super::super) fn codes<'k>(weighing: &'k Weighing, kinds: &[&'k str]) -> Codes<'k> {
        let (table, questions_digest) = (OnceCell::new(), OnceCell::new());
        Codes { weighing, kinds: kinds.to_vec(), questions: &[], table, questions_digest }
    }

    const FACTORS: [(&str, &str); 3] = [("E", "pnx"), ("P", "lrcd"), ("D", "f")];

    /// A state that was written with [`FACTORS`], as it is read with other ones.
    #[track_caller]
    fn check(factors: &[(&str, &str)], kinds: &[&str], readable: bool) {
        let mut written = project(&[("P", "lr"), ("D", "")]).of_kind("cms");
        written.changing = Some(Part::Factor("E".into()));
        let then = weighing(&FACTORS);
        let state = codes(&then, &["chat", "cms"]).write_project(&written);
        let now = weighing(factors);
        let read = codes(&now, kinds).read_project(&state);
        assert_eq!(read, if readable { Ok(written) } else { Err(Unreadable::Older) });
    }

    #[test]
    fn a_state_means_the_same_or_is_refused_after_a_change_of_the_data() {
        let kinds = ["chat", "cms"];
        check(&FACTORS, &kinds, true);
        check(&FACTORS, &["cms", "game", "chat"], true);
        check(&[("D", "f"), ("P", "dcrl"), ("E", "nxp")], &kinds, true);
        check(&FACTORS, &["chat"], false);
        check(&[("E", "pnx"), ("P", "lrcd")], &kinds, false);
        check(&[("E", "pnx"), ("P", "lrc"), ("D", "f")], &kinds, false);
        check(&[("E", "pnx"), ("P", "lrc"), ("D", "df")], &kinds, false);
        check(&[("E", "pnx"), ("P", "lrcd"), ("D", "f"), ("A", "m")], &kinds, false);
        check(&[("EP", "nx"), ("P", "lrcd"), ("D", "f")], &kinds, false);
    }

    #[test]
    fn every_set_of_values_is_written_and_read_again() {
        let weighing = weighing(&FACTORS);
        let codes = codes(&weighing, &["cms"]);
        let sets = [&[][..], &[("E", "")], &[("E", "pnx"), ("P", "lrcd"), ("D", "f")], &[("E", "n"), ("D", "f")]];
        for stated in sets {
            for kind in [Kind::Open, Kind::Skipped, Kind::Of("cms".into())] {
                for changing in [None, Some(Part::Kind), Some(Part::Factor("D".into()))] {
                    let written = Description { kind: kind.clone(), changing, ..project(stated) };
                    assert_eq!(codes.read_project(&codes.write_project(&written)), Ok(written));
                }
            }
        }
    }

    #[test]
    fn bits_that_nobody_wrote_are_unknown() {
        let weighing = weighing(&FACTORS);
        let codes = codes(&weighing, &[]);
        let written = codes.write_project(&Description::default());
        // One character more or less, a value without its factor, a bit behind the last one.
        for forged in [
            format!("{written}AA"),
            written.replacen("AA", "", 1),
            swap_last(&written, "AQ"),
            swap_last(&written, "AE"),
        ] {
            assert_ne!(codes.read_project(&forged), Ok(Description::default()), "{forged}");
            assert!(codes.read_project(&forged).is_err(), "{forged}");
        }
    }

    fn swap_last(state: &str, last: &str) -> String {
        let kept = state.chars().count() - last.chars().count();
        state.chars().take(kept).chain(last.chars()).collect()
    }

    fn question(id: &str, wrong: &[&str]) -> QuizQuestion {
        let text = |text: &str| text.to_owned();
        QuizQuestion {
            id: text(id),
            text: text("Which é?"),
            right: text("right"),
            wrong: wrong.iter().copied().map(text).collect(),
            explanation: text("Because."),
            topic: text("taste"),
            sources: Vec::new(),
        }
    }

    /// A state of a quiz of one question, as it is read with other questions.
    #[track_caller]
    fn check_quiz(questions: &[QuizQuestion], readable: bool) {
        let weighing = Weighing::default();
        let quiz = Quiz::new(u32::MAX).answered(3);
        let state = Codes { questions: &[question("cup", &["日", "🦀"])], ..codes(&weighing, &[]) }.write_quiz(&quiz);
        let read = Codes { questions, ..codes(&weighing, &[]) }.read_quiz(&state);
        assert_eq!(read, if readable { Ok(quiz) } else { Err(Unreadable::Older) });
    }

    #[test]
    fn a_quiz_is_refused_after_a_change_of_its_questions() {
        let cup = || question("cup", &["日", "🦀"]);
        check_quiz(&[cup()], true);
        check_quiz(&[QuizQuestion { explanation: "Else.".into(), topic: "caffeine".into(), ..cup() }], true);
        check_quiz(&[], false);
        check_quiz(&[cup(), question("pot", &["日"])], false);
        check_quiz(&[question("cup", &["日"])], false);
        check_quiz(&[question("cup", &["🦀", "日"])], false);
        check_quiz(&[QuizQuestion { text: "Which?".into(), ..cup() }], false);
        check_quiz(&[QuizQuestion { right: "日".into(), wrong: vec!["right".into(), "🦀".into()], ..cup() }], false);
    }
}
