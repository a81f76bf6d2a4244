-- Schema 1 of the station's store (docs/spec/store.md 3). Applied once, in one transaction; never edited after a release:
-- a change is a new file. Every table is STRICT, so that a column's type is a fact for the code that reads it.

CREATE TABLE migrations (
  number     INTEGER PRIMARY KEY,
  checksum   BLOB NOT NULL CHECK (length(checksum) = 32)
) STRICT;

-- who we are -------------------------------------------------------------------------------------------------------

CREATE TABLE identity (               -- seeds and capabilities: sealed once more under the identity key
  name       TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
  sealed     INTEGER NOT NULL CHECK (sealed IN (0, 1)),
  value      BLOB NOT NULL
) STRICT;

CREATE TABLE settings (               -- the screens' own
  name       TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
  value      TEXT NOT NULL CHECK (length(value) <= 65536)
) STRICT;

CREATE TABLE relays (
  relay_id    BLOB PRIMARY KEY CHECK (length(relay_id) = 16),
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  base_url    TEXT NOT NULL,
  prefix      TEXT NOT NULL,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  enrol_token BLOB NOT NULL
) STRICT;

CREATE TABLE boxes (                  -- mailboxes made at a relay
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  week       INTEGER NOT NULL,
  lane       INTEGER NOT NULL,
  box        BLOB NOT NULL CHECK (length(box) = 16),
  made_at    INTEGER NOT NULL,
  PRIMARY KEY (relay_id, week, lane)
) STRICT;

CREATE TABLE notices (                -- what the officer must learn and that is not a cable
  notice_id  INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  at         INTEGER NOT NULL,
  detail     TEXT NOT NULL
) STRICT;

-- whom we know -----------------------------------------------------------------------------------------------------

