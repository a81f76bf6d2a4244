-- Schema 2: pouches written and read, and what was in those that were written (docs/spec/store.md 6).

CREATE TABLE pouches (                -- a log: a line is begun before the act and finished with what was proven
  pouch_no   INTEGER PRIMARY KEY,
  direction  INTEGER NOT NULL CHECK (direction IN (1, 2)),      -- 1 written, 2 read
  pouch_id   BLOB NOT NULL CHECK (length(pouch_id) = 16),
  name       TEXT NOT NULL,           -- of the file, without its folder
  size       INTEGER NOT NULL,
  begun_at   INTEGER NOT NULL,
  proven_at  INTEGER,                 -- written: read back and equal; read: to its end
  envelopes  INTEGER NOT NULL DEFAULT 0,
  blobs      INTEGER NOT NULL DEFAULT 0,
  detail     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX pouches_id ON pouches (pouch_id);
CREATE UNIQUE INDEX pouches_written ON pouches (pouch_id) WHERE direction = 1;

CREATE TABLE pouch_envelopes (        -- which envelopes a pouch was made of
  pouch_no   INTEGER NOT NULL REFERENCES pouches (pouch_no) ON DELETE CASCADE,
  message_id BLOB NOT NULL CHECK (length(message_id) = 16),
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  station    INTEGER NOT NULL,
  PRIMARY KEY (pouch_no, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pouch_envelopes_message ON pouch_envelopes (message_id);
CREATE INDEX pouch_envelopes_cable ON pouch_envelopes (cable_id, station);

ALTER TABLE provenances ADD COLUMN pouch_id BLOB CHECK (pouch_id IS NULL OR length(pouch_id) = 16);
