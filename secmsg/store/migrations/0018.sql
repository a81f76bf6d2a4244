-- Schema 18: backups made here, and what their tests came to (docs/spec/backup.md). Only made_at says that one stands.

CREATE TABLE backups (
  backup_no     INTEGER PRIMARY KEY,
  folder_id     BLOB    NOT NULL CHECK (length(folder_id) = 16),
  place         TEXT    NOT NULL CHECK (length(place) BETWEEN 1 AND 400),
  item          INTEGER,                   -- number in the ledger of materials; NULL before the station has joined
  officer       TEXT    NOT NULL,
  begun_at      INTEGER NOT NULL,
  made_at       INTEGER,
  manifest      INTEGER NOT NULL DEFAULT 0,
  counter       INTEGER NOT NULL DEFAULT 0,
  cables        INTEGER NOT NULL DEFAULT 0,
  blobs         INTEGER NOT NULL DEFAULT 0,
  bytes         INTEGER NOT NULL DEFAULT 0,
  written       INTEGER NOT NULL DEFAULT 0,
  detail        TEXT    NOT NULL DEFAULT '',
  verified_at   INTEGER,
  verified_how  TEXT    NOT NULL DEFAULT '',   -- '' whole, else what was wrong
  rehearsed_at  INTEGER,
  rehearsed_how TEXT    NOT NULL DEFAULT ''
) STRICT;
