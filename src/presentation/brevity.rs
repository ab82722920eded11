//! Puts together as much of a brief answer as a phone shows at once.

use unicode_width::UnicodeWidthChar;

use super::limits;
use super::reply::Embed;
use super::text::Text;

/// A line of a brief answer, and how much it matters.
struct Line {
    text: Text,
    /// Nothing where the line always stays.
    may_go: Option<MayGo>,
    /// Whether it is cut where there is no room for all of it.
    shrinks: bool,
}

/// When a line is left out.
#[derive(Clone, Copy)]
pub(super) struct MayGo {
    /// What is left out first has the greatest number. Lines of the same number stay or go together.
    pub(super) rank: usize,
    /// Units that the answer may have with it.
    pub(super) aim: usize,
}

/// A brief answer while it is put together.
#[derive(Default)]
pub(super) struct Draft {
    lines: Vec<Line>,
}

impl Draft {
    /// Adds a line that always stays.
    pub(super) fn stays(&mut self, text: Text) {
        self.lines.push(Line { text, may_go: None, shrinks: false });
    }

    /// Adds a line that always stays, and is cut where there is no room for all of it.
    pub(super) fn shrinks(&mut self, text: Text) {
        self.lines.push(Line { text, may_go: None, shrinks: true });
    }

    /// Adds a line that is left out where there is no room for it.
    pub(super) fn may_go(&mut self, may_go: MayGo, text: Text) {
        self.lines.push(Line { text, may_go: Some(may_go), shrinks: false });
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines that an embed has room for beside what is in it already.
    pub(super) fn finish(mut self, embed: &Embed) -> Text {
        let mut size = Size::of(embed);
        let stays = self.lines.iter().filter(|line| line.may_go.is_none() && !line.shrinks);
        stays.for_each(|line| size.add(&line.text));
        let shrinking = || self.lines.iter().filter(|line| line.shrinks);
        let mut least: Vec<Size> = shrinking().map(|line| Size::alone(&line.text.cut(SHORTEST))).collect();
        least.reverse();
        for line in self.lines.iter_mut().filter(|line| line.shrinks) {
            // Each leaves room for the least of those that follow.
            least.pop();
            let with = least.iter().fold(size, |size, least| size.and(*least));
            with.shrink(&mut line.text);
            size.add(&line.text);
        }
        let mut ranks: Vec<usize> = self.lines.iter().filter_map(|line| Some(line.may_go?.rank)).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let mut kept = Vec::new();
        for rank in ranks {
            let mut with = size;
            let mut aim = limits::BRIEF_MOST;
            for (line, may_go) in self.lines.iter().filter_map(|line| Some((line, line.may_go?))) {
                if may_go.rank == rank {
                    with.add(&line.text);
                    aim = aim.min(may_go.aim);
                }
            }
            if with.units <= aim && with.lines <= limits::BRIEF_LINES {
                size = with;
                kept.push(rank);
            }
        }
        let stays = |line: &Line| line.may_go.is_none_or(|may_go| kept.contains(&may_go.rank));
        Text::lines(self.lines.into_iter().filter(stays).map(|line| line.text))
    }
}

/// How large a brief answer is on a phone.
#[derive(Clone, Copy, Default)]
struct Size {
    units: usize,
    lines: usize,
}

impl Size {
    /// The size of an embed without what can be pressed.
    fn of(embed: &Embed) -> Self {
        let mut size = Self::default();
        for text in [embed.author.as_deref(), Some(embed.title.as_str()), embed.footer.as_deref()] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                size.add_text(text);
            }
        }
        if !embed.description.is_empty() {
            size.add(&embed.description);
        }
        for field in &embed.fields {
            size.add_text(&field.name);
            size.add(&field.text());
        }
        size
    }

    /// The size of a text by itself.
    fn alone(text: &Text) -> Self {
        let mut size = Self::default();
        size.add(text);
        size
    }

    fn and(self, other: Self) -> Self {
        Self { units: self.units + other.units, lines: self.lines + other.lines }
    }

    /// Whether there is room for a text beside what is counted already.
    fn has_room_for(self, text: &Text) -> bool {
        let with = self.and(Self::alone(text));
        with.units <= limits::BRIEF_MOST && with.lines <= limits::BRIEF_LINES
    }

    /// Cuts a text to as much as there is room for.
    fn shrink(self, text: &mut Text) {
        if self.has_room_for(text) {
            return;
        }
        let length = text.length();
        let mut lengths: Vec<usize> = (SHORTEST..=length).rev().step_by(SHORTER_BY).skip(1).collect();
        lengths.reverse();
        // What is shorter takes no more lines, so that half of what is left can be passed over each time.
        let fitting = lengths.partition_point(|most| self.has_room_for(&text.cut(*most)));
        let most = fitting.checked_sub(1).and_then(|longest| lengths.get(longest));
        *text = text.cut(most.copied().unwrap_or(SHORTEST));
    }

    fn add(&mut self, text: &Text) {
        self.add_text(&text.visible());
    }

    fn add_text(&mut self, text: &str) {
        self.units += limits::length(text) + 1;
        self.lines += lines(text, limits::PHONE_COLUMNS);
    }
}

/// Units by which a text is shortened until there is room for it.
const SHORTER_BY: usize = 20;
/// With fewer units than this it says nothing.
const SHORTEST: usize = 60;

/// How large an embed is on a phone: units without addresses, and lines.
pub fn size(embed: &Embed) -> (usize, usize) {
    let size = Size::of(embed);
    (size.units, size.lines)
}

/// The lines that a text takes where a line has so many columns; a line breaks between words, and within a word that is longer.
pub fn lines(text: &str, columns: usize) -> usize {
    text.split('\n').map(|line| wrapped(line, columns)).sum()
}

fn wrapped(line: &str, columns: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split(' ') {
        let width = width(word);
        if used > 0 && used + 1 + width > columns {
            lines += 1;
            used = 0;
        }
        used += width + usize::from(used > 0);
        while used > columns {
            lines += 1;
            used -= columns;
        }
    }
    lines
}

/// The columns of a word.
fn width(word: &str) -> usize {
    // Most words are plain letters, and need not be looked up.
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return word.len();
    }
    word.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::{Draft, lines, size};
    use crate::presentation::limits;
    use crate::presentation::reply::Embed;
    use crate::presentation::text::Text;

    #[test]
    fn lines_that_shrink_leave_room_for_each_other() {
        let mut draft = Draft::default();
        draft.stays(Text::plain("é".repeat(200)));
        for text in ["日", "🦀", "x"] {
            draft.shrinks(Text::plain(text.repeat(300)));
        }
        let (author, title) = (Some("日".repeat(120)), "日".repeat(40));
        let (description, fields, footer) = (Text::default(), Vec::new(), None);
        let mut embed = Embed { author, title, description, colour: 0, fields, footer };
        embed.description = draft.finish(&embed);
        let (units, lines) = size(&embed);
        assert!(units <= limits::BRIEF_MOST && lines <= limits::BRIEF_LINES, "{units} units, {lines} lines");
        for text in ["日", "🦀", "x"] {
            assert!(embed.description.visible().contains(text), "something of each is left");
        }
    }

    #[test]
    fn a_line_breaks_between_words_and_within_a_long_one() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("one two", 10), 1);
        assert_eq!(lines("one two three", 10), 2);
        assert_eq!(lines("one\n\ntwo", 10), 3);
        assert_eq!(lines("abcdefghijklm", 10), 2);
        assert_eq!(lines("日本語日本語", 10), 2);
        assert_eq!(lines("🦀🦀🦀🦀🦀", 10), 1);
    }
}
