//! Where the token may be sent.

use std::net::IpAddr;

use url::{Host, Url};

use super::wrong::Wrong;

/// Where Discord's own REST interface is reached.
pub(super) const DISCORD: &str = "https://discord.com";
/// The domains of Discord.
#[cfg(feature = "discord")]
const DISCORDS: [&str; 2] = ["discord.com", "discordapp.com"];

/// Reads the address of a REST interface: without `/api` and without a slash at its end.
pub(super) fn parse(text: &str) -> Result<String, Wrong> {
    let not_one = || Wrong::new("is not a web address", "set it to http://… or https://…, or unset it");
    let url = Url::parse(text).map_err(|_| not_one())?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || url.fragment().is_some() || !is_plain {
        return Err(not_one());
    }
    let address = url.as_str().trim_end_matches('/');
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok());
    let address = address.rsplit_once('/').filter(|(_, last)| is_version(last)).map_or(address, |(before, _)| before);
    Ok(address.strip_suffix("/api").unwrap_or(address).to_owned())
}

/// Whether an address is Discord's own.
#[cfg(feature = "discord")]
pub(in crate::shell) fn is_discords(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let is_of =
        |host: &str, domain: &str| host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    url.scheme() == "https" && url.host_str().is_some_and(|host| DISCORDS.iter().any(|discords| is_of(host, discords)))
}

/// The host to which an address sends without encryption over a network that may be public; nothing if it does not. A
/// name other than `localhost` may lead anywhere.
pub(in crate::shell) fn exposed(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host().filter(|_| matches!(url.scheme(), "http" | "ws"))?;
    let is_near = match &host {
        Host::Ipv4(ip) => is_near((*ip).into()),
        Host::Ipv6(ip) => is_near((*ip).into()),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
    };
    (!is_near).then(|| host.to_string())
}

/// Whether it is an address of this machine or of a private network.
fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "discord")]
    use super::is_discords;
    use super::{exposed, parse};

    #[test]
    fn an_address_is_read_without_what_is_added_to_it() {
        let cases = [
            ("https://discord.com", "https://discord.com"),
            ("HTTPS://Discord.COM///", "https://discord.com"),
            ("https://discord.com/api", "https://discord.com"),
            ("https://discord.com/api/v10/", "https://discord.com"),
            ("http://127.0.0.1:8080/discord", "http://127.0.0.1:8080/discord"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ];
        for (text, address) in cases {
            assert_eq!(parse(text).ok().as_deref(), Some(address), "{text}");
        }
        let bad = [
            "",
            "discord",
            "ftp://discord.com",
            "https://",
            "https://a b",
            "https://discord.com?x=1",
            "https://é日🦀.com",
        ];
        for text in
            bad.into_iter().chain(["https://discord.com@evil.example", "http://me:secret@127.0.0.1", "file:///x"])
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn without_encryption_only_this_machine_and_private_networks_are_reached() {
        let near = [
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://a.localhost.",
            "http://10.1.2.3",
            "http://172.16.0.1",
            "http://192.168.0.1",
            "http://[::1]",
            "http://[fd00::1]",
            "http://[::ffff:127.0.0.1]",
            "ws://127.0.0.1",
            "http://2130706433",
            "https://evil.example",
            "wss://evil.example",
        ];
        for address in near {
            assert_eq!(exposed(address), None, "{address}");
        }
        let far = [
            "http://discord.com",
            "http://8.8.8.8",
            "http://172.32.0.1",
            "http://localhost.evil.example",
            "http://0.0.0.0",
            "http://127.0.0.1.nip.io",
            "http://[2001:db8::1]",
            "http://[::ffff:8.8.8.8]",
            "http://proxy:8080",
            "http://evil-localhost",
            "ws://gateway.example",
            "http://169.254.169.254",
            "http://notlocalhost",
        ];
        for address in far {
            assert!(exposed(address).is_some(), "{address}");
        }
    }

    #[test]
    #[cfg(feature = "discord")]
    fn discord_is_known_by_its_domains() {
        for address in ["https://discord.com", "https://canary.discord.com", "https://discordapp.com"] {
            assert!(is_discords(address), "{address}");
        }
        for address in
            ["http://discord.com", "https://discord.com.evil.example", "https://notdiscord.com", "https://127.0.0.1"]
        {
            assert!(!is_discords(address), "{address}");
        }
    }
}
