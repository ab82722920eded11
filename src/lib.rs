//! versus compares two subjects, for which its data folder holds the knowledge, and answers questions about them.
//!
//! The modules in reading order: [`domain`] knows and matches, [`presentation`] turns answers into embeds or text,
//! [`shell`] talks to Discord, the terminal and the file system. Arrows point one way, from the shell to the domain.

pub mod presentation;
pub mod shell;

pub use versus_domain as domain;
