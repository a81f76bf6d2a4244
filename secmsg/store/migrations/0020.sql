-- Schema 20: delegation kits (docs/spec/kit.md 7): the post's table of kits, and what a kit holds of its own.

CREATE TABLE kits (                   -- at the post: one row for each kit, never deleted
  kit       INTEGER PRIMARY KEY,
  kit_id    BLOB    NOT NULL UNIQUE CHECK (length(kit_id) = 16),
  item      INTEGER UNIQUE REFERENCES materials (item),   -- from the moment it is whole
  state     INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),   -- 1 being made, 2 out, 3 returned, 4 lost, 5 given up
  permit    BLOB    NOT NULL,         -- signed
  drop_key  BLOB    NOT NULL,         -- public half of the kit's drop key
  drops     INTEGER NOT NULL DEFAULT 0,
  at        INTEGER NOT NULL,
  log       BLOB,                     -- as it came back
  noted     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER kits_stay BEFORE DELETE ON kits
  BEGIN SELECT raise(ABORT, 'a kit is never forgotten'); END;

CREATE TABLE kit_cables (             -- at the post: which cable is in which kit, under the kit's own id
  kit       INTEGER NOT NULL REFERENCES kits (kit),
  inner_id  BLOB    NOT NULL CHECK (length(inner_id) = 16),
  cable_id  BLOB    NOT NULL CHECK (length(cable_id) = 16),
  addition  INTEGER NOT NULL,         -- 0: with the kit; else the number of the addition
  PRIMARY KEY (kit, inner_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kit_names (              -- in a kit: the stations that its cables name
  station   INTEGER PRIMARY KEY,
  name_vi   TEXT    NOT NULL,
  name_en   TEXT    NOT NULL
) STRICT;

CREATE TABLE kit_proofs (             -- in a kit: what the post had proven of each cable
  cable_id  BLOB PRIMARY KEY CHECK (length(cable_id) = 16),
  body      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kit_use (                -- in a kit: how far it was used; nothing of it ever falls but by an addition
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  seen      INTEGER NOT NULL,
  used_s    INTEGER NOT NULL DEFAULT 0,
  openings  INTEGER NOT NULL DEFAULT 0,
  prints    INTEGER NOT NULL DEFAULT 0,
  exports   INTEGER NOT NULL DEFAULT 0,
  drops     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER kit_use_rises BEFORE UPDATE ON kit_use
  WHEN new.used_s < old.used_s OR new.openings < old.openings OR new.prints < old.prints
    OR new.exports < old.exports OR new.drops < old.drops OR (new.seen < old.seen AND new.drops = old.drops)
  BEGIN SELECT raise(ABORT, 'what was used of a kit is not given back'); END;
