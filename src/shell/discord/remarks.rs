//! What the log says about the settings when the bot starts.

use tracing::{info, warn};

use super::super::config::{API, Discord, is_discords};
use super::client::goes_through_proxy;

/// Logs which version starts, where its settings come from, and what of them an operator may not expect.
pub(super) fn log(settings: &Discord, uses_gateway: bool) {
    info!("versus {} starts", env!("CARGO_PKG_VERSION"));
    if let Some(read) = &settings.remarks.read {
        info!("{read}");
    }
    for doubtful in &settings.remarks.doubtful {
        warn!("{doubtful}");
    }
    if !is_discords(&settings.api) {
        warn!("requests, and the token with them, go to {} and not to Discord itself, because of {API}", settings.api);
    }
    if uses_gateway && goes_through_proxy(&settings.api) {
        warn!(
            "requests go through a proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY), but the connection to the gateway goes around it: allow \
             gateway.discord.gg:443, or use `versus serve`, which needs no gateway"
        );
    }
}
