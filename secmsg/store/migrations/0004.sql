-- How an envelope stands at each channel, as a line of evidence; and channels that the officer has switched off.

ALTER TABLE dispatches ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE dispatches ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;   -- the first try
ALTER TABLE dispatches ADD COLUMN since INTEGER NOT NULL DEFAULT 0;      -- the last change of state
UPDATE dispatches SET
  state = CASE WHEN accepted_at IS NOT NULL THEN 'holds' WHEN doubt THEN 'unknown' ELSE 'waiting' END,
  first_at = coalesce(accepted_at, next_try_at),
  since = coalesce(accepted_at, next_try_at);

ALTER TABLE relays ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));

ALTER TABLE downloads ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0;   -- tries whose bytes did not verify
