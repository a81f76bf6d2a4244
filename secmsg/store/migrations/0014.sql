-- Schema 14: cables by hand: what left and what came as groups, and the worksheets that are under way
-- (docs/spec/by-hand.md). No key figure of a page is here but in a worksheet's cells, until its page is destroyed.

ALTER TABLE cables ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1));

CREATE TABLE hand_cables (            -- one for each message: a cable enciphered anew has several
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  place      INTEGER NOT NULL CHECK (place BETWEEN 0 AND 99),
  outgoing   INTEGER NOT NULL CHECK (outgoing IN (0, 1)),
  peer       INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  in_block   INTEGER NOT NULL CHECK (in_block IN (0, 1)),
  book       TEXT NOT NULL,
  page       TEXT NOT NULL,             -- the first of its pages, five figures
  message    TEXT NOT NULL,             -- header and groups as they go: the evidence of what was sent, or came
  content    BLOB NOT NULL,             -- what it says (docs/spec/by-hand.md 8)
  at         INTEGER NOT NULL,
  state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),     -- 0 ours, 1 not signed yet, 2 the same as signed, 3 another
  sent_at    INTEGER,                   -- when a person said that it went
  receipt    TEXT NOT NULL,             -- the figures that prove its receipt by hand, '' where there are none
  receipt_at INTEGER,                   -- ours: when they were said back; theirs: when our officer said them
  wrong      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (cable_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_cables_serial ON hand_cables (outgoing, peer, serial);
CREATE UNIQUE INDEX hand_cables_page ON hand_cables (outgoing, peer, book, page);

CREATE TABLE hand_worksheets (
  worksheet  INTEGER PRIMARY KEY AUTOINCREMENT,     -- never given twice: a screen may hold an old one
  stage      INTEGER NOT NULL CHECK (stage BETWEEN 1 AND 5),
  peer       INTEGER NOT NULL,
  book       TEXT NOT NULL,
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  begun_at   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  body       BLOB NOT NULL
) STRICT;

CREATE TABLE hand_cells (               -- one row for each cell that a person has filled
  worksheet  INTEGER NOT NULL REFERENCES hand_worksheets (worksheet) ON DELETE CASCADE,
  line       INTEGER NOT NULL CHECK (line BETWEEN 0 AND 8),
  place      INTEGER NOT NULL CHECK (place BETWEEN 0 AND 4095),
  typed      TEXT NOT NULL CHECK (length(typed) <= 512),
  PRIMARY KEY (worksheet, line, place)
) STRICT, WITHOUT ROWID;
