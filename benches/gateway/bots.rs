//! The bots that are compared: how each is started, and in which version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSUS: &str = env!("CARGO_BIN_EXE_versus");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// One bot, as a column of the table.
pub(crate) struct Bot {
    pub(crate) name: &'static str,
    pub(crate) door: Door,
    /// Whether it is this project's.
    pub(crate) is_own: bool,
    /// The program and its arguments.
    pub(crate) command: Vec<String>,
    /// What it is given besides what all are given.
    pub(crate) environment: Vec<(&'static str, String)>,
    /// What is there if it is installed.
    needs: PathBuf,
    version: fn() -> String,
}

/// How a bot is told of interactions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Door {
    /// It connects to the gateway.
    Gateway,
    /// Discord posts to it.
    Http,
}

impl Bot {
    pub(crate) fn version(&self) -> String {
        (self.version)()
    }
}

/// All of them that are there and wanted; of those that are not there is said how they come there.
pub(crate) fn installed(wanted: &[String]) -> Vec<Bot> {
    let is_wanted = |bot: &Bot| wanted.is_empty() || wanted.iter().any(|wanted| bot.name == wanted);
    let (installed, missing): (Vec<_>, Vec<_>) =
        all().into_iter().filter(is_wanted).partition(|bot| bot.needs.exists());
    for bot in missing {
        println!("{} is left out; benches/peers/gateway/install installs it", bot.name);
    }
    installed
}

fn all() -> [Bot; 5] {
    let (python, modules) = (target().join("peers/discordpy/bin/python"), modules());
    let serenity = target().join("release/versus-peer-serenity");
    [
        Bot {
            name: "versus",
            door: Door::Gateway,
            is_own: true,
            command: command(&[VERSUS]),
            environment: Vec::new(),
            needs: VERSUS.into(),
            version: versus_version,
        },
        Bot {
            name: "serenity",
            door: Door::Gateway,
            is_own: false,
            command: command(&[&shown(&serenity)]),
            environment: Vec::new(),
            needs: serenity,
            version: serenity_version,
        },
        Bot {
            name: "discord.js",
            door: Door::Gateway,
            is_own: false,
            command: command(&["node", &peer("discordjs/bot.js")]),
            environment: vec![("NODE_PATH", shown(&modules))],
            needs: modules.join("discord.js"),
            version: discordjs_version,
        },
        Bot {
            name: "discord.py",
            door: Door::Gateway,
            is_own: false,
            command: command(&[&shown(&python), &peer("discordpy/bot.py")]),
            environment: Vec::new(),
            needs: python,
            version: discordpy_version,
        },
        Bot {
            name: "versus serve",
            door: Door::Http,
            is_own: true,
            command: command(&[VERSUS, "serve", "--listen", "127.0.0.1:0"]),
            environment: Vec::new(),
            needs: VERSUS.into(),
            version: versus_version,
        },
    ]
}

fn versus_version() -> String {
    format!("{} ({})", env!("CARGO_PKG_VERSION"), output("rustc", &["--version"]))
}

fn serenity_version() -> String {
    let lock = fs::read_to_string(peer("serenity/Cargo.lock")).expect("the peer's versions are locked");
    let version = lock.split_once("name = \"serenity\"\nversion = \"").and_then(|(_, rest)| rest.split_once('"'));
    version.expect("it uses serenity").0.to_owned()
}

fn discordjs_version() -> String {
    let package = modules().join("discord.js/package.json");
    let version = output("node", &["-p", &format!("require({:?}).version", shown(&package))]);
    format!("{version} (Node.js {})", output("node", &["--version"]))
}

fn discordpy_version() -> String {
    let python = shown(&target().join("peers/discordpy/bin/python"));
    let version = output(&python, &["-c", "import discord; print(discord.__version__)"]);
    format!("{version} ({})", output(&python, &["--version"]))
}

/// The folder into which cargo builds, and the peers are installed.
fn target() -> PathBuf {
    let target = Path::new(VERSUS).parent().and_then(Path::parent);
    target.expect("the program lies in the folder of its profile").to_owned()
}

fn modules() -> PathBuf {
    target().join("peers/discordjs/node_modules")
}

fn peer(file: &str) -> String {
    format!("{ROOT}/benches/peers/gateway/{file}")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn command(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("an installed program starts");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
