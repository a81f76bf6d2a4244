-- Prefixes and enrolment tokens have the keeper's name for whom they let in; quotas can be changed; mailboxes count what
-- was refused for them.

ALTER TABLE prefixes ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE prefixes ADD COLUMN since_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE prefixes ADD COLUMN bytes_a_day INTEGER NOT NULL DEFAULT 8589934592;
ALTER TABLE enrol_tokens ADD COLUMN name TEXT NOT NULL DEFAULT '';

ALTER TABLE boxes ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE boxes ADD COLUMN refused_day INTEGER NOT NULL DEFAULT 0;

CREATE TABLE quotas (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL CHECK (value >= 0)
) WITHOUT ROWID;
