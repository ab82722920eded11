//! Texts that are read as sentences at the same time: on threads of their own, one processor less than there are, so that the rest of
//! the bot, heartbeats above all, never waits for arithmetic.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::domain::core::{Core, Understood};
use crate::domain::deciding::Signs;
use crate::domain::request::Request;

/// Lets in as many texts as are read at the same time.
pub(in crate::shell) struct Reading {
    permits: Arc<Semaphore>,
}

impl Reading {
    pub(in crate::shell) fn new() -> Self {
        let processors = available_parallelism().map_or(1, Into::into);
        Self { permits: Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))) }
    }

    /// Understands a request, and says by what. A sentence that would wait longer than `within` is understood by its words.
    pub(in crate::shell) async fn understand(
        &self,
        core: &Arc<Core>,
        request: &Request,
        within: Duration,
    ) -> (Understood, Signs) {
        if !core.reads_sentence(request) {
            return (core.understand(request), Signs::All);
        }
        if let Ok(Ok(permit)) = timeout(within, Arc::clone(&self.permits).acquire_owned()).await {
            let (core, request) = (Arc::clone(core), request.clone());
            let read = spawn_blocking(move || {
                // Held until the sentence is read, even if nobody waits for the answer any more.
                let _permit = permit;
                core.understand(&request)
            });
            if let Ok(understood) = read.await {
                return (understood, Signs::All);
            }
        }
        (core.understand_by(request, Signs::Words), Signs::Words)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test stops where it cannot go on")]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::Reading;
    use crate::domain::core::Core;
    use crate::domain::deciding::Signs;
    use crate::domain::request::{Request, View};
    use crate::domain::sentences::{Sentence, SentenceModel, Sentences};
    use crate::shell::data;

    /// Knows no label, so that the words decide; that it was asked is what counts.
    #[derive(Debug)]
    struct Reader;

    impl SentenceModel for Reader {
        fn labels(&self) -> &[&str] {
            &[]
        }

        fn subjects(&self) -> &[&str] {
            &[]
        }

        fn read(&self, _: &str) -> Sentence {
            Sentence { vector: Vec::new(), scores: Vec::new() }
        }
    }

    fn core() -> Arc<Core> {
        let core = data::load(None).expect("the compiled-in knowledge is good");
        Arc::new(core.with_sentences(Some(Sentences::trained(Arc::new(Reader), &[]))))
    }

    async fn signs(reading: &Reading, request: &Request) -> Signs {
        reading.understand(&core(), request, Duration::from_millis(1)).await.1
    }

    #[tokio::test(start_paused = true)]
    async fn what_would_wait_too_long_is_decided_by_its_words() {
        let reading = Reading::new();
        let ask = Request::Ask("é 日 🦀 which is faster?".to_owned());
        assert_eq!(signs(&reading, &ask).await, Signs::All);
        let many = u32::try_from(reading.permits.available_permits()).expect("there are few processors");
        let all = reading.permits.acquire_many(many).await.expect("it is never closed");
        assert_eq!(signs(&reading, &ask).await, Signs::Words);
        drop(all);
        assert_eq!(signs(&reading, &ask).await, Signs::All);
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_no_sentence_never_waits() {
        let reading = Reading::new();
        let many = u32::try_from(reading.permits.available_permits()).expect("there are few processors");
        let _all = reading.permits.acquire_many(many).await.expect("it is never closed");
        for request in [
            Request::Compare("speed".to_owned()),
            Request::Recommend(String::new()),
            Request::BeginTour,
            Request::Show(View::Topic("speed".to_owned())),
        ] {
            assert_eq!(signs(&reading, &request).await, Signs::All, "{request:?}");
        }
    }
}
