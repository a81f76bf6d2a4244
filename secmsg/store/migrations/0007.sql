-- Schema 7: breaks of continuity, ours and (at headquarters) those reported by stations (docs/spec/reset.md 5).

CREATE TABLE breaks (
  break_no        INTEGER PRIMARY KEY,
  reporter        INTEGER NOT NULL,           -- the station that told us; 0: a session of our own
  station         INTEGER NOT NULL,           -- the other end
  device          INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  ours            INTEGER NOT NULL CHECK (ours IN (0, 1)),
  alone           INTEGER NOT NULL CHECK (alone IN (0, 1)),      -- begun by the machine, without a person
  reason          INTEGER NOT NULL,
  generation      INTEGER NOT NULL,           -- of the new session; 0: not open yet
  session_id      BLOB CHECK (session_id IS NULL OR length(session_id) = 16),
  previous        BLOB CHECK (previous IS NULL OR length(previous) = 16),
  follows         INTEGER NOT NULL CHECK (follows IN (0, 1)),
  sent            INTEGER NOT NULL,
  received        INTEGER NOT NULL,
  confirm         INTEGER NOT NULL CHECK (confirm IN (0, 1)),    -- high degrees wait for headquarters
  serial          INTEGER NOT NULL DEFAULT 0, -- of the item that says so in the new session
  reported_at     INTEGER,
  acknowledged_at INTEGER,
  acknowledged_by TEXT NOT NULL DEFAULT '',
  confirmed_at    INTEGER,
  confirmed_by    TEXT NOT NULL DEFAULT '',
  CHECK ((session_id IS NULL) = (generation = 0))
) STRICT;
CREATE INDEX breaks_device ON breaks (device, reporter);
