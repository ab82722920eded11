//! Draws a chart.

use std::sync::Arc;

use once_cell::sync::Lazy;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::NoPicture;
use crate::presentation::chart::{Chart, FONT};

/// Inter in its medium weight, reduced to the Latin, Greek and Cyrillic letters; see LICENSE beside it.
static FONT_FILE: &[u8] = include_bytes!("Inter-Medium.otf");

static FONTS: Lazy<Arc<Database>> = Lazy::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT_FILE.to_vec());
    Arc::new(fonts)
});

/// Draws a chart.
///
/// # Errors
/// That it cannot be drawn, which would be a fault of versus.
pub fn png(chart: &Chart) -> Result<Vec<u8>, NoPicture> {
    let options = Options { fontdb: Arc::clone(&FONTS), font_family: FONT.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&chart.svg(), &options).map_err(|error| NoPicture(error.to_string()))?;
    let size = tree.size().to_int_size();
    let mut picture =
        Pixmap::new(size.width(), size.height()).ok_or_else(|| NoPicture("it has no extent".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| NoPicture(error.to_string()))
}
