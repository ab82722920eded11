//! What standard output can show: how wide it is, and whether it takes escape sequences.

use std::env;
use std::io::{IsTerminal, stdin, stdout};

use supports_hyperlinks::Stream;
use terminal_size::terminal_size;

use crate::presentation::plain::{Emphasis, Layout, Links};

/// No terminal that is narrower shows a text in a way that can be read.
const NARROWEST: usize = 20;

/// How a text is laid out for standard output, as wide as the terminal is now.
pub(super) fn layout() -> Layout {
    if !stdout().is_terminal() {
        return Layout::PLAIN;
    }
    let takes_escapes = takes_escapes();
    let has_links = takes_escapes && supports_hyperlinks::on(Stream::Stdout);
    Layout {
        emphasis: if takes_escapes { Emphasis::Ansi } else { Emphasis::None },
        links: if has_links { Links::Live } else { Links::Written },
        width: terminal_size().map(|(width, _)| usize::from(width.0).max(NARROWEST)),
    }
}

/// Whether somebody sits before the terminal, who reads what can be pressed and presses it.
pub(super) fn is_interactive() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

fn takes_escapes() -> bool {
    // See https://no-color.org: any value counts but a blank one.
    let is_unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !is_unwanted && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}
