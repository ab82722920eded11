-- How the bot behaves in a server: whether only the asker sees answers, the ids of the channels in which everyone may see them,
-- the id of the role that may write notes (0 for none), and whether questions without an answer are kept. Times are milliseconds
-- since 1970.
CREATE TABLE settings (
    server   INTEGER PRIMARY KEY,
    private  INTEGER NOT NULL,
    channels TEXT NOT NULL,
    writers  INTEGER NOT NULL,
    keeps    INTEGER NOT NULL,
    updated  INTEGER NOT NULL
) WITHOUT ROWID;

-- A team's own word on a topic or a tool. `written` is a day, such as 20261127; `link` is blank where there is none.
CREATE TABLE notes (
    server  INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    text    TEXT NOT NULL,
    link    TEXT NOT NULL,
    written INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (server, kind, subject)
) WITHOUT ROWID;

-- What was asked in a server on a day (the milliseconds at which it begins), by topic and direct answer, and how many people found
-- the answer useful or not. Nothing tells who they are.
CREATE TABLE counts (
    server  INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    topic   TEXT NOT NULL,
    answer  TEXT NOT NULL,
    asked   INTEGER NOT NULL,
    useful  INTEGER NOT NULL,
    useless INTEGER NOT NULL,
    PRIMARY KEY (server, day, topic, answer)
) WITHOUT ROWID;

-- That somebody said whether an answer was useful, so that one person counts once. `voter` is a keyed hash of the person.
CREATE TABLE votes (
    server INTEGER NOT NULL,
    topic  TEXT NOT NULL,
    answer TEXT NOT NULL,
    voter  INTEGER NOT NULL,
    useful INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (server, topic, answer, voter)
) WITHOUT ROWID;

-- Questions that got no answer, where a server wants them kept: near-identical ones are one. Nothing tells who asked.
CREATE TABLE gaps (
    server   INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    question TEXT NOT NULL,
    words    TEXT NOT NULL,
    asked    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (server, id)
) WITHOUT ROWID;

-- Questions that a team added to topics.
CREATE TABLE added (
    server   INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    question TEXT NOT NULL,
    words    TEXT NOT NULL,
    topic    TEXT NOT NULL,
    updated  INTEGER NOT NULL,
    PRIMARY KEY (server, id)
) WITHOUT ROWID;
