-- Schema 13: secrets of sealed envelopes, by number: which are used, and the packets of their recoveries
-- (docs/spec/recovery.md 6). The secret itself is never here, but for the one of a recovery under way (identity).

CREATE TABLE paper_secrets (
  device     INTEGER NOT NULL,             -- the other machine
  number     INTEGER NOT NULL CHECK (number BETWEEN 1 AND 65535),
  state      INTEGER NOT NULL CHECK (state IN (1, 2, 3)),   -- 1 in its envelope, 2 begun by us, 3 burnt
  made_at    INTEGER,                      -- printed here; null: only met
  proof      BLOB CHECK (proof IS NULL OR length(proof) = 32),   -- by which the secret is known again
  begun      BLOB CHECK (begun IS NULL OR length(begun) = 41),
  answered   BLOB CHECK (answered IS NULL OR length(answered) = 41),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
