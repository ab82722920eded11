//! What the operator can do about a request that Discord refused.

/// Discord's code for an interaction that it no longer knows.
pub(super) const UNKNOWN_INTERACTION: u64 = 10062;
/// Discord's code for a message that is empty, which one is whose embed was dropped.
pub(super) const EMPTY_MESSAGE: u64 = 50006;
/// Discord's code for a permission that is missing.
pub(super) const MISSING_PERMISSIONS: u64 = 50013;
/// Discord's code for a reply to a message that the bot may not read.
pub(super) const NO_HISTORY: u64 = 160_002;

const GONE: &str = "what it belongs to was deleted meanwhile; there is nothing to do";
const ARCHIVED: &str = "the thread is closed; open it again if the bot is to answer there";
const EMBEDS: &str = "allow the bot Embed Links there";
const MODERATED: &str =
    "AutoMod of that server blocks it; exempt the role of the bot there, or find out which rule it meets";
const SLOW: &str = "the channel has slow mode; exempt the role of the bot there, or let it be";
const PERSON: &str = "the person takes no direct messages; there is nothing to do";
const PERMISSIONS: &str = "the bot needs the permissions that `versus invite` asks for";
const OUTAGE: &str = "see https://discordstatus.com";
const FAULT: &str = "report it as a fault of versus";

/// The remedy for a status of HTTP with Discord's own code, 0 if there is none.
///
/// Source: Discord's API documentation, "JSON Error Codes".
pub(super) const fn remedy(status: u16, code: u64) -> &'static str {
    match (status, code) {
        (_, 10003 | 10004 | 10008 | 10015 | UNKNOWN_INTERACTION | 50027) => GONE,
        (_, 50083 | 160_005) => ARCHIVED,
        (_, EMPTY_MESSAGE) => EMBEDS,
        (_, NO_HISTORY) => "allow the bot Read Message History there",
        (_, 200_000 | 200_001 | 240_000) => MODERATED,
        (_, 20016 | 20028) => SLOW,
        (_, 50007 | 50278) => PERSON,
        (_, 50001) => "allow the bot View Channel there",
        (_, MISSING_PERMISSIONS) => PERMISSIONS,
        (401, _) => "the token may have been reset; set the new one and start again",
        (403, _) => PERMISSIONS,
        (404, _) => GONE,
        (429 | 500.., _) => OUTAGE,
        _ => FAULT,
    }
}

/// The remedy where no answer came.
pub(super) const UNREACHABLE: &str = OUTAGE;
/// The remedy where an answer is not what it should be.
pub(super) const UNREADABLE: &str = FAULT;

#[cfg(test)]
mod tests {
    use super::{FAULT, remedy};

    #[test]
    fn what_people_and_channels_decide_is_no_fault_of_versus() {
        for code in [160_002, 160_005, 50083, 200_000, 200_001, 50006, 50013, 50001, 50007, 10008, 20016] {
            assert_ne!(remedy(400, code), FAULT, "{code}");
            assert_ne!(remedy(403, code), FAULT, "{code}");
        }
        assert_eq!(remedy(400, 50035), FAULT);
        assert_eq!(remedy(503, 0), "see https://discordstatus.com");
    }
}