CREATE TABLE directory (              -- the edition in force: one row
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  number     INTEGER NOT NULL,
  root       BLOB NOT NULL CHECK (length(root) = 32),
  body       BLOB NOT NULL,
  taken_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE editions (
  number     INTEGER PRIMARY KEY,
  segment    BLOB NOT NULL
) STRICT;

CREATE TABLE heads (                  -- which (number, root) each peer or relay has shown: gossip against a forked directory
  source     TEXT NOT NULL,
  number     INTEGER NOT NULL,
  root       BLOB NOT NULL CHECK (length(root) BETWEEN 8 AND 32),
  at         INTEGER NOT NULL,
  PRIMARY KEY (source, number, root)
) STRICT;

CREATE TABLE contacts (               -- certificates met, and whether an officer has compared their fingerprint
  ref          BLOB PRIMARY KEY CHECK (length(ref) = 32),
  type         INTEGER NOT NULL,
  subject      INTEGER NOT NULL,
  station      INTEGER NOT NULL,
  met_at       INTEGER NOT NULL,
  confirmed_at INTEGER,
  note         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contacts_subject ON contacts (type, subject);

-- keys that change -------------------------------------------------------------------------------------------------

CREATE TABLE sessions (
  session_id BLOB PRIMARY KEY CHECK (length(session_id) = 16),
  device     INTEGER NOT NULL,
  station    INTEGER NOT NULL,
  state      INTEGER NOT NULL CHECK (state IN (1, 2)),      -- 1 active, 2 draining
  until      INTEGER,                                       -- a draining session is forgotten then
  body       BLOB NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((state = 2) = (until IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX sessions_active ON sessions (device) WHERE state = 1;

CREATE TABLE floors (                 -- per peer device: what may never be less again, also when its sessions are gone
  device     INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL,                              -- of sessions
  batch      INTEGER NOT NULL                               -- version of its prekey batches
) STRICT;

CREATE TABLE signed_prekeys (
  spk_id     INTEGER PRIMARY KEY,
  private    BLOB NOT NULL,
  public     BLOB NOT NULL,
  made_at    INTEGER NOT NULL,
  forget_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE prekey_counters (        -- the last id given, also when what carried it is erased: an id returns never
  name       TEXT PRIMARY KEY CHECK (name IN ('signed', 'batch')),
  last       INTEGER NOT NULL
) STRICT;

CREATE TABLE prekey_batches (
  version    INTEGER PRIMARY KEY,
  public     BLOB NOT NULL,
  made_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE one_time_prekeys (
  opk_id     INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL REFERENCES prekey_batches (version) ON DELETE CASCADE,
  private    BLOB NOT NULL,
  public     BLOB NOT NULL
) STRICT;

CREATE TABLE prekey_uploads (         -- what each relay has been given
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  version    INTEGER NOT NULL REFERENCES prekey_batches (version) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  PRIMARY KEY (relay_id, version)
) STRICT;

CREATE TABLE prekey_takes (           -- a request under way is repeated with the same id, so that it spends one prekey
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  device     INTEGER NOT NULL,
  request_id BLOB NOT NULL CHECK (length(request_id) = 16),
  at         INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  PRIMARY KEY (relay_id, device)
) STRICT;

CREATE TABLE seen_messages (
  message_id BLOB PRIMARY KEY CHECK (length(message_id) = 16),
  at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_ephemerals (
  ephemeral  BLOB PRIMARY KEY CHECK (length(ephemeral) = 32),
  until      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- cables -----------------------------------------------------------------------------------------------------------

CREATE TABLE cables (
  cable_no     INTEGER PRIMARY KEY,   -- local; names the row in the search index
  cable_id     BLOB NOT NULL UNIQUE CHECK (length(cable_id) = 16),
  direction    INTEGER NOT NULL CHECK (direction IN (1, 2)),   -- 1 out, 2 in
  origin       INTEGER NOT NULL,
  first_to     INTEGER NOT NULL,
  others       INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  symbol       TEXT NOT NULL,
  mrn          TEXT NOT NULL,
  kind         INTEGER NOT NULL,
  degree       INTEGER NOT NULL,
  urgency      INTEGER NOT NULL,
  subject      TEXT NOT NULL,
  dtg          INTEGER NOT NULL,
  at           INTEGER NOT NULL,      -- released or received
  annexes      INTEGER NOT NULL,
  register_line INTEGER NOT NULL,
  state        TEXT NOT NULL,
  read_at      INTEGER,
  acknowledged_at INTEGER
) STRICT;
CREATE INDEX cables_listed ON cables (direction, at DESC);
CREATE INDEX cables_mrn ON cables (mrn);

CREATE TABLE cable_bodies (           -- apart from the list, so that listing reads no bodies
  cable_no   INTEGER PRIMARY KEY REFERENCES cables (cable_no) ON DELETE CASCADE,
  signed     BLOB NOT NULL
) STRICT;

CREATE TABLE provenances (            -- what was checked when an incoming cable was received
  cable_no   INTEGER PRIMARY KEY REFERENCES cables (cable_no) ON DELETE CASCADE,
  peer       INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  follows    INTEGER,
  relay_id   BLOB CHECK (relay_id IS NULL OR length(relay_id) = 16),
  edition    INTEGER NOT NULL,
  person_ref BLOB NOT NULL CHECK (length(person_ref) = 32),
  device_ref BLOB NOT NULL CHECK (length(device_ref) = 32),
  received_at INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);

CREATE TABLE drafts (
  draft_id   BLOB PRIMARY KEY CHECK (length(draft_id) = 16),
  saved_at   INTEGER NOT NULL,
  body       BLOB NOT NULL
) STRICT;

CREATE TABLE numbers (                -- the last cable number given in a year
  year       INTEGER PRIMARY KEY,
  last       INTEGER NOT NULL CHECK (last BETWEEN 1 AND 99999)
) STRICT;

-- registers: lines are added, never changed --------------------------------------------------------------------------

CREATE TABLE register_lines (
  register   INTEGER NOT NULL,
  line       INTEGER NOT NULL CHECK (line >= 1),
  at         INTEGER NOT NULL,
  body       BLOB NOT NULL,
  mac        BLOB NOT NULL CHECK (length(mac) = 32),
  PRIMARY KEY (register, line)
) STRICT;
CREATE TRIGGER register_lines_stay BEFORE DELETE ON register_lines
  BEGIN SELECT raise(ABORT, 'a register line is never deleted'); END;
CREATE TRIGGER register_lines_stand BEFORE UPDATE ON register_lines
  BEGIN SELECT raise(ABORT, 'a register line is never changed'); END;

CREATE TABLE register_heads (         -- the last line of each register, so that a cut tail shows
  register   INTEGER PRIMARY KEY,
  line       INTEGER NOT NULL,
  mac        BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

-- on the way -------------------------------------------------------------------------------------------------------

CREATE TABLE outgoing_pairs (         -- the next serial towards a station, and the hash of the item before it
  peer       INTEGER PRIMARY KEY,
  next       INTEGER NOT NULL CHECK (next >= 1),
  head       BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;

CREATE TABLE sent_items (             -- kept for a repeat on request
  peer       INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  sent_at    INTEGER NOT NULL,
  item       BLOB NOT NULL,
  PRIMARY KEY (peer, serial)
) STRICT;

CREATE TABLE incoming_pairs (
  peer       INTEGER PRIMARY KEY,
  body       BLOB NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE gaps (
  peer       INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  asked_at   INTEGER,
  asked      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (peer, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE envelopes (              -- one item for one device
  message_id BLOB PRIMARY KEY CHECK (length(message_id) = 16),
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  station    INTEGER NOT NULL,
  device     INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  urgency    INTEGER NOT NULL,
  sealed     BLOB,                    -- NULL: waits for a session, or no longer needed
  state      TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  evidence   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX envelopes_cable ON envelopes (cable_id);
CREATE INDEX envelopes_serial ON envelopes (device, serial);
CREATE INDEX envelopes_state ON envelopes (state, urgency DESC, created_at);

CREATE TABLE dispatches (             -- one envelope at one relay
  message_id  BLOB NOT NULL REFERENCES envelopes (message_id) ON DELETE CASCADE,
  relay_id    BLOB NOT NULL CHECK (length(relay_id) = 16),
  attempts    INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL,
  accepted_at INTEGER,
  doubt       INTEGER NOT NULL DEFAULT 0 CHECK (doubt IN (0, 1)),   -- an attempt broke off: it may have arrived
  detail      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (message_id, relay_id)
) STRICT;

CREATE TABLE receipts (               -- what addressees have proven about our cables
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  station    INTEGER NOT NULL,
  level      INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  note       TEXT NOT NULL,
  signer     BLOB NOT NULL CHECK (length(signer) = 32),
  evidence   BLOB NOT NULL,
  PRIMARY KEY (cable_id, station, level)
) STRICT;

CREATE TABLE receipts_due (           -- what we have still to say about theirs
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  level      INTEGER NOT NULL,
  station    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  note       TEXT NOT NULL,
  PRIMARY KEY (cable_id, level)
) STRICT;

CREATE TABLE quarantine (             -- packets that would not open; kept after the last try
  message_id BLOB PRIMARY KEY CHECK (length(message_id) = 16),
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  at         INTEGER NOT NULL,
  tries      INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  body       BLOB NOT NULL
) STRICT;

-- blobs ------------------------------------------------------------------------------------------------------------

CREATE TABLE blobs (                  -- complete ciphertext files
  blob_key   BLOB PRIMARY KEY CHECK (length(blob_key) = 16),
  size       INTEGER NOT NULL,
  day        INTEGER NOT NULL
) STRICT;

CREATE TABLE annexes (
  cable_id   BLOB NOT NULL CHECK (length(cable_id) = 16),
  position   INTEGER NOT NULL,
  state      INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),   -- 1 waiting, 2 downloading, 3 ready, 4 damaged
  slip       BLOB NOT NULL,           -- holds the key
  blob_key   BLOB REFERENCES blobs (blob_key),
  PRIMARY KEY (cable_id, position)
) STRICT;

CREATE TABLE uploads (
  blob_key   BLOB NOT NULL REFERENCES blobs (blob_key) ON DELETE CASCADE,
  relay_id   BLOB NOT NULL CHECK (length(relay_id) = 16),
  blob_id    BLOB NOT NULL CHECK (length(blob_id) = 16),
  uploader   BLOB NOT NULL,
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  position   INTEGER NOT NULL,
  total      INTEGER NOT NULL,
  done       INTEGER NOT NULL DEFAULT 0,
  attempts   INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL,
  finished_at INTEGER,
  detail     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (blob_key, relay_id)
) STRICT;
CREATE INDEX uploads_cable ON uploads (cable_id);

CREATE TABLE downloads (
  blob_key   BLOB PRIMARY KEY CHECK (length(blob_key) = 16),   -- the partial file's name
  purpose    INTEGER NOT NULL,
  cable_id   BLOB CHECK (cable_id IS NULL OR length(cable_id) = 16),
  position   INTEGER NOT NULL,
  slip       BLOB NOT NULL,
  context    BLOB NOT NULL,           -- what the station needs to go on when the blob is there
  limit_size INTEGER NOT NULL,
  done       INTEGER NOT NULL DEFAULT 0,
  total      INTEGER NOT NULL DEFAULT 0,
  attempts   INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL,
  detail     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX downloads_cable ON downloads (cable_id, position);
