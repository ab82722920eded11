//! A diverging bar chart: what speaks for the first subject goes to the left, what speaks for the second to the right.

use std::fmt::Write;

/// A chart, drawn by [`Chart::svg`] and by [`Chart::lines`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What is weighed.
    pub title: String,
    /// The result in a few words.
    pub result: String,
    /// The subjects, left and right.
    pub subjects: [Subject; 2],
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
    /// The same in words, for those who cannot see it; at most [`super::limits::ATTACHMENT_DESCRIPTION`] characters.
    pub description: String,
}

/// One of the two subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// The colour of its bars, 0xRRGGBB.
    pub colour: u32,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub title: String,
    /// Its length; negative to the left.
    pub points: i32,
}

/// The name of the picture's file.
pub const FILE: &str = "criteria.png";
/// The family of the font that the picture is drawn with.
pub const FONT: &str = "Inter Medium";

// Pixels. A phone shows the picture at about half its width, so that letters of 28 come to 13 or 14.
const WIDTH: u32 = 800;
const MARGIN: u32 = 32;
const TITLE_HEIGHT: u32 = 118;
const ROW_HEIGHT: u32 = 50;
const FOOT_HEIGHT: u32 = 24;
const BAR_HEIGHT: u32 = 30;
/// Where names end and bars begin.
const BARS_FROM: u32 = 372;
/// Kept free for a number at the end of a bar.
const NUMBER_WIDTH: u32 = 44;
/// The fewest points that a whole bar stands for, so that a single nudge does not look like a landslide.
const LEAST_SCALE: u32 = 4;

// A card with a background of its own looks the same in a dark and in a light theme.
const BACKGROUND: &str = "#1E1F22";
const INK: &str = "#F2F3F5";
const FAINT: &str = "#B5BAC1";
const AXIS: &str = "#80848E";

/// Characters of half a bar in plain text.
const HALF: usize = 5;

impl Chart {
    /// The width and the height of the picture, in pixels.
    pub fn size(&self) -> (u32, u32) {
        (WIDTH, TITLE_HEIGHT + ROW_HEIGHT * u32::try_from(self.bars.len()).unwrap_or(0) + FOOT_HEIGHT)
    }

    /// The chart as an SVG picture. All texts in it are escaped.
    pub fn svg(&self) -> String {
        let (_, height) = self.size();
        let [left, right] = &self.subjects;
        // Where nothing goes to the left, the axis stands there.
        let (half, axis) = match left.name.is_empty() {
            true => (WIDTH - MARGIN - BARS_FROM, BARS_FROM),
            false => ((WIDTH - MARGIN - BARS_FROM) / 2, BARS_FROM + (WIDTH - MARGIN - BARS_FROM) / 2),
        };
        let mut out = String::with_capacity(4096);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="{FONT}" font-size="28" fill="{INK}"><rect width="{WIDTH}" height="{height}" rx="18" fill="{BACKGROUND}"/>"#
        );
        text(&mut out, MARGIN, 50, "start", INK, &format!("{}: {}", self.title, self.result));
        if !left.name.is_empty() {
            text(&mut out, axis - 16, 98, "end", FAINT, &format!("← {}", left.name));
        }
        text(&mut out, axis + 16, 98, "start", FAINT, &format!("{} →", right.name));
        let scale = self.scale();
        for (row, bar) in (0..).zip(&self.bars) {
            let top = TITLE_HEIGHT + row * ROW_HEIGHT;
            let middle = top + ROW_HEIGHT / 2;
            text(&mut out, MARGIN, middle + 10, "start", INK, &bar.title);
            let length = u64::from(half - NUMBER_WIDTH) * u64::from(bar.points.unsigned_abs()) / u64::from(scale);
            let length = u32::try_from(length).unwrap_or(half - NUMBER_WIDTH);
            let (from, number, anchor, colour) = match bar.points {
                ..0 => (axis - length, axis - length - 10, "end", left.colour),
                _ => (axis, axis + length + 10, "start", right.colour),
            };
            let y = middle - BAR_HEIGHT / 2;
            let _ = write!(
                out,
                "<rect x=\"{from}\" y=\"{y}\" width=\"{length}\" height=\"{BAR_HEIGHT}\" rx=\"4\" fill=\"#{colour:06X}\"/>"
            );
            text(&mut out, number, middle + 10, anchor, FAINT, &bar.points.unsigned_abs().to_string());
        }
        let (from, to) = (TITLE_HEIGHT - 6, height - FOOT_HEIGHT + 6);
        let _ = write!(out, r#"<path d="M{axis} {from}V{to}" stroke="{AXIS}" stroke-width="2"/></svg>"#);
        out
    }

    /// The chart as lines of text whose characters stand below each other.
    pub fn lines(&self) -> String {
        let scale = self.scale() as usize;
        let mut out = String::new();
        for bar in &self.bars {
            let length = bar.points.unsigned_abs() as usize * HALF;
            // A bar that is there is seen.
            let filled = "█".repeat(length.div_ceil(scale).min(HALF));
            let (left, right) = if bar.points < 0 { (filled.as_str(), "") } else { ("", filled.as_str()) };
            let points = bar.points.unsigned_abs();
            let _ = writeln!(out, "{left:>HALF$}│{right:<HALF$} {points:>2} {}", bar.title);
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The points that a whole bar stands for.
    fn scale(&self) -> u32 {
        self.bars.iter().map(|bar| bar.points.unsigned_abs()).max().unwrap_or_default().max(LEAST_SCALE)
    }
}

fn text(out: &mut String, x: u32, y: u32, anchor: &str, colour: &str, text: &str) {
    let _ = write!(out, r#"<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">"#);
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::{Bar, Chart, Subject};

    fn chart(bars: &[(&str, i32)]) -> Chart {
        let subject = |name: &str| Subject { name: name.to_owned(), colour: 0 };
        let bar = |(title, points): &(&str, i32)| Bar { title: (*title).to_owned(), points: *points };
        Chart {
            title: "A <shop> & é 日 🦀".to_owned(),
            result: "even".to_owned(),
            subjects: [subject("Tea"), subject("Coffee")],
            bars: bars.iter().map(bar).collect(),
            description: String::new(),
        }
    }

    #[test]
    fn lines_diverge_from_one_axis() {
        let lines = chart(&[("Taste", -8), ("Price", 3), ("Smell", 0), ("Habit", 1)]).lines();
        assert_eq!(lines, "█████│       8 Taste\n     │██     3 Price\n     │       0 Smell\n     │█      1 Habit");
    }

    #[test]
    fn no_text_is_live_in_the_picture() {
        let svg = chart(&[("<script>", 1)]).svg();
        assert!(svg.contains("A &lt;shop&gt; &amp; é 日 🦀: even") && svg.contains("&lt;script&gt;"), "{svg}");
    }
}
