//! Shortens every reply so that it fits into Discord, whatever the text or the data.
//!
//! First each part is shortened to its own limit:
//! - A line or a label is cut with an ellipsis. So is the description.
//! - A field loses its last paragraphs. If its first one is too long by itself, that is cut.
//! - Of too many fields the one of the lowest [`Priority`] goes first, and of several the last one.
//! - Of too many rows, buttons or options the last one goes first, but Delete and Share stay.
//! - A button, a menu or an option goes if its state is too long or occurs twice.
//!
//! Then, if the embed as a whole is too long, it loses in this order:
//! 1. the cited pages, what the article says, and what explains the answer: of each the last field first, and of that the
//!    last paragraphs;
//! 2. the end of the description, down to [`DESCRIPTION_KEEPS`];
//! 3. the answer's own fields in the same way.

use std::cmp::Reverse;

use super::custom_id::Verb;
use super::limits;
use super::misfits::{Fault, Misfit, Part, in_embed, in_rows};
use super::reply::{Embed, Field, Priority, Reply, Row};
use super::text::Text;

/// Units of the description that stay until there is nothing else to shorten: the takeaway is in them.
const DESCRIPTION_KEEPS: usize = 1024;
/// With fewer units than this a field says nothing, and is left out.
const FIELD_KEEPS: usize = 64;
/// Rounds of shortening. What a round leaves, such as a row that lost its last button, is shortened in the next one.
const ROUNDS: usize = 8;

/// The reply, shortened where Discord would refuse it.
pub(super) fn fit(mut reply: Reply) -> Reply {
    shorten(&mut reply.embed, in_embed, shorten_embed);
    shorten(&mut reply.rows, |rows| in_rows(rows), shorten_rows);
    if let Some(chart) = &mut reply.chart {
        chart.description = limits::cut(&chart.description, limits::ATTACHMENT_DESCRIPTION);
    }
    reply
}

fn shorten<T>(whole: &mut T, misfits: impl Fn(&T) -> Vec<Misfit>, shorten: impl Fn(&mut T, &Misfit)) {
    for _ in 0..ROUNDS {
        let misfits = misfits(whole);
        // From the last to the first, so that one that goes does not move another that is still to be shortened.
        for misfit in misfits.iter().rev() {
            // Shortening the parts may be enough for the whole.
            if misfit.part != Part::Embed || misfits.len() == 1 {
                shorten(whole, misfit);
            }
        }
        if misfits.is_empty() {
            return;
        }
    }
}

fn shorten_embed(embed: &mut Embed, misfit: &Misfit) {
    match misfit.part {
        Part::Author => embed.author = embed.author.take().map(|author| limits::cut(&author, limits::EMBED_AUTHOR)),
        Part::Title => embed.title = limits::cut(&embed.title, limits::EMBED_TITLE),
        Part::Description => embed.description = embed.description.cut(limits::EMBED_DESCRIPTION),
        Part::Fields => {
            while embed.fields.len() > limits::EMBED_FIELDS
                && let Some(at) = first_to_go(embed, Priority::Answer)
            {
                embed.fields.remove(at);
            }
        }
        Part::FieldName(at) => {
            if let Some(field) = embed.fields.get_mut(at) {
                field.name = limits::cut(&field.name, limits::FIELD_NAME);
            }
        }
        Part::Field(at) if misfit.fault == Fault::Empty => drop(embed.fields.remove(at)),
        Part::Field(at) => {
            if let Some(field) = embed.fields.get_mut(at) {
                shorten_field(field, limits::FIELD_VALUE);
            }
        }
        Part::Footer => embed.footer = embed.footer.take().map(|footer| limits::cut(&footer, limits::EMBED_FOOTER)),
        Part::Embed => shorten_whole(embed),
        _ => {}
    }
}

