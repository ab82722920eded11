//! Reading that forgives: a field that an answer can do without counts as missing where its form is not known. Discord adds
//! forms without notice, and none of them may cost an answer.

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny};
use serde::{Deserialize, de};
use serde_json::Value;

/// Something that may have a form that is not known. serde keeps what it reads while it tries, and borrows its texts: a `Value`
/// would copy each of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Perhaps<T> {
    Known(T),
    Unknown(IgnoredAny),
}

impl<T> Perhaps<T> {
    fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

/// A value of a known form; else the default.
pub(in crate::shell::discord) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Ok(Perhaps::deserialize(deserializer)?.known().unwrap_or_default())
}

/// A list without the items whose form is not known; empty where it is no list.
pub(in crate::shell::discord) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let items: Vec<Perhaps<T>> = or_default(deserializer)?;
    Ok(items.into_iter().filter_map(Perhaps::known).collect())
}

/// The lowest 64 bits of a number of any size, which Discord writes in decimal digits; 0 where it is none.
pub(super) fn low_bits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let digits = match Value::deserialize(deserializer)? {
        Value::String(digits) => digits,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let digits: Option<Vec<u64>> = digits.chars().map(|c| c.to_digit(10).map(u64::from)).collect();
    // Wrapping leaves out exactly what is beyond 64 bits.
    let append = |number: u64, digit: u64| number.wrapping_mul(10).wrapping_add(digit);
    Ok(digits.unwrap_or_default().into_iter().fold(0, append))
}

/// The token of an interaction, which becomes a part of an address: nothing but letters, digits, `_` and `-`.
pub(super) fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let token = String::deserialize(deserializer)?;
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if token.is_empty() || !token.bytes().all(is_legal) {
        // The error must not repeat it.
        return Err(de::Error::custom("a token with other characters than letters, digits, `_` and `-`"));
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{list, low_bits, or_default, token};

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Read {
        #[serde(deserialize_with = "or_default")]
        number: u8,
        #[serde(deserialize_with = "list")]
        numbers: Vec<u8>,
        #[serde(deserialize_with = "low_bits")]
        bits: u64,
    }

    #[track_caller]
    fn check(json: &str, number: u8, numbers: &[u8], bits: u64) {
        let read: Read = serde_json::from_str(json).expect("nothing in it is an error");
        assert_eq!(read, Read { number, numbers: numbers.to_vec(), bits }, "{json}");
    }

    #[test]
    fn what_has_another_form_counts_as_missing() {
        check(r#"{"number":1,"numbers":[1,2],"bits":"8"}"#, 1, &[1, 2], 8);
        check(r#"{"number":"é","numbers":[1,"日",300,2],"bits":8}"#, 0, &[1, 2], 8);
        check(r#"{"number":null,"numbers":{"🦀":1},"bits":null}"#, 0, &[], 0);
        check(r#"{"number":[[]],"numbers":null,"bits":"x8"}"#, 0, &[], 0);
        check("{}", 0, &[], 0);
    }

    #[test]
    fn bits_beyond_the_64th_are_left_out() {
        check(r#"{"bits":"18446744073709551615"}"#, 0, &[], u64::MAX);
        check(r#"{"bits":"18446744073709551616"}"#, 0, &[], 0);
        check(r#"{"bits":"18446744073709551624"}"#, 0, &[], 8);
        check(r#"{"bits":"340282366920938463463374607431768211464"}"#, 0, &[], 8);
    }

    #[derive(Deserialize)]
    struct Tokens(#[serde(deserialize_with = "token")] String);

    #[test]
    fn a_token_that_would_lead_to_another_address_is_refused_without_repeating_it() {
        let read = |token: &str| serde_json::from_value::<Tokens>(serde_json::json!(token)).map(|token| token.0);
        assert_eq!(read("aW50-_09AZ").ok().as_deref(), Some("aW50-_09AZ"));
        for text in ["", "a/b", "../secret", "a?b", "a%2fb", "a.b", "é", "日", "🦀", "a b"] {
            let error = read(text).expect_err("it is refused").to_string();
            assert!(text.is_empty() || !error.contains(text), "{error}");
        }
    }
}
