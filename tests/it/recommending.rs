//! Recommendations: which side suits which project, why, and what would turn it.

use std::collections::BTreeSet;

use expect_test::expect;
use once_cell::sync::Lazy;
use versus::domain::answer::Answer;
use versus::domain::core::Core;
use versus::domain::knowledge::{Factor, Leaning, Side, Strength, Value};
use versus::domain::recommendation::{Change, Flip, Recommendation, recommend};
use versus::domain::request::{Description, Kind, Part, Request, View};
use versus::domain::situation::Audience;
use versus::presentation::custom_id::Asker;
use versus::presentation::plain::{self, Layout};
use versus::presentation::{Reader, limits, misfits};
use versus::shell::data;

use crate::road::{answer, show};

static CORE: Lazy<Core> = Lazy::new(|| data::load(None).expect("the compiled-in knowledge is good"));

/// Which side suits which kind of project, as it was found out before there were weights.
const KINDS: [(&str, &str); 23] = [
    ("chat-app", "nodejs strong"),
    ("e-commerce", "nodejs slight"),
    ("marketplace", "nodejs slight"),
    ("cms", "even"),
    ("rest-api", "even"),
    ("microservices", "even"),
    ("data-pipeline", "python strong"),
    ("machine-learning", "python strong"),
    ("scientific-computing", "python strong"),
    ("government", "even"),
    ("website", "even"),
    ("streaming", "nodejs slight"),
    ("dashboard", "even"),
    ("desktop-app", "nodejs slight"),
    ("game", "even"),
    ("automation", "python strong"),
    ("iot", "python slight"),
    ("serverless", "even"),
    ("cli-tool", "python slight"),
    ("prototype", "python slight"),
    ("web-scraping", "python slight"),
    ("enterprise", "even"),
    ("other", "depends"),
];

/// A description in few characters, such as `chat-app:EpDf`: the kind of project, and capital letters as the codes of factors
/// with small ones as those of their values.
fn described(text: &str) -> Description {
    let (kind, stated) = text.split_once(':').unwrap_or((text, ""));
    let kind = match kind {
        "" => Kind::Open,
        "-" => Kind::Skipped,
        id => Kind::Of(id.to_owned()),
    };
    let mut described = Description { kind, ..Description::default() };
    let mut factor = String::new();
    for code in stated.chars() {
        if code.is_ascii_uppercase() {
            factor = code.to_string();
        }
        let values = described.stated.entry(factor.clone()).or_default();
        values.extend(code.is_ascii_lowercase().then(|| code.to_string()));
    }
    described
}

fn weigh(described: &Description) -> Recommendation<'static> {
    recommend(CORE.knowledge(), described)
}

/// The same the other way round.
fn state(described: &Description) -> String {
    let stated = described.stated.iter().map(|(factor, values)| {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        format!("{factor}{}", values.concat())
    });
    format!("{:?}:{}?{:?}", described.kind, stated.collect::<String>(), described.changing)
}

fn name(leaning: Leaning) -> String {
    let id = |side: Side| CORE.knowledge().subject(side).id.as_str();
    match leaning {
        Leaning::Toward(side, Strength::Strong) => format!("{} strong", id(side)),
        Leaning::Toward(side, Strength::Slight) => format!("{} slight", id(side)),
        Leaning::Even => "even".to_owned(),
        Leaning::Depends => "depends".to_owned(),
    }
}

/// A change in few characters, such as `E:p>n`.
fn short(change: &Change<'_>) -> String {
    let code = |value: Option<&Value>| value.map_or("-".to_owned(), |value| value.code.clone());
    format!("{}:{}>{}", change.factor.code, code(change.from), code(change.to))
}

fn short_flip(flip: &Flip<'_>) -> String {
    let changes: Vec<String> = flip.changes.iter().map(short).collect();
    format!("{} {}", changes.join("+"), name(flip.leaning))
}

