-- Schema 15: key material under register numbers, pad pages, authentication sheets, challenge lists
-- (docs/spec/materials.md 6). Figures lie here only while they are held; the ledger is register 11 (training: 12).

CREATE TABLE materials (
  item       INTEGER PRIMARY KEY,                -- the register number; never given twice
  kind       INTEGER NOT NULL,
  title      TEXT NOT NULL,
  edition    INTEGER NOT NULL,
  copy       INTEGER NOT NULL,
  copies     INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  before     INTEGER NOT NULL,                   -- where an item that is cleared goes back to
  peer       INTEGER NOT NULL,                   -- 0: shared with no station
  direction  INTEGER NOT NULL CHECK (direction IN (1, 2)),
  holder     TEXT NOT NULL,
  training   INTEGER NOT NULL CHECK (training IN (0, 1)),
  set_id     BLOB NOT NULL CHECK (length(set_id) IN (0, 16)),
  first      INTEGER NOT NULL,
  pages      INTEGER NOT NULL,
  ours       INTEGER NOT NULL CHECK (ours IN (0, 1)),   -- used here; 0: drawn here for another office
  held       INTEGER NOT NULL CHECK (held IN (0, 1)),
  failures   INTEGER NOT NULL DEFAULT 0,         -- tags that did not verify, unexplained
  at         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX materials_copies ON materials (set_id, copy) WHERE length(set_id) = 16;
CREATE TRIGGER materials_stay BEFORE DELETE ON materials
  BEGIN SELECT raise(ABORT, 'an item of the ledger is never deleted'); END;

CREATE TABLE pad_pages (
  item       INTEGER NOT NULL REFERENCES materials (item),
  page       INTEGER NOT NULL CHECK (page BETWEEN 1 AND 9999),
  state      INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
  figures    TEXT CHECK (figures IS NULL OR length(figures) = 490),
  at         INTEGER NOT NULL,
  serial     INTEGER NOT NULL DEFAULT 0,
  cable      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (item, page)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pad_pages_stay BEFORE DELETE ON pad_pages
  BEGIN SELECT raise(ABORT, 'a page is never deleted'); END;
CREATE TRIGGER pad_pages_move_on BEFORE UPDATE ON pad_pages
  WHEN new.state < old.state OR (old.figures IS NULL AND new.figures IS NOT NULL)
  BEGIN SELECT raise(ABORT, 'a page never goes back, and its figures never return'); END;

CREATE TABLE pad_sheets (
  item       INTEGER NOT NULL REFERENCES materials (item),
  sheet      INTEGER NOT NULL CHECK (sheet IN (1, 2)),
  figures    TEXT NOT NULL CHECK (length(figures) = 5),
  PRIMARY KEY (item, sheet)
) STRICT, WITHOUT ROWID;

CREATE TABLE challenge_lines (
  item       INTEGER NOT NULL REFERENCES materials (item),
  line       INTEGER NOT NULL CHECK (line >= 1),
  struck_at  INTEGER,                            -- used: never asked or answered again
  challenge  TEXT CHECK (challenge IS NULL OR length(challenge) = 4),
  reply      TEXT CHECK (reply IS NULL OR length(reply) = 4),
  PRIMARY KEY (item, line)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER challenge_lines_stay BEFORE DELETE ON challenge_lines
  BEGIN SELECT raise(ABORT, 'a line of a list is never deleted'); END;
CREATE TRIGGER challenge_lines_move_on BEFORE UPDATE ON challenge_lines
  WHEN (old.struck_at IS NOT NULL AND new.struck_at IS NOT old.struck_at)
    OR (old.reply IS NULL AND new.reply IS NOT NULL)
  BEGIN SELECT raise(ABORT, 'a line is struck once, and its figures never return'); END;
