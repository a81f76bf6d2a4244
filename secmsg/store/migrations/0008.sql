-- Schema 8: a mark that changes with every state of a session, so that what is held of it in memory is known to be
-- of this state (docs/spec/store.md 3). The index alone answers which sessions there are and what changed.

ALTER TABLE sessions ADD COLUMN mark BLOB NOT NULL DEFAULT x'';
UPDATE sessions SET mark = randomblob(8);
CREATE INDEX sessions_marks ON sessions (changed_at, session_id, mark, until);
