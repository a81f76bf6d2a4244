-- Schema 6: what each machine has signed to have opened under a cable's id (docs/spec/receipts.md 4).

CREATE TABLE openings (
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  station    INTEGER NOT NULL,
  device     INTEGER NOT NULL,
  opened     BLOB NOT NULL CHECK (length(opened) IN (0, 32)),   -- empty: a receipt that names nothing
  level      INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  evidence   BLOB NOT NULL,           -- the signed receipts that said so first
  PRIMARY KEY (cable_id, device, opened)
) STRICT;
