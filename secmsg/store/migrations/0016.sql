-- Schema 16: headquarters' own codebooks and the missions' supplements (docs/spec/codebook.md 9).

CREATE TABLE codebooks (
  edition    INTEGER PRIMARY KEY CHECK (edition BETWEEN 1 AND 9999),
  file       TEXT NOT NULL,
  at         INTEGER NOT NULL
) STRICT;
CREATE TRIGGER codebooks_stay BEFORE DELETE ON codebooks
  BEGIN SELECT raise(ABORT, 'an edition stays for the messages that were made with it'); END;
CREATE TRIGGER codebooks_same BEFORE UPDATE ON codebooks
  BEGIN SELECT raise(ABORT, 'an edition never changes'); END;

CREATE TABLE codebook_supplements (
  peer       INTEGER NOT NULL,                   -- the station it is shared with; 0: with every one
  issue      INTEGER NOT NULL CHECK (issue BETWEEN 1 AND 999999),
  file       TEXT NOT NULL,
  at         INTEGER NOT NULL,
  in_force   INTEGER,                            -- since when; NULL: being written
  PRIMARY KEY (peer, issue)
) STRICT;
CREATE TRIGGER codebook_supplements_same BEFORE UPDATE ON codebook_supplements WHEN old.in_force IS NOT NULL
  BEGIN SELECT raise(ABORT, 'an issue in force never changes'); END;
CREATE TRIGGER codebook_supplements_stay BEFORE DELETE ON codebook_supplements WHEN old.in_force IS NOT NULL
  BEGIN SELECT raise(ABORT, 'an issue that was in force stays'); END;
