-- What the file says of itself: `application`, the id of the application that it belongs to, and `tidied`, which is there
-- as long as nothing that was deleted can still be read in the file.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
