//! The bot under load: at the gateway beside its peers, and behind its HTTP door, against the local stand-in for Discord.
//!
//! Each bot has one core to itself and this bench the other, so that a bot that needs more shows it. All do the same work:
//! they answer `/compare` by a callback with one embed. `benches/peers/gateway/install` installs the peers. Whoever
//! names some of them, as in `cargo bench --bench gateway -- versus "versus serve"`, sees only those.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]
#![allow(clippy::indexing_slicing, reason = "JSON is read by its names")]

mod bots;
mod events;
mod measure;
mod process;
mod running;
mod table;

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/it/folder.rs"]
mod folder;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/it/signed.rs"]
mod signed;
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../../tests/it/standin/mod.rs"]
mod standin;

use table::Table;

/// What is printed is the median of so many.
const ROUNDS: usize = 3;

fn main() {
    // Before there are other threads, which would stay where they are.
    process::move_to_own_core();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("the system gives a bench what it needs").block_on(compare());
}

async fn compare() {
    // Cargo adds an argument of its own.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let bots = bots::installed(&wanted);
    let mut table = Table::new(bots.iter().map(|bot| bot.name).collect());
    for round in 1..=ROUNDS {
        for (column, bot) in bots.iter().enumerate() {
            eprintln!("round {round} of {ROUNDS}: {}", bot.name);
            table.add(column, measure::measure(bot).await);
            if round == 1 {
                table.add(column, measure::measure_growth(bot).await);
            }
        }
    }
    println!("{table}");
    for bot in &bots {
        println!("- {}: {}", bot.name, bot.version());
    }
}
