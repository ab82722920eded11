//! `versus health`: checks whether a running bot is healthy, for places such as a container that has no other program for it.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::Failure;
use super::config::{METRICS, Settings};

/// How long the bot may take to answer.
const WITHIN: Duration = Duration::from_secs(3);
/// How a good answer begins.
const GOOD: &[u8] = b"HTTP/1.1 200";

/// Asks the bot at the address of its metrics.
///
/// # Errors
/// That it is not well, does not answer, or that no address is set.
pub fn ask() -> Result<(), Failure> {
    let address = Settings::read()?.discord.metrics.ok_or_else(|| {
        Failure::new("the bot cannot be asked", format!("set {METRICS} to the address that the running bot has"))
    })?;
    let address = reachable(address);
    let asked = || {
        let mut stream = TcpStream::connect_timeout(&address, WITHIN)?;
        stream.set_read_timeout(Some(WITHIN))?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: versus\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.take(4_096).read_to_end(&mut answer)?;
        Ok::<bool, std::io::Error>(answer.starts_with(GOOD))
    };
    match asked() {
        Ok(true) => Ok(()),
        Ok(false) => {
            Err(Failure::new("the bot has lost the gateway", "see https://discordstatus.com and the bot's log"))
        }
        Err(error) => Err(Failure::new(
            format!("the bot does not answer at {address}: {error}"),
            "look whether it runs, and its log",
        )),
    }
}

/// A server that listens everywhere is reached on this machine.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
        _ => address,
    }
}
