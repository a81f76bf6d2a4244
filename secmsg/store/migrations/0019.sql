-- Schema 19: inventories, inspections and handovers under way (docs/spec/custody.md 3). Records are register 14.

CREATE TABLE custody_works (
  work INTEGER PRIMARY KEY CHECK (work BETWEEN 1 AND 3),
  form BLOB    NOT NULL
) STRICT;

CREATE TABLE custody_answers (
  work INTEGER NOT NULL REFERENCES custody_works (work),
  code TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 8),
  body BLOB    NOT NULL,
  PRIMARY KEY (work, code)
) STRICT, WITHOUT ROWID;
