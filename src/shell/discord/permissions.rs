//! What a member may do in a channel, as Discord computes it from roles and overwrites.
//!
//! Source: Discord's API documentation, "Permissions", section "Permission Overwrites".

use serde::Deserialize;

/// What the bot needs, with the names that Discord shows; `versus invite` asks for the same.
const NEEDED: [(u128, &str); 6] = [
    (1 << 10, "View Channel"),
    (1 << 14, "Embed Links"),
    (1 << 15, "Attach Files"),
    (1 << 16, "Read Message History"),
    (SEND, "Send Messages"),
    (1 << 49, "Create Polls"),
];
const SEND: u128 = 1 << 11;
const SEND_IN_THREADS: (u128, &str) = (1 << 38, "Send Messages in Threads");
const ADMINISTRATOR: u128 = 1 << 3;
/// Kinds of channel that are threads.
const THREADS: [u8; 3] = [10, 11, 12];
/// The kind of an overwrite that is for one member; the other is for a role.
const FOR_MEMBER: u8 = 1;

/// A channel as far as it matters here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Channel {
    #[serde(rename = "type")]
    kind: u8,
    pub(super) guild_id: Option<String>,
    parent_id: Option<String>,
    permission_overwrites: Vec<Overwrite>,
}

#[derive(Debug, Clone, Deserialize)]
struct Overwrite {
    id: String,
    #[serde(rename = "type")]
    kind: u8,
    allow: String,
    deny: String,
}

/// A server as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Guild {
    id: String,
    #[serde(default)]
    owner_id: String,
    roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
struct Role {
    id: String,
    permissions: String,
}

/// A member of a server as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Member {
    roles: Vec<String>,
}

impl Channel {
    pub(super) fn is_thread(&self) -> bool {
        THREADS.contains(&self.kind)
    }

    /// The channel that a thread belongs to.
    pub(super) fn parent_of_thread(&self) -> Option<&str> {
        self.parent_id.as_deref().filter(|_| self.is_thread())
    }
}

/// The names of what a member may not do in a channel, of what the bot needs.
pub(super) fn missing(
    guild: &Guild,
    member: &Member,
    id: &str,
    channel: &Channel,
    in_thread: bool,
) -> Vec<&'static str> {
    let granted = permissions(guild, member, id, channel);
    let needed =
        NEEDED.into_iter().map(|(bit, name)| if in_thread && bit == SEND { SEND_IN_THREADS } else { (bit, name) });
    needed.filter(|(bit, _)| granted & bit == 0).map(|(_, name)| name).collect()
}

fn permissions(guild: &Guild, member: &Member, id: &str, channel: &Channel) -> u128 {
    // The role of everyone has the id of the server.
    let is_own = |role: &str| role == guild.id || member.roles.iter().any(|own| own == role);
    let roles = guild.roles.iter().filter(|role| is_own(&role.id));
    let base = roles.fold(0, |all, role| all | bits(&role.permissions));
    if guild.owner_id == id || base & ADMINISTRATOR != 0 {
        return u128::MAX;
    }
    let overwrites = &channel.permission_overwrites;
    let everyone: Vec<&Overwrite> =
        overwrites.iter().filter(|one| one.kind != FOR_MEMBER && one.id == guild.id).collect();
    let own_roles = overwrites.iter().filter(|one| one.kind != FOR_MEMBER && one.id != guild.id && is_own(&one.id));
    let own = overwrites.iter().filter(|one| one.kind == FOR_MEMBER && one.id == id);
    [everyone, own_roles.collect(), own.collect()].iter().fold(base, |granted, overwrites| {
        let denied = overwrites.iter().fold(0, |all, one| all | bits(&one.deny));
        let allowed = overwrites.iter().fold(0, |all, one| all | bits(&one.allow));
        granted & !denied | allowed
    })
}

/// Permissions come as a number in a text, which may grow beyond 64 bits.
fn bits(text: &str) -> u128 {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Channel, Guild, Member, missing};

    /// What the bot with the role `2` may not do in the server `1`, whose roles have these permissions.
    #[track_caller]
    fn check(everyone: u64, role: u64, overwrites: &Value, expected: &[&str]) {
        let roles = json!([
            { "id": "1", "permissions": everyone.to_string() },
            { "id": "2", "permissions": role.to_string() },
            { "id": "3", "permissions": u64::MAX.to_string() },
        ]);
        let guild: Guild =
            serde_json::from_value(json!({ "id": "1", "owner_id": "8", "roles": roles })).expect("it is one");
        let member: Member = serde_json::from_value(json!({ "roles": ["2"] })).expect("it is one");
        let channel = json!({ "type": 0, "guild_id": "1", "permission_overwrites": overwrites });
        let channel: Channel = serde_json::from_value(channel).expect("it is one");
        assert_eq!(missing(&guild, &member, "9", &channel, false), expected);
    }

    const ALL: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 49;

    #[test]
    fn roles_and_overwrites_are_added_up_in_discords_order() {
        check(ALL, 0, &json!([]), &[]);
        check(1 << 10, ALL, &json!([]), &[]);
        check(1 << 10, 1 << 11, &json!([]), &["Embed Links", "Attach Files", "Read Message History", "Create Polls"]);
        check(0, 1 << 3, &json!([{ "id": "9", "type": 1, "allow": "0", "deny": ALL.to_string() }]), &[]);
        let deny = (1_u64 << 14).to_string();
        let of = |id: &str, kind: u8, allow: &str, deny: &str| json!({ "id": id, "type": kind, "allow": allow, "deny": deny });
        check(ALL, 0, &json!([of("1", 0, "0", &deny)]), &["Embed Links"]);
        check(ALL, 0, &json!([of("1", 0, "0", &deny), of("2", 0, &deny, "0")]), &[]);
        check(ALL, 0, &json!([of("2", 0, &deny, "0"), of("9", 1, "0", &deny)]), &["Embed Links"]);
        check(ALL, 0, &json!([of("3", 0, "0", &deny), of("7", 1, "0", &deny)]), &[]);
    }

    #[test]
    fn a_thread_needs_another_permission() {
        let guild = json!({ "id": "1", "roles": [{ "id": "1", "permissions": ALL.to_string() }] });
        let guild: Guild = serde_json::from_value(guild).expect("it is one");
        let member: Member = serde_json::from_value(json!({ "roles": [] })).expect("it is one");
        assert_eq!(missing(&guild, &member, "9", &Channel::default(), true), ["Send Messages in Threads"]);
    }
}
