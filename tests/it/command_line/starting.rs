//! What keeps the program from starting, in one line each.

use expect_test::expect;

use super::{TOKEN, check_failure};

#[test]
#[cfg(feature = "discord")]
fn an_address_that_means_more_than_a_file_is_refused() {
    for address in ["postgres", "/tmp/é日🦀.db", "mysql://not-a-real-secret@x"] {
        check_failure(
            &[],
            &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", address)],
            expect![[r#"
                versus: DATABASE_URL is not the address of a database that versus knows; set it to sqlite:FILE, to none to keep nothing, or unset it for a file in your data folder
            "#]],
        );
    }
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:")],
        expect![[r#"
        versus: DATABASE_URL does not name a file; set it to sqlite:FILE, to none to keep nothing, or unset it for a file in your data folder
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite::memory:")],
        expect![[r#"
        versus: DATABASE_URL is a database in memory, which would lose everything at each stop; set it to sqlite:FILE, or to none to keep nothing
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:file:v.db?mode=rw")],
        expect![[r#"
        versus: DATABASE_URL has a second scheme, file:; write sqlite: and the path of the file alone
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:v.db?mode=rwc")],
        expect![[r#"
        versus: DATABASE_URL has a `?`, a `#` or a percent code, which would become a part of the file's name; write sqlite: and the path of the file alone
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DATABASE_URL", "sqlite:~/versus.db")],
        expect![[r#"
        versus: DATABASE_URL begins with `~` or `$`, which only a shell replaces; write the whole path, such as sqlite:/home/me/versus.db
    "#]],
    );
}

#[test]
fn what_keeps_it_from_starting_is_told_in_one_line_with_its_remedy() {
    check_failure(
        &["invite"],
        &[],
        expect![[r#"
        versus: the application is unknown without DISCORD_TOKEN; set DISCORD_TOKEN to the token from https://discord.com/developers/applications, its first part is the id
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", "not-a-real-secret")],
        expect![[r#"
        versus: DISCORD_TOKEN is not a bot token; copy it from the page Bot at https://discord.com/developers/applications; it has three parts with dots between them
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DISCORD_API_URL", "discord")],
        expect![[r#"
        versus: DISCORD_API_URL is not a web address; set it to http://… or https://…, or unset it
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("DISCORD_GUILD_ID", "my server")],
        expect![[r#"
        versus: DISCORD_GUILD_ID is not a Discord id; copy the id, a number, or unset it
    "#]],
    );
    check_failure(
        &[],
        &[("DISCORD_TOKEN", TOKEN), ("VERSUS_LOG", "loud")],
        expect![[r#"
        versus: VERSUS_LOG is not a log level; set it to error, warn, info, debug or trace, or unset it
    "#]],
    );
    check_failure(
        &["--data", "/no/such/folder", "ask", "speed"],
        &[],
        expect![[r#"
        versus: /no/such/folder cannot be read: No such file or directory (os error 2); give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge
    "#]],
    );
    check_failure(
        &["check", "/dev/null"],
        &[],
        expect![[r#"
        versus: /dev/null cannot be read: Not a directory (os error 20); give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge
    "#]],
    );
}
