//! Every change of the tables, in order, for each kind of database. What was released is never changed, only added to.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// A change: its number, its name, and what it says to each kind of database.
struct Change {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    #[cfg(feature = "postgres")]
    postgres: &'static str,
}

/// A change out of its two files.
macro_rules! change {
    ($number:literal, $name:literal, $file:literal) => {
        Change {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("migrations/sqlite/", $file)),
            #[cfg(feature = "postgres")]
            postgres: include_str!(concat!("migrations/postgres/", $file)),
        }
    };
}

const CHANGES: &[Change] = &[
    change!(1, "onboarding", "0001_onboarding.sql"),
    change!(2, "facts", "0002_facts.sql"),
    change!(3, "events", "0003_events.sql"),
    change!(4, "team", "0004_team.sql"),
    change!(5, "decisions", "0005_decisions.sql"),
];

/// The changes of a file.
pub(super) fn for_sqlite() -> Migrator {
    migrator(|change| change.sqlite)
}

/// The changes of a server's database.
#[cfg(feature = "postgres")]
pub(super) fn for_postgres() -> Migrator {
    migrator(|change| change.postgres)
}

/// How many there are.
pub(super) fn count() -> usize {
    CHANGES.len()
}

fn migrator(sql: impl Fn(&Change) -> &'static str) -> Migrator {
    let migration = |change: &Change| {
        let text = SqlStr::from_static(sql(change));
        Migration::new(change.number, change.name.into(), MigrationType::Simple, text, false)
    };
    Migrator::with_migrations(CHANGES.iter().map(migration).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::CHANGES;

    /// A migration that one kind of database lacks would show only where that kind is used.
    #[test]
    fn each_kind_of_database_has_the_same_changes_all_of_which_are_listed() {
        let listed: BTreeSet<String> =
            CHANGES.iter().map(|change| format!("{:04}_{}.sql", change.number, change.name)).collect();
        for kind in ["sqlite", "postgres"] {
            let folder = format!("{}/src/shell/storage/migrations/{kind}", env!("CARGO_MANIFEST_DIR"));
            let files = fs::read_dir(folder).unwrap();
            let files = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect::<BTreeSet<_>>();
            assert_eq!(files, listed, "{kind}");
        }
        let numbers = CHANGES.iter().map(|change| change.number);
        assert!(numbers.eq(1..=i64::try_from(CHANGES.len()).unwrap()));
    }
}
