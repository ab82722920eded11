//! Files that people send with a command: fetched from where Discord keeps them, and from nowhere else.

use std::time::Duration;

use reqwest::Client;
use tokio::time::timeout;
use url::Url;

use super::rest::RestError;
use super::translate::received::Attachment;
use crate::presentation::backup::LARGEST;

/// Where Discord keeps files.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long a file may take: the answer has to be out within 3 s.
const WITHIN: Duration = Duration::from_millis(1_500);

/// Fetches the text of a file. Nothing of ours is sent with it: an address can be forged, and a host be another one.
///
/// # Errors
/// Why it cannot be had: it lies elsewhere, is too large or no text, or does not come in time.
pub(super) async fn fetch(client: &Client, file: &Attachment, api: &Url) -> Result<String, RestError> {
    if !is_kept_by_discord(&file.url, api) {
        return Err(RestError::Unreadable("it does not lie where Discord keeps files".to_owned()));
    }
    if usize::try_from(file.size).is_ok_and(|size| size > LARGEST) {
        return Err(too_large());
    }
    let fetched = async {
        let unreachable = |error: reqwest::Error| RestError::Unreachable(error.without_url().to_string());
        let mut response = client.get(&file.url).send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(RestError::Status { status: response.status().as_u16(), code: 0 });
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(unreachable)? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return Err(too_large());
            }
        }
        String::from_utf8(bytes).map_err(|_| RestError::Unreadable("it is no text".to_owned()))
    };
    let late = |_| Err(RestError::Unreachable("it did not come in time".to_owned()));
    timeout(WITHIN, fetched).await.unwrap_or_else(late)
}

fn too_large() -> RestError {
    RestError::Unreadable(format!("it has more than {LARGEST} bytes"))
}

/// Whether an address is one of Discord's, or of the same host as its interface, as that of a proxy or of a test is.
fn is_kept_by_discord(url: &str, api: &Url) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let of_discord = url.scheme() == "https" && url.host_str().is_some_and(|host| HOSTS.contains(&host));
    of_discord || api.origin() == url.origin()
}

#[cfg(test)]
mod tests {
    use super::is_kept_by_discord;

    #[test]
    fn only_discords_own_addresses_are_fetched() {
        let api = "http://127.0.0.1:7".parse().expect("it is an address");
        let check = |url: &str| is_kept_by_discord(url, &api);
        assert!(check("https://cdn.discordapp.com/attachments/1/2/team.json?ex=1"));
        assert!(check("http://127.0.0.1:7/attachments/1/2/team.json"));
        for url in [
            "http://cdn.discordapp.com/x",
            "https://cdn.discordapp.com.evil.example/x",
            "https://evil.example/cdn.discordapp.com",
            "https://cdn.discordapp.com@evil.example/x",
            "http://127.0.0.1:8/x",
            "http://169.254.169.254/x",
            "file:///etc/passwd",
            "é日🦀",
            "",
        ] {
            assert!(!check(url), "{url}");
        }
    }
}