#[test]
fn each_kind_of_project_leans_as_it_is_known_to() {
    for (id, expected) in KINDS {
        let found = weigh(&Description::of(id));
        let told = name(found.leaning);
        // What pulls apart is even as well; the words say which it is.
        let same =
            told == expected || (told == "depends" && expected == "even") || (told == "even" && expected == "depends");
        assert!(same, "{id} comes to {told}, {} points", found.score);
        assert_eq!(found.project.map(|project| project.entry.id.as_str()), Some(id));
    }
}

#[test]
fn a_described_project_is_weighed_as_one_would_by_hand() {
    let states = [
        // Nothing is known.
        "",
        "-",
        "-:PECHDBSAF",
        // Real-time machine learning.
        "machine-learning:Pr",
        "machine-learning:Prl",
        // A chat by a team that knows Python and has a fixed date.
        "chat-app:EpDf",
        "chat-app:Ep",
        "chat-app:EpCpDf",
        "chat-app:En",
        // Factors without a kind.
        "-:Ep",
        "-:EpDf",
        "-:Prd",
        "-:PrlcdAm",
        // Budgets, sectors, places.
        "e-commerce:CpBt",
        "iot:Ho",
        "other:En",
        "data-pipeline:EnCnFj",
        "government:Ss",
    ];
    let mut told = String::new();
    for state in states {
        let found = weigh(&described(state));
        let first = found.reasons.first().map_or("nothing", |reason| reason.criterion.id.as_str());
        let flips: Vec<String> = found.flips.iter().map(short_flip).collect();
        told += &format!("{state:?} → {} {:+}, by {first}; {}\n", name(found.leaning), found.score, flips.join(", "));
    }
    expect![[r#"
        "" → depends +0, by nothing; 
        "-" → depends +0, by nothing; 
        "-:PECHDBSAF" → depends +0, by nothing; 
        "machine-learning:Pr" → python slight -5, by data-libraries; A:m>c depends
        "machine-learning:Prl" → python slight -3, by data-libraries; F:->j depends, H:->e depends, E:->n depends
        "chat-app:EpDf" → depends +0, by team; P:->l nodejs slight, F:->j nodejs slight, H:->e nodejs slight
        "chat-app:Ep" → nodejs slight +3, by connections; P:->d depends, C:->p depends, D:->f depends
        "chat-app:EpCpDf" → python slight -3, by team; P:->l depends, F:->j depends, H:->e depends
        "chat-app:En" → nodejs strong +9, by connections; E:n>p+A:->m depends
        "-:Ep" → python slight -3, by team; P:->l even, E:p>x even, F:->j even
        "-:EpDf" → python strong -6, by team; E:p>x even
        "-:Prd" → even +0, by connections; P:->l nodejs slight, F:->j nodejs slight, H:->e nodejs slight
        "-:PrlcdAm" → python slight -3, by data-libraries; F:->j depends, H:->e depends, P:d>- depends
        "e-commerce:CpBt" → python slight -5, by existing-code; B:t>a depends, C:p>o even
        "iot:Ho" → depends -1, by libraries; P:->c python slight, E:->x python slight, F:->s python slight
        "other:En" → nodejs slight +3, by team; P:->d even, E:n>b depends, C:->p even
        "data-pipeline:EnCnFj" → depends +1, by libraries; H:->o nodejs slight, B:->t nodejs slight, P:->l nodejs slight
        "government:Ss" → even -1, by years; P:->c python slight, E:->x python slight, F:->s python slight
    "#]]
    .assert_eq(&told);
}

#[test]
fn the_bars_the_reasons_and_the_sum_agree() {
    for described in descriptions(12) {
        let found = weigh(&described);
        let signed = |toward: Side, points: i32| if toward == Side::BOTH[0] { -points } else { points };
        let reasons: i32 = found.reasons.iter().map(|reason| signed(reason.toward, reason.points)).sum();
        let bars: i32 = found.criteria.iter().map(|(_, points)| points).sum();
        assert_eq!((reasons, bars), (found.score, found.score), "{}", state(&described));
        assert!(found.reasons.iter().all(|reason| reason.points > 0 && !reason.sources.is_empty()));
    }
}

/// Every kind of project and none, each with this many sets of factors; the same ones at each run.
fn descriptions(sets: usize) -> Vec<Description> {
    let kinds = KINDS.iter().map(|(id, _)| Kind::Of((*id).to_owned())).chain([Kind::Skipped]);
    let mut random = Random(7);
    let mut all = Vec::new();
    for kind in kinds {
        for set in 0..sets {
            let mut described = Description { kind: kind.clone(), ..Description::default() };
            for factor in &CORE.knowledge().weighing.factors {
                // The first set is empty, later ones are fuller and fuller.
                if random.below(sets) < set {
                    described.stated.insert(factor.code.clone(), values(factor, &mut random));
                }
            }
            all.push(described);
        }
    }
    all
}

/// Some values of a factor, at most one where only one may hold.
fn values(factor: &Factor, random: &mut Random) -> BTreeSet<String> {
    let most = if factor.many { factor.values.len() } else { 1 };
    let codes: Vec<&String> = factor.values.iter().map(|value| &value.code).collect();
    (0..random.below(most + 1)).map(|_| codes[random.below(codes.len())].clone()).collect()
}

/// Numbers that look random, from Knuth's linear congruential generator MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }
}

/// Every description in which one factor is another: the code of the factor, and the description.
fn neighbours(described: &Description) -> Vec<(&'static str, Description)> {
    let project = weigh(described).project;
    let mut all = Vec::new();
    for (place, factor) in CORE.knowledge().weighing.factors.iter().enumerate() {
        let implied =
            project.into_iter().flat_map(|project| &project.implied).filter(|implied| implied.factor == place);
        let implied: BTreeSet<&String> =
            implied.flat_map(|implied| &implied.values).map(|at| &factor.values[*at].code).collect();
        let stated = described.stated.get(&factor.code).cloned().unwrap_or_default();
        for code in factor.values.iter().map(|value| &value.code) {
            let mut changed = stated.clone();
            match factor.many {
                true if stated.contains(code) => _ = changed.remove(code),
                true => _ = changed.insert(code.clone()),
                false => changed = [code.clone()].into(),
            }
            // What goes with the kind of project cannot be taken away, and saying it again changes nothing.
            let mut neighbour = described.clone();
            neighbour.stated.insert(factor.code.clone(), changed);
            if !(factor.many && implied.contains(code)) {
                all.push((factor.code.as_str(), neighbour));
            }
        }
    }
    all
}

fn side(leaning: Leaning) -> Option<Side> {
    match leaning {
        Leaning::Toward(side, _) => Some(side),
        Leaning::Even | Leaning::Depends => None,
    }
}

/// The description after a change that is told.
fn after(described: &Description, flip: &Flip<'_>) -> Description {
    let mut after = described.clone();
    for change in &flip.changes {
        let values = after.stated.entry(change.factor.code.clone()).or_default();
        if let Some(from) = change.from {
            values.remove(&from.code);
        }
        values.extend(change.to.map(|to| to.code.clone()));
    }
    after
}

/// Tries everything that one change of a factor could do.
fn check_flips(described: &Description) {
    let found = weigh(described);
    let what =
        format!("{} {}: {:?}", state(described), found.score, found.flips.iter().map(short_flip).collect::<Vec<_>>());
    for flip in &found.flips {
        let turned = weigh(&after(described, flip));
        assert_eq!((turned.score, turned.leaning), (flip.score, flip.leaning), "{what}");
        assert_ne!(side(turned.leaning), side(found.leaning), "{what}");
    }
    if found.reasons.is_empty() {
        assert!(found.flips.is_empty(), "there is nothing to turn: {what}");
        return;
    }
    let mut smallest: Vec<(&str, i32)> = Vec::new();
    for (factor, neighbour) in neighbours(described) {
        let turned = weigh(&neighbour);
        let distance = (turned.score - found.score).abs();
        match smallest.iter_mut().find(|(other, _)| *other == factor) {
            _ if side(turned.leaning) == side(found.leaning) => {}
            Some((_, least)) => *least = distance.min(*least),
            None => smallest.push((factor, distance)),
        }
    }
    smallest.sort_by_key(|(_, distance)| *distance);
    let told: Vec<(&str, i32)> = found
        .flips
        .iter()
        .filter_map(|flip| match flip.changes.as_slice() {
            [change] => Some((change.factor.code.as_str(), (flip.score - found.score).abs())),
            _ => None,
        })
        .collect();
    smallest.truncate(3);
    assert_eq!(told, smallest, "{what}");
    assert!(!told.is_empty() || found.flips.len() <= 1, "{what}");
    if found.flips.first().is_some_and(|flip| flip.changes.len() > 2) {
        for (_, neighbour) in neighbours(described).into_iter().flat_map(|(_, one)| neighbours(&one)) {
            assert_eq!(side(weigh(&neighbour).leaning), side(found.leaning), "{what}, but {}", state(&neighbour));
        }
    }
}

#[test]
fn what_is_told_to_turn_it_does_and_nothing_smaller_would() {
    let all = descriptions(36);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(threads)) {
            scope.spawn(|| part.iter().for_each(check_flips));
        }
    });
}