fn shorten_whole(embed: &mut Embed) {
    shorten_fields(embed, Priority::Detail);
    let most = embed.description.length().saturating_sub(excess(embed)).max(DESCRIPTION_KEEPS);
    embed.description = embed.description.cut(most);
    shorten_fields(embed, Priority::Answer);
}

/// How much too long an embed is.
fn excess(embed: &Embed) -> usize {
    embed.length().saturating_sub(limits::EMBED_TOTAL)
}

/// Shortens fields up to a priority until the embed fits or none of them is left.
fn shorten_fields(embed: &mut Embed, up_to: Priority) {
    loop {
        let excess = excess(embed);
        let Some(at) = first_to_go(embed, up_to).filter(|_| excess > 0) else { return };
        let Some(field) = embed.fields.get_mut(at) else { return };
        let most = field.length().saturating_sub(excess);
        let keeps_a_paragraph = field.paragraphs.first().is_some_and(|first| first.length() + MORE <= most);
        if keeps_a_paragraph || (field.priority == Priority::Answer && most >= FIELD_KEEPS) {
            shorten_field(field, most);
        } else {
            embed.fields.remove(at);
        }
    }
}

/// The field that goes first among those up to a priority.
fn first_to_go(embed: &Embed, up_to: Priority) -> Option<usize> {
    let fields = embed.fields.iter().enumerate().filter(|(_, field)| field.priority <= up_to);
    fields.min_by_key(|(at, field)| (field.priority, Reverse(*at))).map(|(at, _)| at)
}

/// The length of a last paragraph that shows that some are missing, and of the line break before it.
const MORE: usize = 2;

/// Shortens a field to at most `most` units, at least [`FIELD_KEEPS`] or those of its first paragraph.
fn shorten_field(field: &mut Field, most: usize) {
    while field.length() + MORE > most && field.paragraphs.len() > 1 {
        field.paragraphs.pop();
    }
    match field.paragraphs.as_mut_slice() {
        [only] if only.length() + MORE > most => *only = only.cut(most),
        _ => field.paragraphs.push(Text::plain(limits::ELLIPSIS.to_string())),
    }
}

fn shorten_rows(rows: &mut Vec<Row>, misfit: &Misfit) {
    match (misfit.part, misfit.fault) {
        (Part::Rows, _) => remove_beyond(rows, limits::ROWS, |row| match row {
            Row::Buttons(buttons) => buttons.iter().any(|button| stays(&button.verb)),
            Row::Menu(_) | Row::Select(_) => false,
        }),
        (Part::Row(at), Fault::Empty) | (Part::Menu(at), _) => drop(rows.remove(at)),
        (Part::Row(at), _) => match rows.get_mut(at) {
            Some(Row::Buttons(buttons)) => {
                remove_beyond(buttons, limits::BUTTONS_IN_ROW, |button| stays(&button.verb));
            }
            Some(Row::Menu(menu)) => menu.options.truncate(limits::MENU_OPTIONS),
            Some(Row::Select(_)) | None => {}
        },
        (Part::Placeholder(at), _) => {
            if let Some(Row::Menu(menu)) = rows.get_mut(at) {
                menu.placeholder = limits::cut(&menu.placeholder, limits::MENU_TEXT);
            }
        }
        (Part::Control(at, index), _) => match rows.get_mut(at) {
            Some(Row::Buttons(buttons)) => drop(buttons.remove(index)),
            Some(Row::Menu(menu)) => drop(menu.options.remove(index)),
            Some(Row::Select(_)) | None => {}
        },
        (Part::Label(at, index), _) => cut_label(rows, at, index),
        _ => {}
    }
}

/// Whether a button stays as long as any: everybody has to be able to get rid of an answer, and to share one.
fn stays(verb: &Verb) -> bool {
    matches!(verb, Verb::Delete | Verb::Share(_))
}

/// Removes items until there are at most `most`: the last ones first, but none that stays while there is another.
fn remove_beyond<T>(items: &mut Vec<T>, most: usize, stays: impl Fn(&T) -> bool) {
    while items.len() > most {
        match items.iter().rposition(|item| !stays(item)) {
            Some(at) => drop(items.remove(at)),
            None => items.truncate(most),
        }
    }
}

