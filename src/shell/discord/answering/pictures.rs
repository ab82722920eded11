//! Pictures of replies: drawn on threads where nobody waits for them, and left out where they are late.

use std::time::Duration;

use serenity::all::CreateAttachment;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::super::super::picture;
use super::super::limits::warn_seldom;
use super::super::translate::to_discord;
use super::Answering;
use crate::presentation::reply::Reply;

impl Answering {
    /// Draws the chart of a reply, if it has one. Nothing if the picture is not there within the time for it, of which there is
    /// `at_most` so much: the words say the same.
    pub(super) async fn draw(&self, reply: &Reply, at_most: Duration) -> Option<CreateAttachment> {
        let chart = reply.chart.clone()?;
        let drawn = async {
            let permit = self.concurrency.to_draw().await;
            let drawn = spawn_blocking(move || {
                let picture = picture::png(&chart).map(|png| to_discord::picture(&chart, png));
                drop(permit);
                picture
            });
            drawn.await
        };
        match timeout(self.picture_within.min(at_most), drawn).await {
            Ok(Ok(Ok(picture))) => Some(picture),
            Ok(Ok(Err(error))) => {
                warn_seldom("picture", || format!("{error}; {}", error.remedy()));
                None
            }
            Ok(Err(error)) => {
                let line = || format!("a picture could not be drawn: {error}; report it as a fault of versus");
                warn_seldom("picture thread", line);
                None
            }
            Err(_) => {
                self.metrics.picture_left_out();
                None
            }
        }
    }
}
