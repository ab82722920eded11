-- How far a person got with a tour. `server` is 0 outside of servers. Times are milliseconds since 1970.
CREATE TABLE progress (
    person   BIGINT NOT NULL,
    server   BIGINT NOT NULL,
    path     TEXT COLLATE "C" NOT NULL,
    step     TEXT COLLATE "C" NOT NULL,
    started  BIGINT NOT NULL,
    updated  BIGINT NOT NULL,
    finished BIGINT,
    PRIMARY KEY (person, server, path)
);

CREATE INDEX progress_of_server ON progress (server, path);

-- How often the questions of the quiz were answered in a server, and how often wrongly. Nothing tells by whom.
CREATE TABLE answers (
    server   BIGINT NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    given    BIGINT NOT NULL,
    missed   BIGINT NOT NULL,
    PRIMARY KEY (server, question)
);
