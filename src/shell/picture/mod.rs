//! A chart as a PNG picture. Drawing takes milliseconds of processor time, so the bot does it on a thread of its own.

use std::fmt;

#[cfg(feature = "picture")]
mod drawing;

#[cfg(feature = "picture")]
pub use drawing::png;

/// Why a picture could not be drawn.
#[derive(Debug)]
pub struct NoPicture(String);

/// Draws nothing.
///
/// # Errors
/// Always: this program was built without pictures.
#[cfg(not(feature = "picture"))]
pub fn png(_: &crate::presentation::chart::Chart) -> Result<Vec<u8>, NoPicture> {
    Err(NoPicture("this program was built without pictures".to_owned()))
}

impl NoPicture {
    /// What the user can do about it.
    pub fn remedy(&self) -> &'static str {
        if cfg!(feature = "picture") { "report it as a fault of versus" } else { "build it with the feature `picture`" }
    }
}

impl std::error::Error for NoPicture {}

impl fmt::Display for NoPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a picture could not be drawn: {}", self.0)
    }
}
