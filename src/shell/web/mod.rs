//! `versus web`: the same answers as a page in a browser. It keeps nothing between two requests: what was said, and the position in
//! a tour, are in the page.

mod answering;
mod completing;
mod fields;
mod limits;
mod routes;
mod turn;

use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::thread;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::{info, warn};

use super::server::serving;
use super::server::signals::{self, Stop};
use super::{Failure, config, output, server};
use answering::Answering;

/// Serves the page until the program is stopped.
///
/// # Errors
/// The address cannot be listened on, or the data cannot be used.
pub(super) fn run(data: Option<&Path>, address: SocketAddr, opens: bool) -> Result<(), Failure> {
    let settings = config::Settings::read()?;
    let data = data.map(Path::to_owned).or(settings.data);
    server::block_on(async {
        // Nothing reloads the knowledge: a start takes milliseconds.
        let (mut stop, _) = signals::catch()?;
        let listener = server::listen(address).await?;
        server::begin_logging(settings.discord.log, settings.discord.log_is_json);
        let Some(core) = server::load(data, &mut stop).await? else { return Ok(()) };
        let address = listener.local_addr().unwrap_or(address);
        let url = format!("http://{address}/");
        output::line(&format!("{url} shows the page; Ctrl-C ends it"))?;
        if !address.ip().is_loopback() {
            warn!("everybody who reaches {address} can ask; behind a proxy, limit there how often");
        }
        if opens {
            open_browser(url);
        }
        serve(listener, Answering::new(core, address.ip().is_loopback()), stop).await;
        Ok(())
    })
}

/// Opens the page. The opener is watched for a while, and the page is served meanwhile: it is what the browser asks for.
fn open_browser(url: String) {
    thread::spawn(move || {
        if let Err(error) = open::that_detached(&url) {
            warn!("no browser can be opened: {error}; open {url} yourself");
        }
    });
}

async fn serve(listener: TcpListener, answering: Answering, mut stop: Stop) {
    let (stop_sender, stopping) = oneshot::channel::<()>();
    let serving = serving::serve(listener, routes::routes(Arc::new(answering)), limits::CONNECTIONS, async {
        // The sender is dropped together with this.
        let _ = stopping.await;
    });
    let mut serving = pin!(serving);
    tokio::select! {
        () = &mut serving => {}
        name = stop.wait() => {
            info!("{name} received, closing the port");
            let _ = stop_sender.send(());
            // Nobody waits for a request that never ends.
            let _ = timeout(limits::DRAIN_WITHIN, serving).await;
        }
    }
}
