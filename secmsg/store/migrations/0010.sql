-- Schema 10: what the two ends of a pair have told each other, books of serials, blocks for traffic by hand, asking on
-- several ways (docs/spec/continuity.md).

CREATE TABLE pair_watches (           -- office/serials.py Watch
  peer       INTEGER PRIMARY KEY,
  body       BLOB NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE books (                  -- books opened anew by two persons: ours to a station (outgoing), a station's to us
  peer       INTEGER NOT NULL,
  outgoing   INTEGER NOT NULL CHECK (outgoing IN (0, 1)),
  book       INTEGER NOT NULL CHECK (book >= 1),
  first      INTEGER NOT NULL CHECK (first >= 1),
  base       BLOB NOT NULL CHECK (length(base) = 32),     -- stands for the hash of the item before the first
  message    BLOB NOT NULL,                               -- the message with both signatures
  opened_at  INTEGER NOT NULL,
  PRIMARY KEY (peer, outgoing, book)
) STRICT, WITHOUT ROWID;

CREATE TABLE hand_blocks (            -- serials kept for traffic by hand
  peer        INTEGER NOT NULL,
  outgoing    INTEGER NOT NULL CHECK (outgoing IN (0, 1)),
  first       INTEGER NOT NULL CHECK (first >= 1),
  last        INTEGER NOT NULL,
  used        BLOB NOT NULL,                              -- ranges given by hand, as the sender reported them
  taken       BLOB NOT NULL,                              -- ranges that came by hand, as the receiver entered them
  reported_at INTEGER,                                    -- when the sender reconciled
  PRIMARY KEY (peer, outgoing, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE asks (                   -- requests for repeats; the request's own serial leads to the channels it took
  ask_no     INTEGER PRIMARY KEY,
  peer       INTEGER NOT NULL,
  first      INTEGER NOT NULL,
  last       INTEGER NOT NULL,
  attempt    INTEGER NOT NULL,
  by_hand    INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
  at         INTEGER NOT NULL,
  request    INTEGER NOT NULL         -- serial of the item that carried it
) STRICT;
CREATE INDEX asks_by_peer ON asks (peer, first);

ALTER TABLE gaps ADD COLUMN alarmed_at INTEGER;            -- given to the officers of both ends

ALTER TABLE envelopes ADD COLUMN turn INTEGER NOT NULL DEFAULT 0 CHECK (turn >= 0);   -- with which channel it begins
