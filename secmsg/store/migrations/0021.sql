-- Schema 21: the persons of this post, who stands in for whom (docs/spec/persons.md 5). A row is never deleted: the name
-- stays with what its person signed.

CREATE TABLE officers (
  officer     INTEGER PRIMARY KEY CHECK (officer BETWEEN 1 AND 65535),
  name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  title       TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  rank        INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 3),
  state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
  slot        INTEGER CHECK (slot BETWEEN 0 AND 7),       -- of the vault; NULL: none
  person      INTEGER NOT NULL CHECK (person BETWEEN 0 AND 65535),   -- in the directory; 0: not listed yet
  public      BLOB    NOT NULL CHECK (length(public) = 1984),
  certificate BLOB    NOT NULL,                           -- empty until an edition lists the person
  request     BLOB    NOT NULL,                           -- what headquarters was or is to be asked; empty: nothing
  pages       BLOB    NOT NULL,                           -- both copies of the slot of one who is suspended, or none
  made_at     INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX officers_by_slot ON officers (slot) WHERE slot IS NOT NULL;
CREATE TRIGGER officers_stay BEFORE DELETE ON officers WHEN old.state <> 1
BEGIN SELECT RAISE (ABORT, 'a person who was here stays on record'); END;

CREATE TABLE officer_keys (
  copy    INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (officer) ON DELETE CASCADE,
  sheet   BLOB    NOT NULL,                                   -- sealed to this sheet: 16 bytes; empty: the officer secret
  sealed  BLOB    NOT NULL
) STRICT;
CREATE INDEX officer_keys_by_officer ON officer_keys (officer);

CREATE TABLE officer_terms (
  term     INTEGER PRIMARY KEY,
  officer  INTEGER NOT NULL REFERENCES officers (officer),   -- who is absent
  deputy   INTEGER REFERENCES officers (officer),            -- who stands in; NULL: nobody
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL CHECK (until > since),
  seen     INTEGER NOT NULL,                                 -- the latest hour at which it was looked at
  ended_at INTEGER,                                          -- NULL: not yet
  decided  TEXT    NOT NULL CHECK (length(decided) BETWEEN 1 AND 700)
) STRICT;
