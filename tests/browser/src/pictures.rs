//! Pictures, compared with those that are kept.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use png::{ColorType, Decoder, Transformations};

/// By how much one channel of a pixel may differ: letters are not drawn the same by every version of a browser.
const CHANNEL: u8 = 48;
/// The share of the pixels of a band that may differ by more, one in so many: a word that changes is more.
const PIXELS: usize = 40;
/// Rows of a band, about as many as a line of text has. The share of a whole picture would hide a line in a long one.
const BAND: usize = 16;
/// Rows or columns by which a picture may be larger or smaller.
const SIZE: u32 = 2;

/// The set variable that keeps new pictures in the place of those that differ.
pub const ACCEPT: &str = "UPDATE_REFERENCES";

/// A picture as it is drawn.
struct Picture {
    width: u32,
    height: u32,
    /// Three channels a pixel.
    pixels: Vec<u8>,
}

/// How a picture differs from the one that is kept; nothing if it does not. A picture that differs is written to `new`, and the
/// one that is kept stays, unless [`ACCEPT`] is set.
pub fn difference(name: &str, png: &[u8], kept: &Path, new: &Path) -> Option<String> {
    let kept = kept.join(format!("{name}.png"));
    let why = match fs::read(&kept) {
        Ok(before) => compare(&read(&before), &read(png))?,
        Err(_) => "there is none yet".to_owned(),
    };
    if std::env::var_os(ACCEPT).is_some() {
        write(&kept, png);
        return None;
    }
    let new = new.join(format!("{name}.png"));
    write(&new, png);
    Some(format!("{name}: {why}; the new one is {}", new.display()))
}

/// Writes a picture, with the folders that it lies in.
///
/// # Panics
/// It cannot be written.
pub fn write(file: &Path, png: &[u8]) {
    fs::create_dir_all(file.parent().unwrap_or(file)).expect("the folder can be made");
    fs::write(file, png).expect("the picture can be written");
}

fn read(png: &[u8]) -> Picture {
    let mut decoder = Decoder::new(Cursor::new(png));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it fits")];
    let info = reader.next_frame(&mut pixels).expect("it can be drawn");
    if info.color_type == ColorType::Rgba {
        pixels = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    }
    Picture { width: info.width, height: info.height, pixels }
}

/// How two pictures differ, if they do.
fn compare(before: &Picture, after: &Picture) -> Option<String> {
    if before.width.abs_diff(after.width) > SIZE || before.height.abs_diff(after.height) > SIZE {
        let (from, to) = ((before.width, before.height), (after.width, after.height));
        return Some(format!("{} by {} pixels became {} by {}", from.0, from.1, to.0, to.1));
    }
    let row = |picture: &Picture, y: u32| {
        let width = picture.width as usize * 3;
        picture.pixels.chunks_exact(width).nth(y as usize).unwrap_or_default().to_vec()
    };
    let differs = |(one, other): (&[u8], &[u8])| one.iter().zip(other).any(|(a, b)| a.abs_diff(*b) > CHANNEL);
    let differing = |y: u32| {
        let (one, other) = (row(before, y), row(after, y));
        one.chunks_exact(3).zip(other.chunks_exact(3)).filter(|pair| differs(*pair)).count()
    };
    let rows: Vec<usize> = (0..before.height.min(after.height)).map(differing).collect();
    let band =
        rows.chunks(BAND).position(|band| band.iter().sum::<usize>() * PIXELS > band.len() * before.width as usize)?;
    Some(format!("{} pixels differ, the first around row {}", rows.iter().sum::<usize>(), band * BAND))
}

#[cfg(test)]
mod tests {
    use super::{CHANNEL, Picture, compare};

    fn grey(width: u32, height: u32, shade: u8) -> Picture {
        Picture { width, height, pixels: vec![shade; (width * height * 3) as usize] }
    }

    #[test]
    fn only_what_a_person_sees_is_a_difference() {
        let before = grey(20, 10, 100);
        assert_eq!(compare(&before, &grey(20, 10, 100 + CHANNEL)), None);
        assert_eq!(compare(&before, &grey(20, 12, 100)), None);
        assert!(compare(&before, &grey(20, 13, 100)).is_some());
        assert!(compare(&before, &grey(20, 10, 101 + CHANNEL)).is_some());
        let mut one = grey(20, 10, 100);
        one.pixels[0] = 255;
        assert_eq!(compare(&before, &one), None);
        one.pixels[..18].fill(255);
        assert!(compare(&before, &one).is_some());
    }

    #[test]
    fn a_word_in_a_long_picture_is_a_difference() {
        let before = grey(20, 1000, 100);
        let mut after = grey(20, 1000, 100);
        after.pixels[900 * 60..][..27].fill(255);
        assert_eq!(compare(&before, &after).as_deref(), Some("9 pixels differ, the first around row 896"));
    }
}
