-- Schema 17: results of drills of the hand cipher (docs/spec/drills.md 5). They hold no key figure and no text.

CREATE TABLE drill_runs (
  run      INTEGER PRIMARY KEY,
  officer  TEXT    NOT NULL CHECK (length(officer) BETWEEN 1 AND 80),
  card     TEXT    NOT NULL CHECK (length(card) BETWEEN 1 AND 16),
  ended_at INTEGER NOT NULL,
  seconds  INTEGER NOT NULL CHECK (seconds >= 0),
  asked    INTEGER NOT NULL CHECK (asked >= 0),
  wrong    INTEGER NOT NULL CHECK (wrong >= 0),
  classes  TEXT    NOT NULL,               -- slips by class, "E3 2 E7 1"
  whole    INTEGER NOT NULL CHECK (whole IN (0, 1)),     -- 0: given up
  passed   INTEGER NOT NULL CHECK (passed IN (0, 1))
) STRICT;
CREATE INDEX drill_runs_by_officer ON drill_runs (officer, card, run);
