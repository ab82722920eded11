-- What the database says of itself: `application`, the id of the application that it belongs to.
CREATE TABLE facts (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);
