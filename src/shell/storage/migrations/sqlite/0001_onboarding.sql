-- How far a person got with a tour. `server` is 0 outside of servers. Times are milliseconds since 1970.
CREATE TABLE progress (
    person   INTEGER NOT NULL,
    server   INTEGER NOT NULL,
    path     TEXT NOT NULL,
    step     TEXT NOT NULL,
    started  INTEGER NOT NULL,
    updated  INTEGER NOT NULL,
    finished INTEGER,
    PRIMARY KEY (person, server, path)
) WITHOUT ROWID;

CREATE INDEX progress_of_server ON progress (server, path);

-- How often the questions of the quiz were answered in a server, and how often wrongly. Nothing tells by whom.
CREATE TABLE answers (
    server   INTEGER NOT NULL,
    question TEXT NOT NULL,
    given    INTEGER NOT NULL,
    missed   INTEGER NOT NULL,
    PRIMARY KEY (server, question)
) WITHOUT ROWID;
