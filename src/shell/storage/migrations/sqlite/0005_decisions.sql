-- What a team decides, and what came of its votes: counts, no people. `date` is a day, such as 20261127; `successor` is the number
-- of the decision that came in its place, or 0; `source` and `options` are JSON. Times are milliseconds since 1970.
CREATE TABLE decisions (
    server       INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    status       TEXT NOT NULL,
    successor    INTEGER NOT NULL,
    date         INTEGER NOT NULL,
    question     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    source       TEXT NOT NULL,
    options      TEXT NOT NULL,
    least        INTEGER NOT NULL,
    counted      INTEGER NOT NULL,
    decision     TEXT NOT NULL,
    reason       TEXT NOT NULL,
    rejected     TEXT NOT NULL,
    consequences TEXT NOT NULL,
    updated      INTEGER NOT NULL,
    PRIMARY KEY (server, number)
) WITHOUT ROWID;

-- The polls whose votes are still to be counted. `message` is 0 until it is known; `due` is when the poll is looked at next.
CREATE TABLE polls (
    server  INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL,
    ends    INTEGER NOT NULL,
    due     INTEGER NOT NULL,
    PRIMARY KEY (server, number)
) WITHOUT ROWID;

CREATE INDEX polls_due ON polls (due);
CREATE INDEX polls_message ON polls (message);
