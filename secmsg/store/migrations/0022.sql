-- Schema 22: rings left for machines that may be locked, and answers sealed in advance (docs/spec/ring.md).

CREATE TABLE rings (
  message_id  BLOB    NOT NULL CHECK (length(message_id) = 16),   -- the cable's envelope
  relay_id    BLOB    NOT NULL,
  device      INTEGER NOT NULL,
  ring_id     BLOB    NOT NULL CHECK (length(ring_id) = 16),
  box         BLOB    NOT NULL,
  nonce       BLOB    NOT NULL CHECK (length(nonce) = 16),
  answer      BLOB    NOT NULL CHECK (length(answer) = 16),       -- the name under which its answer comes
  begun_at    INTEGER NOT NULL,
  rung_at     INTEGER,
  answered_at INTEGER,
  PRIMARY KEY (message_id, relay_id)
) STRICT;
CREATE INDEX rings_by_answer ON rings (answer);

CREATE TABLE ring_answers (
  device      INTEGER PRIMARY KEY,
  session_id  BLOB    NOT NULL,
  epoch       INTEGER NOT NULL,
  sealed      BLOB    NOT NULL,
  made_at     INTEGER NOT NULL,
  given       BLOB    NOT NULL               -- the watch that has it; empty: none
) STRICT;
