//! Interactions that do not come through the gateway: a test posts them to the bot by itself.

use serde_json::Value;

use super::Standin;

impl Standin {
    /// Remembers an interaction that is posted to the bot, so that its token works as if it had been dispatched.
    pub(crate) fn learn(&self, interaction: &Value) {
        self.shared.lock().rest.messages.learn(interaction);
    }
}
