//! Where a PostgreSQL server is reached, out of `DATABASE_URL`. The password goes nowhere but to the server.

use std::fmt;
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use url::Url;

use super::super::Failure;
use super::super::config::DATABASE;

/// The parameters of an address that versus hands on. sqlx would log what it does not know, with its value.
const PARAMETERS: [&str; 7] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "application_name", "statement-cache-capacity"];
/// What the server's own list of connections shows.
const NAME: &str = env!("CARGO_PKG_NAME");

/// The address of a database on a server.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) options: PgConnectOptions,
    /// Without user and password.
    shown: String,
    user: String,
    password: Option<String>,
}

impl Server {
    /// Reads an address such as `postgres://user:password@host:5432/database?sslmode=verify-full`.
    ///
    /// # Errors
    /// Why it is not an address; never with a part of it.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let remedy = "set it to postgres://USER:PASSWORD@HOST:PORT/DATABASE; a character with a meaning of its own, such as \
                      @ or /, is written as its percent code";
        let refuse = |what: &str| Failure::new(format!("{DATABASE} {what}"), remedy);
        if !text.contains("://") {
            return Err(refuse("is not an address that can be read"));
        }
        let url = Url::parse(text).map_err(|_| refuse("is not an address that can be read"))?;
        if let Some((name, _)) = url.query_pairs().find(|(name, _)| !PARAMETERS.contains(&&**name)) {
            return Err(Failure::new(
                // What stands there could be a password.
                format!("{DATABASE} has a parameter that versus does not know ({} characters)", name.chars().count()),
                format!("it knows {}", PARAMETERS.join(", ")),
            ));
        }
        let database = url.path().trim_start_matches('/');
        if database.is_empty() || database.contains('/') {
            return Err(refuse("does not name a database"));
        }
        if url.fragment().is_some() {
            return Err(refuse("has a `#`"));
        }
        let options = PgConnectOptions::from_str(text).map_err(|_| refuse("has a part that cannot be read"))?;
        let options = match options.get_application_name() {
            Some(_) => options,
            None => options.application_name(NAME),
        };
        // The queries are known; a log of them would only be long.
        let options = options.disable_statement_logging();
        let host = match options.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => format!("{}:{}", options.get_host(), options.get_port()),
        };
        let shown = format!("postgres://{host}/{database}").escape_debug().to_string();
        let password = url.password().filter(|password| !password.is_empty()).map(ToOwned::to_owned);
        Ok(Self { user: options.get_username().to_owned(), options, shown, password })
    }

    /// A text of the server or of sqlx without the user and the password, as they are written in the address or read from it.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for password in self.password.iter().flat_map(|password| [password.clone(), decoded(password)]) {
            text = text.replace(&password, "…");
        }
        for what in ["user", "role"] {
            text = text.replace(&format!("{what} \"{}\"", self.user), &format!("the {what}"));
        }
        text
    }
}

/// A part of an address without percent codes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        let code = (*first == b'%').then(|| text_of(others.get(..2)?)).flatten();
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text_of(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
