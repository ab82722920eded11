//! The manual page: one page for the program with all of its commands.

use std::io::{Result, Write};

use clap::Command;
use clap_mangen::Man;

/// The page in the format of `man`.
///
/// # Errors
/// None in practice: it is written into memory.
pub(crate) fn page(mut program: Command) -> Result<Vec<u8>> {
    program.build();
    let mut page = Vec::new();
    let man = Man::new(program.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        section(command, &mut page)?;
    }
    if let Some(more) = program.get_after_long_help() {
        writeln!(page, ".SH NOTES")?;
        as_it_stands(&more.to_string(), &mut page)?;
    }
    Ok(page)
}

/// What there is to say about one command.
fn section(command: &Command, page: &mut Vec<u8>) -> Result<()> {
    let man = Man::new(command.clone());
    let mut parts = Vec::new();
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    man.render_options_section(&mut parts)?;
    writeln!(page, ".SH \"VERSUS {}\"", command.get_name().to_uppercase())?;
    // Its sections are parts of one section of the page.
    page.extend(String::from_utf8_lossy(&parts).replace(".SH ", ".SS ").bytes());
    match command.get_after_help() {
        Some(examples) => as_it_stands(&examples.to_string(), page),
        None => Ok(()),
    }
}

/// Lines that are not filled, with what `man` would take for its own.
fn as_it_stands(text: &str, page: &mut Vec<u8>) -> Result<()> {
    writeln!(page, ".PP\n.nf")?;
    for line in text.lines() {
        writeln!(page, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-"))?;
    }
    writeln!(page, ".fi")
}
