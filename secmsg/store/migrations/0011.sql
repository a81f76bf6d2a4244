-- Schema 11: short cables by thin packets: without a signature until the signed one comes (docs/spec/store.md 3).

ALTER TABLE cables ADD COLUMN unsigned INTEGER NOT NULL DEFAULT 0 CHECK (unsigned IN (0, 1));

CREATE TABLE thin_texts (             -- every cable that came by thin packets, also after the signed one is here
  cable_id   BLOB PRIMARY KEY CHECK (length(cable_id) = 16),
  station    INTEGER NOT NULL,
  device     INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  content    BLOB NOT NULL,           -- control byte and message, as decoded whole
  state      INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3)      -- 1 not signed yet, 2 the same as signed, 3 another
) STRICT;
CREATE INDEX thin_texts_serial ON thin_texts (station, serial);

CREATE TABLE thin_pieces (            -- fragments of messages that are not whole
  device     INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  control    INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  parity     INTEGER NOT NULL,
  piece      BLOB NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (device, message_id, place)
) STRICT;

CREATE TABLE thin_whole (             -- messages that became whole, so that pieces that come later have no effect
  device     INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  control    INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  parity     INTEGER NOT NULL,
  message    BLOB NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (device, message_id)
) STRICT;

CREATE TABLE thin_packets (           -- what was sealed for one machine: a repetition is these bytes
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  device     INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  bearer     INTEGER NOT NULL,
  packet     BLOB NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (cable_id, device, place)
) STRICT;

CREATE TABLE thin_messages (          -- the last message id given towards a machine
  device     INTEGER PRIMARY KEY,
  last       INTEGER NOT NULL CHECK (last BETWEEN 0 AND 255)
) STRICT;
