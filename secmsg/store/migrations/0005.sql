-- Schema 5: transfers that the officer has paused (docs/spec/store.md 8).

ALTER TABLE uploads ADD COLUMN paused_at INTEGER;
ALTER TABLE downloads ADD COLUMN paused_at INTEGER;
