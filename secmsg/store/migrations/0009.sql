-- Schema 9: the counter of the store's states, and what keeps sending back (docs/spec/rollback.md).

CREATE TABLE state_counter (          -- one more with every transaction that changes anything
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  value       INTEGER NOT NULL
) STRICT;
INSERT INTO state_counter (one, value) VALUES (1, 0);

CREATE TABLE freezes (                -- never deleted: how each was ended stays
  freeze_no  INTEGER PRIMARY KEY,
  cause      TEXT NOT NULL,
  peer       INTEGER NOT NULL,        -- whose store is doubted; 0: our own
  witness    INTEGER NOT NULL,        -- the station whose word it is; 0: seen here
  at         INTEGER NOT NULL,
  detail     TEXT NOT NULL,
  ended_at   INTEGER,
  ended_how  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX freezes_open ON freezes (cause, peer, witness) WHERE ended_at IS NULL;

CREATE TABLE claims (                 -- the highest serial of ours that a station has named and we do not know
  peer       INTEGER PRIMARY KEY,
  serial     INTEGER NOT NULL
) STRICT;
