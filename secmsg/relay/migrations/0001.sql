-- What a relay keeps. Days are days since 1970, hours (of prekey answers alone) too; nothing finer is written down.

CREATE TABLE prefixes (
    prefix_hash BLOB PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE enrol_tokens (
    token_hash BLOB PRIMARY KEY,
    boxes_left INTEGER NOT NULL CHECK (boxes_left >= 0)
) WITHOUT ROWID;

CREATE TABLE boxes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    box BLOB NOT NULL UNIQUE,
    key_id BLOB NOT NULL,
    reader BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    next_seq INTEGER NOT NULL DEFAULT 1,
    held INTEGER NOT NULL DEFAULT 0,
    held_bytes INTEGER NOT NULL DEFAULT 0,
    expires_day INTEGER NOT NULL
);
CREATE INDEX boxes_by_key ON boxes (key_id);

-- One row per message until its time is over, whether or not the body is still there: a late repeat is recognised.
CREATE TABLE seen (
    box_id INTEGER NOT NULL,
    message_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    expires_day INTEGER NOT NULL,
    PRIMARY KEY (box_id, message_id)
) WITHOUT ROWID;

CREATE TABLE messages (
    box_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    message_id BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (box_id, seq)
);

CREATE TABLE prekeys (
    box_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    signed BLOB NOT NULL,
    batch BLOB NOT NULL
);

CREATE TABLE one_time_prekeys (
    box_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    entry BLOB NOT NULL,
    UNIQUE (box_id, position)
);

-- The answers of the last day, so that a repeated request burns no second key.
CREATE TABLE takes (
    box_id INTEGER NOT NULL,
    request_id BLOB NOT NULL,
    taken_hour INTEGER NOT NULL,
    status INTEGER NOT NULL,
    signed BLOB NOT NULL,
    batch BLOB NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (box_id, request_id)
);

CREATE TABLE blobs (
    name BLOB PRIMARY KEY,
    capability_hash BLOB NOT NULL,
    length INTEGER NOT NULL,
    received INTEGER NOT NULL CHECK (received BETWEEN 0 AND length),
    tag BLOB NOT NULL,
    expires_day INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE editions (
    number INTEGER PRIMARY KEY,
    segment BLOB NOT NULL,
    segment_hash BLOB NOT NULL
);
