-- What a team decides, and what came of its votes: counts, no people. `date` is a day, such as 20261127; `successor` is the number
-- of the decision that came in its place, or 0; `source` and `options` are JSON. Times are milliseconds since 1970.
CREATE TABLE decisions (
    server       BIGINT NOT NULL,
    number       BIGINT NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    successor    BIGINT NOT NULL,
    date         BIGINT NOT NULL,
    question     TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    subject      TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL,
    options      TEXT COLLATE "C" NOT NULL,
    least        BIGINT NOT NULL,
    counted      BIGINT NOT NULL,
    decision     TEXT COLLATE "C" NOT NULL,
    reason       TEXT COLLATE "C" NOT NULL,
    rejected     TEXT COLLATE "C" NOT NULL,
    consequences TEXT COLLATE "C" NOT NULL,
    updated      BIGINT NOT NULL,
    PRIMARY KEY (server, number)
);

-- The polls whose votes are still to be counted. `message` is 0 until it is known; `due` is when the poll is looked at next.
CREATE TABLE polls (
    server  BIGINT NOT NULL,
    number  BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    message BIGINT NOT NULL,
    ends    BIGINT NOT NULL,
    due     BIGINT NOT NULL,
    PRIMARY KEY (server, number)
);

CREATE INDEX polls_due ON polls (due);
CREATE INDEX polls_message ON polls (message);