#[test]
fn whatever_is_stated_fits_into_a_message() {
    let knowledge = CORE.knowledge();
    let parts: Vec<Option<Part>> = [None, Some(Part::Kind)]
        .into_iter()
        .chain(knowledge.weighing.factors.iter().map(|factor| Some(Part::Factor(factor.code.clone()))))
        .collect();
    for (at, mut described) in descriptions(40).into_iter().enumerate() {
        described.changing = parts[at % parts.len()].clone();
        let answer = answer(&CORE, &Request::Show(View::Project(described.clone())));
        for audience in [Audience::Everyone, Audience::OnlyAsker] {
            let question = Some("é 日 🦀 ".repeat(1000));
            let reply =
                show(&CORE, &answer, &Reader { asker: Asker::default(), audience, question, ..Reader::default() });
            assert_eq!(misfits(&reply), [], "{}", state(&described));
            let description = reply.chart.as_ref().map_or("", |chart| chart.description.as_str());
            assert!(limits::length(description) <= limits::ATTACHMENT_DESCRIPTION, "{description}");
            assert!(!plain::text(&reply, Layout::PLAIN).is_empty());
        }
    }
}

#[test]
fn what_the_data_does_not_know_is_left_out() {
    let same = [
        ("chat-app:Zz", "chat-app"),
        ("chat-app:EqPr", "chat-app:EPr"),
        ("chat-app:PrrQab", "chat-app:Pr"),
        ("chat-app:Pzr", "chat-app:Pr"),
        ("-:Zabc", "-"),
    ];
    for (forged, honest) in same {
        let [forged, honest] = [forged, honest].map(|state| weigh(&described(state)));
        assert_eq!((forged.score, &forged.description), (honest.score, &honest.description));
    }
    let changing = Description { changing: Some(Part::Factor("Z".into())), ..described("chat-app") };
    assert_eq!(weigh(&changing).description, described("chat-app"));
    // Only the first of several values that exclude each other holds.
    assert_eq!(weigh(&described("-:Epnbx")).score, weigh(&described("-:Ep")).score);
    for id in ["gone", "chat app", "é日🦀", "../chat-app", "CHAT-APP"] {
        let not_found = answer(&CORE, &Request::Show(View::Project(Description::of(id))));
        assert!(matches!(not_found, Answer::NotFound), "{id}");
        assert!(weigh(&Description::of(id)).project.is_none(), "{id}");
    }
}

#[test]
fn questions_come_to_an_end_and_skipping_all_of_them_changes_nothing() {
    for (id, _) in KINDS {
        let bare = weigh(&Description::of(id));
        let mut described = Description::of(id);
        for left in (1..=bare.questions_left).rev() {
            let found = weigh(&described);
            assert_eq!((found.score, found.questions_left), (bare.score, left), "{}", state(&described));
            match found.next {
                Some(versus::domain::recommendation::Next::Factor(factor)) => {
                    described.stated.insert(factor.code.clone(), BTreeSet::new());
                }
                other => panic!("{id}: {other:?}"),
            }
        }
        assert!(weigh(&described).next.is_none(), "{id}");
    }
}
