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
            Row::Menu(_) => false,
        }),
        (Part::Row(at), Fault::Empty) | (Part::Menu(at), _) => drop(rows.remove(at)),
        (Part::Row(at), _) => match rows.get_mut(at) {
            Some(Row::Buttons(buttons)) => {
                remove_beyond(buttons, limits::BUTTONS_IN_ROW, |button| stays(&button.verb));
            }
            Some(Row::Menu(menu)) => menu.options.truncate(limits::MENU_OPTIONS),
            None => {}
        },
        (Part::Placeholder(at), _) => {
            if let Some(Row::Menu(menu)) = rows.get_mut(at) {
                menu.placeholder = limits::cut(&menu.placeholder, limits::MENU_TEXT);
            }
        }
        (Part::Control(at, index), _) => match rows.get_mut(at) {
            Some(Row::Buttons(buttons)) => drop(buttons.remove(index)),
            Some(Row::Menu(menu)) => drop(menu.options.remove(index)),
            None => {}
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
        None => {}
    }
}
