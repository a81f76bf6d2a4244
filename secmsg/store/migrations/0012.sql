-- Schema 12: a week may have two mailboxes at a relay, when an edition has renewed the secrets (docs/spec/veil.md 4).

CREATE TABLE boxes_by_name (          -- mailboxes made at a relay
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  week       INTEGER NOT NULL,
  lane       INTEGER NOT NULL,
  box        BLOB NOT NULL CHECK (length(box) = 16),
  made_at    INTEGER NOT NULL,
  PRIMARY KEY (relay_id, week, lane, box)
) STRICT;
INSERT INTO boxes_by_name SELECT relay_id, week, lane, box, made_at FROM boxes;
DROP TABLE boxes;
ALTER TABLE boxes_by_name RENAME TO boxes;
