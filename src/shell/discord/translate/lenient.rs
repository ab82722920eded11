//! Reading that forgives: a field that an answer can do without counts as missing where its form is not known. Discord adds
//! forms without notice, and none of them may cost an answer.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

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

/// The parts of an object; else the default. It is read while its text is gone through: [`or_default`] keeps all of it first, and
/// once more of each object in it. So no part of `T` may fail because of its form, which would leave the rest of the text unread.
pub(super) fn parts<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    deserializer.deserialize_any(Parts(PhantomData))
}

/// A list without the items whose form is not known; empty where it is no list.
pub(in crate::shell::discord) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(Partly::deserialize(deserializer)?.items)
}

/// The items of a list as far as their form is known.
#[derive(Debug, Clone)]
pub(super) struct Partly<T> {
    pub(super) items: Vec<T>,
    /// Whether these are all: it was a list, and no item was left out.
    pub(super) is_whole: bool,
}

impl<T> Default for Partly<T> {
    fn default() -> Self {
        Self { items: Vec::new(), is_whole: false }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Partly<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Items(PhantomData))
    }
}

/// The lowest 64 bits of a number of any size, which Discord writes in decimal digits; 0 where it is none.
pub(super) fn low_bits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    deserializer.deserialize_any(LowBits)
}

/// Takes the parts of an object.
struct Parts<T>(PhantomData<T>);

/// Takes the items of a list.
struct Items<T>(PhantomData<T>);

/// Takes a number.
struct LowBits;

/// The forms that are not the expected one, and count as missing.
macro_rules! missing {
    (map) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (list) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    ($($visit:ident($($form:ty)?)),*) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("anything")
        }
        $(fn $visit<E: Error>(self, $(_: $form)?) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        })*
    };
}

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Parts<T> {
    type Value = T;

    missing!(visit_unit(), visit_bool(bool), visit_u64(u64), visit_i64(i64), visit_f64(f64), visit_str(&str));
    missing!(list);

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Items<T> {
    type Value = Partly<T>;

    missing!(visit_unit(), visit_bool(bool), visit_u64(u64), visit_i64(i64), visit_f64(f64), visit_str(&str));
    missing!(map);

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Partly<T>, A::Error> {
        let mut read = Partly { items: Vec::new(), is_whole: true };
        while let Some(item) = list.next_element::<Perhaps<T>>()? {
            let item = item.known();
            read.is_whole &= item.is_some();
            read.items.extend(item);
        }
        Ok(read)
    }
}

impl<'de> Visitor<'de> for LowBits {
    type Value = u64;

    missing!(visit_unit(), visit_bool(bool), visit_i64(i64), visit_f64(f64));
    missing!(map);
    missing!(list);

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<u64, E> {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        // Wrapping leaves out exactly what is beyond 64 bits.
        let append = |number: u64, digit: u8| number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        Ok(if is_number { digits.bytes().fold(0, append) } else { 0 })
    }
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

    use super::{list, low_bits, or_default, parts, token};

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
    fn an_object_of_another_form_counts_as_missing_and_what_follows_is_read() {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Whole {
            #[serde(deserialize_with = "parts")]
            read: Read,
            #[serde(deserialize_with = "list")]
            after: Vec<u8>,
        }
        for form in ["null", "true", "-7", "7", "1.5", r#""\u00e9日🦀""#, "[]", r#"[{"number":1},[[]]]"#, "{}"] {
            let json = format!(r#"{{"read":{form},"after":[7]}}"#);
            let read: Whole = serde_json::from_str(&json).expect("nothing in it is an error");
            assert!(read.read == Read::default() && read.after == [7], "{json}");
            let deep =
                format!(r#"{{"after":[7],"read":{{"number":{form},"new":{form},"numbers":{form},"bits":{form}}}}}"#);
            assert!(serde_json::from_str::<Whole>(&deep).is_ok_and(|read| read.after == [7]), "{deep}");
        }
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
