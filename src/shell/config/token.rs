//! The bot's token.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::wrong::Wrong;

/// A bot's token; it is never printed.
pub struct Token(String);

impl Token {
    /// Reads a token: three parts with dots between them, the first of which is the application's id in Base64. All of its
    /// characters can stand in a header.
    ///
    /// # Errors
    /// That the token cannot be one, without repeating it.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let token = text.trim().trim_start_matches("Bot ").to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let legal = |part: &&str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
        };
        if parts.len() != 3 || !parts.iter().all(legal) {
            return Err(Wrong::new(
                "is not a bot token",
                "copy it from the page Bot at https://discord.com/developers/applications; it has three parts with \
                 dots between them",
            ));
        }
        Ok(Self(token))
    }

    /// The token itself.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The id of the application, which a token begins with.
    pub fn application(&self) -> Option<u64> {
        let first = self.0.split('.').next()?;
        let id = STANDARD_NO_PAD.decode(first.trim_end_matches('=')).ok()?;
        String::from_utf8(id).ok()?.parse().ok()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_tells_its_application_and_nothing_else() {
        let token =
            Token::parse("Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.secret-secret_secret").expect("it has three parts");
        assert_eq!(token.application(), Some(123_456_789_012_345_678));
        assert!(!format!("{token:?}").contains("MTIz"));
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_repeating_it() {
        let bad =
            ["secret", "a.b", "a.b.c.d", "a..c", "a b.c.d", "a.b.c\r\nX-Evil: 1", "a.b.c/", "a.b.c\u{0}", "é.日.🦀"];
        for text in bad {
            let wrong = format!("{:?}", Token::parse(text).expect_err("it is not a token"));
            assert!(!wrong.contains(text), "{wrong}");
        }
    }
}