fn cut_label(rows: &mut [Row], at: usize, index: usize) {
    match rows.get_mut(at) {
        Some(Row::Buttons(buttons)) => {
            if let Some(button) = buttons.get_mut(index) {
                button.label = limits::cut(&button.label, limits::BUTTON_LABEL);
            }
        }
        Some(Row::Menu(menu)) => {
            if let Some(option) = menu.options.get_mut(index) {
                option.label = limits::cut(&option.label, limits::MENU_TEXT);
                option.description = limits::cut(&option.description, limits::MENU_TEXT);
            }
        }
        Some(Row::Select(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::custom_id::Verb;
    use super::super::misfits::misfits;
    use super::super::reply::{Button, Embed, Field, Menu, MenuOption, Priority, Reply, Row, Style};
    use super::super::text::Text;
    use super::{DESCRIPTION_KEEPS, fit, limits};
    use crate::domain::request::View;

    fn field(name: &str, priority: Priority, paragraphs: usize, length: usize) -> Field {
        let paragraph = |number: usize| Text::plain(format!("{number} {}", "é".repeat(length - 2)));
        Field { name: name.to_owned(), paragraphs: (1..=paragraphs).map(paragraph).collect(), inline: false, priority }
    }

    fn reply(description: usize, fields: Vec<Field>) -> Reply {
        let embed = Embed {
            author: None,
            title: "Title".to_owned(),
            description: Text::plain("日".repeat(description)),
            colour: 0,
            fields,
            footer: None,
        };
        Reply { embed, rows: Vec::new(), chart: None, file: None }
    }

    /// What is left of a reply: the length of its description, and of each field its name and its paragraphs.
    #[track_caller]
    fn check_embed(reply: Reply, description: usize, expected: &[(&str, &[usize])]) {
        let fitted = fit(reply);
        assert_eq!(misfits(&fitted), []);
        let lengths = |field: &Field| field.paragraphs.iter().map(Text::length).collect::<Vec<_>>();
        let fields: Vec<(&str, Vec<usize>)> =
            fitted.embed.fields.iter().map(|field| (field.name.as_str(), lengths(field))).collect();
        let expected: Vec<(&str, Vec<usize>)> = expected.iter().map(|(name, all)| (*name, all.to_vec())).collect();
        assert_eq!((fitted.embed.description.length(), fields), (description, expected));
    }

    #[test]
    fn each_part_is_shortened_to_its_own_limit() {
        check_embed(reply(5000, Vec::new()), limits::EMBED_DESCRIPTION, &[]);
        check_embed(reply(1, vec![field("one", Priority::Answer, 1, 2000)]), 1, &[("one", &[1024])]);
        check_embed(reply(1, vec![field("three", Priority::Answer, 3, 400)]), 1, &[("three", &[400, 400, 1])]);
        check_embed(reply(1, vec![field(" ", Priority::Answer, 1, 10)]), 1, &[]);
    }

    #[test]
    fn of_too_many_fields_the_least_important_go_first_and_of_those_the_last() {
        let mut fields: Vec<Field> = (0..30).map(|_| field("detail", Priority::Detail, 1, 3)).collect();
        fields.insert(0, field("source", Priority::Sources, 1, 3));
        fields.push(field("answer", Priority::Answer, 1, 3));
        let left = fit(reply(1, fields)).embed.fields;
        assert_eq!(left.len(), limits::EMBED_FIELDS);
        assert!(left.iter().all(|field| field.priority > Priority::Sources));
        assert_eq!(left.last().map(|field| field.priority), Some(Priority::Answer));
    }

    #[test]
    fn a_reply_that_is_too_long_as_a_whole_loses_what_matters_least() {
        let all = |sources: usize| {
            vec![
                field("answer", Priority::Answer, 2, 500),
                field("detail", Priority::Detail, 2, 500),
                field("background", Priority::Background, 2, 500),
                field("sources", Priority::Sources, sources, 100),
            ]
        };
        let kept: &[usize] = &[500, 500];
        // All but the description and the sources come to 3,030.
        check_embed(
            reply(2100, all(9)),
            2100,
            &[
                ("answer", kept),
                ("detail", kept),
                ("background", kept),
                ("sources", &[100, 100, 100, 100, 100, 100, 100, 100, 1]),
            ],
        );
        check_embed(reply(3000, all(9)), 3000, &[("answer", kept), ("detail", kept), ("background", &[500, 1])]);
        check_embed(reply(3900, all(9)), 3900, &[("answer", kept), ("detail", kept)]);
        let answers = (0..6).map(|_| field("answer", Priority::Answer, 1, 900)).collect();
        let one: (&str, &[usize]) = ("answer", &[900]);
        check_embed(reply(4096, answers), DESCRIPTION_KEEPS, &[one, one, one, one, one, ("answer", &[435])]);
    }

    fn button(label: &str, verb: Verb, custom_id: &str) -> Button {
        Button { label: label.to_owned(), style: Style::Primary, verb, custom_id: custom_id.to_owned() }
    }

    /// Buttons as their states, and menus as those of their options.
    #[track_caller]
    fn check_rows(rows: Vec<Row>, expected: &[&str]) {
        let fitted = fit(Reply { rows, ..reply(1, Vec::new()) });
        assert_eq!(misfits(&fitted), []);
        let states = |row: &Row| match row {
            Row::Buttons(buttons) => {
                buttons.iter().map(|button| button.custom_id.as_str()).collect::<Vec<_>>().join(" ")
            }
            Row::Menu(menu) => menu.options.iter().map(|option| option.value.as_str()).collect::<Vec<_>>().join(" "),
            Row::Select(select) => select.custom_id.clone(),
        };
        assert_eq!(fitted.rows.iter().map(states).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_does_not_fit_into_rows_is_left_out_but_delete_and_share_stay() {
        let show = |state: &str| button("Show", Verb::Show(View::Help), state);
        let long = "x".repeat(limits::CUSTOM_ID + 1);
        check_rows(vec![Row::Buttons(vec![show("a"), show(&long), show("b"), show("a")])], &["a b"]);
        check_rows(vec![Row::Buttons(vec![show(&long)]), Row::Buttons(vec![show("a")])], &["a"]);
        let mut seven: Vec<Button> = ["a", "b", "c", "d", "e", "f"].map(show).into();
        seven.push(button("Delete", Verb::Delete, "delete"));
        check_rows(vec![Row::Buttons(seven)], &["a b c d delete"]);
        let mut rows: Vec<Row> = ["a", "b", "c", "d", "e", "f"].map(|state| Row::Buttons(vec![show(state)])).into();
        rows.push(Row::Buttons(vec![button("Share", Verb::Share(View::Help), "share")]));
        check_rows(rows, &["a", "b", "c", "d", "share"]);
        let option = |value: &str| MenuOption {
            label: "🦀".repeat(80),
            description: "é".repeat(200),
            view: View::Help,
            value: value.to_owned(),
        };
        let options: Vec<MenuOption> = (0..30).map(|number| option(&number.to_string())).collect();
        let numbers: Vec<String> = (0..25).map(|number| number.to_string()).collect();
        let menu = |custom_id: &str, options| {
            Row::Menu(Menu { custom_id: custom_id.to_owned(), placeholder: "日".repeat(200), many: true, options })
        };
        check_rows(vec![menu("menu", options)], &[&numbers.join(" ")]);
        check_rows(vec![menu("menu", vec![option("1"), option(&long), option("1")])], &["1"]);
        check_rows(vec![menu(&long, vec![option("1")]), menu("empty", Vec::new())], &[]);
    }
}
