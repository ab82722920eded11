//! How long things may take. All that an interaction waits for shares one deadline, so that no sum of waits goes beyond it.

use std::time::Duration;

use tokio::time::Instant;

/// How long sending a message is tried; later, nobody waits for it any more.
const MESSAGE: Duration = Duration::from_secs(60);
/// How long the upload of a picture with a message may take; after that the words go out alone.
const MESSAGE_UPLOAD: Duration = Duration::from_secs(10);
/// How long something that follows an answer may take. Nobody waits for it, but it takes a permit.
const FOLLOW_UP: Duration = Duration::from_secs(10);
/// How long a message waits: longer than it takes to read as many messages as are accepted at the same time.
pub(in crate::shell::discord) const MESSAGE_READ_WITHIN: Duration = Duration::from_secs(15);

/// Deadlines that are counted from when something came in.
#[derive(Debug, Clone, Copy)]
pub(in crate::shell::discord) struct Deadlines {
    answer: Duration,
}

impl Deadlines {
    /// `answer` is how long an interaction may take, from its arrival.
    pub(in crate::shell::discord) const fn new(answer: Duration) -> Self {
        Self { answer }
    }

    /// When the answer to an interaction has to be out that came in at `since`.
    pub(in crate::shell::discord) fn of_interaction(self, since: Instant) -> Instant {
        since + self.answer
    }

    /// When a request of Discord's that came in at `since` has to be answered: what is given up by then is reported.
    pub(in crate::shell::discord) fn of_request(self, since: Instant) -> Instant {
        since + self.answer * 6 / 5
    }

    /// How long a try over a connection that was kept may take, and the upload of a picture with an answer: 0.8 s of 2.5 s. After
    /// it there is time for another connection, or for the words alone.
    pub(in crate::shell::discord) fn try_within(self) -> Duration {
        self.answer * 8 / 25
    }

    /// How long an interaction waits to be read as a sentence: 0.5 s of 2.5 s. Its words decide alone after that.
    pub(in crate::shell::discord) fn read_within(self) -> Duration {
        self.answer / 5
    }

    /// How long a call of the storage may take for which somebody waits: 0.5 s of 2.5 s. Two at the most stand before an answer.
    pub(in crate::shell::discord) fn call_within(self) -> Duration {
        self.answer / 5
    }

    /// When an upload with the answer to an interaction has to be done, so that the words can still follow in time.
    pub(in crate::shell::discord) fn of_upload(self, since: Instant) -> Instant {
        (Instant::now() + self.try_within()).min(self.of_interaction(since) - self.try_within())
    }

    /// How long drawing a picture for the answer to an interaction may take, so that uploading it can be tried, and the words can
    /// still follow.
    pub(in crate::shell::discord) fn left_for_picture(self, since: Instant) -> Duration {
        (self.of_interaction(since) - 2 * self.try_within()).saturating_duration_since(Instant::now())
    }

    /// When it has to be known what channel a message was written in, if it is asked for at `since`; its answer waits for that.
    pub(in crate::shell::discord) fn of_channel(self, since: Instant) -> Instant {
        since + self.answer
    }

    /// When a message has to be answered that came in at `since`.
    pub(in crate::shell::discord) fn of_message(since: Instant) -> Instant {
        since + MESSAGE
    }

    /// When an upload with a message has to be done that begins now.
    pub(in crate::shell::discord) fn of_message_upload() -> Instant {
        Instant::now() + MESSAGE_UPLOAD
    }

    /// When what follows an answer has to be done, if it begins now.
    pub(in crate::shell::discord) fn of_follow_up() -> Instant {
        Instant::now() + FOLLOW_UP
    }
}
