-- How the bot behaves in a server: whether only the asker sees answers, the ids of the channels in which everyone may see them,
-- the id of the role that may write notes (0 for none), and whether questions without an answer are kept. Times are milliseconds
-- since 1970.
CREATE TABLE settings (
    server   BIGINT PRIMARY KEY,
    private  BIGINT NOT NULL,
    channels TEXT COLLATE "C" NOT NULL,
    writers  BIGINT NOT NULL,
    keeps    BIGINT NOT NULL,
    updated  BIGINT NOT NULL
);

-- A team's own word on a topic or a tool. `written` is a day, such as 20261127; `link` is blank where there is none.
CREATE TABLE notes (
    server  BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    text    TEXT COLLATE "C" NOT NULL,
    link    TEXT COLLATE "C" NOT NULL,
    written BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (server, kind, subject)
);

-- What was asked in a server on a day (the milliseconds at which it begins), by topic and direct answer, and how many people found
-- the answer useful or not. Nothing tells who they are.
CREATE TABLE counts (
    server  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    topic   TEXT COLLATE "C" NOT NULL,
    answer  TEXT COLLATE "C" NOT NULL,
    asked   BIGINT NOT NULL,
    useful  BIGINT NOT NULL,
    useless BIGINT NOT NULL,
    PRIMARY KEY (server, day, topic, answer)
);

-- That somebody said whether an answer was useful, so that one person counts once. `voter` is a keyed hash of the person.
CREATE TABLE votes (
    server BIGINT NOT NULL,
    topic  TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    voter  BIGINT NOT NULL,
    useful BIGINT NOT NULL,
    day    BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (server, topic, answer, voter)
);

-- Questions that got no answer, where a server wants them kept: near-identical ones are one. Nothing tells who asked.
CREATE TABLE gaps (
    server   BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    words    TEXT COLLATE "C" NOT NULL,
    asked    BIGINT NOT NULL,
    last     BIGINT NOT NULL,
    PRIMARY KEY (server, id)
);

-- Questions that a team added to topics.
CREATE TABLE added (
    server   BIGINT NOT NULL,
    id       BIGINT NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    words    TEXT COLLATE "C" NOT NULL,
    topic    TEXT COLLATE "C" NOT NULL,
    updated  BIGINT NOT NULL,
    PRIMARY KEY (server, id)
);
