-- What has been done for one event, such as a press of a button: each once, whichever process does it. `event` is a keyed hash
-- of who acted, where and on what; `at` is in milliseconds since 1970.
CREATE TABLE events (
    event INTEGER NOT NULL,
    done  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (event, done)
) WITHOUT ROWID;

-- By which the counts that nobody adds to any more are dropped where there are too many.
ALTER TABLE answers ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;
