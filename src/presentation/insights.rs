//! How it looks what was asked in a server.

use super::chart::{Bar, Chart, Subject};
use super::entry::list;
use super::overview::framed;
use super::reply::{Priority, Reply};
use super::text::Text;
use super::{Context, limits, wording};
use crate::domain::answer::CountName;
use crate::domain::knowledge::Side;
use crate::domain::team::{Count, bounds};

/// Topics of the list.
const LISTED: usize = 12;
/// Bars of the picture.
const BARS: usize = 8;
/// Units beside a bar.
const BAR_TITLE: usize = 22;

/// What was asked about one thing, with all direct answers of it.
struct Sum {
    name: String,
    count: Count,
}

pub(super) fn insights(counts: &[(CountName<'_>, Count)], context: Context<'_>) -> Reply {
    let sums = sums(counts);
    if sums.is_empty() {
        return framed(wording::INSIGHTS, Text::plain(wording::NO_INSIGHTS), Vec::new(), footer(), Vec::new());
    }
    let (asked, useful, useless) = sums.iter().fold((0, 0, 0), |(asked, useful, useless), sum| {
        (asked + sum.count.asked, useful + sum.count.useful, useless + sum.count.useless)
    });
    let lines = sums.iter().take(LISTED).map(|sum| {
        let Count { asked, useful, useless, .. } = sum.count;
        Text::plain("• ").strong(sum.name.as_str()).and(format!(": {}", wording::asked(asked, useful, useless)))
    });
    let mut fields = list(wording::ASKED, Priority::Answer, lines.collect());
    let doubted = counts.iter().filter_map(|(name, count)| match name {
        CountName::Topic(_, Some(answer)) if count.useless > count.useful => {
            Some(Text::plain(format!("• {} ({})", answer.question, wording::votes(count.useful, count.useless))))
        }
        _ => None,
    });
    fields.extend(list(wording::DOUBTED, Priority::Detail, doubted.take(LISTED).collect()));
    let description = Text::plain(wording::insights(asked, useful, useless, bounds::DAYS));
    let reply = framed(wording::INSIGHTS, description, fields, footer(), Vec::new());
    // Two bars are easier read as numbers.
    let chart = (sums.len() > 2).then(|| chart(&sums, context));
    Reply { chart, ..reply }
}

fn footer() -> Option<String> {
    Some(wording::INSIGHTS_FOOTER.to_owned())
}

/// The counts by topic, what was asked most often first.
fn sums(counts: &[(CountName<'_>, Count)]) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    for (name, count) in counts {
        let name = match name {
            CountName::Topic(topic, _) => topic.entry.title.clone(),
            CountName::Project(project) => project.entry.title.clone(),
            CountName::Tools => wording::TOOLS.to_owned(),
            CountName::Unanswered => wording::WITHOUT_ANSWER.to_owned(),
        };
        match sums.iter_mut().find(|sum| sum.count.of.topic == count.of.topic) {
            Some(sum) => {
                sum.count.asked += count.asked;
                sum.count.useful += count.useful;
                sum.count.useless += count.useless;
            }
            None => sums.push(Sum { name, count: count.clone() }),
        }
    }
    sums.sort_by(|a, b| (b.count.asked, &a.name).cmp(&(a.count.asked, &b.name)));
    sums
}

fn chart(sums: &[Sum], context: Context<'_>) -> Chart {
    let bars = sums.iter().take(BARS).map(|sum| Bar {
        title: limits::cut(&sum.name, BAR_TITLE),
        points: i32::try_from(sum.count.asked).unwrap_or(i32::MAX),
    });
    let bars: Vec<Bar> = bars.collect();
    let listed: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.title, bar.points)).collect();
    let subject =
        |name: &str| Subject { name: name.to_owned(), colour: context.knowledge.subject(Side::Second).colour };
    Chart {
        title: wording::INSIGHTS.to_owned(),
        result: wording::days(bounds::DAYS),
        // All bars go one way.
        subjects: [subject(""), subject(wording::TIMES_ASKED)],
        bars,
        description: wording::insights_chart(&listed),
    }
}
