-- Schema 3: lists and search that hold at a million cables (docs/spec/store.md 7 and 9).

-- The order of the incoming list: what waits for an acknowledgement first, the most urgent first; then by arrival.
ALTER TABLE cables ADD COLUMN waits INTEGER
  GENERATED ALWAYS AS (CASE WHEN direction = 2 AND acknowledged_at IS NULL THEN urgency + 1 ELSE 0 END) VIRTUAL;

-- Each holds every column that a quick filter asks for, so that a row that is passed over is not read.
CREATE INDEX cables_ordered ON cables (direction, waits, cable_no, at, degree, urgency, annexes);
CREATE INDEX cables_urgent ON cables (direction, waits, cable_no, at, degree, annexes) WHERE urgency >= 2;
CREATE INDEX cables_degrees ON cables (direction, degree, waits, cable_no, at, urgency, annexes);
CREATE INDEX cables_unread ON cables (cable_no) WHERE direction = 2 AND read_at IS NULL;

CREATE TABLE tallies (                -- how many cables there are at each step of the order, so that nobody counts them
  direction  INTEGER NOT NULL,
  waits      INTEGER NOT NULL,
  cables     INTEGER NOT NULL CHECK (cables >= 0),
  PRIMARY KEY (direction, waits)
) STRICT, WITHOUT ROWID;
INSERT INTO tallies (direction, waits, cables) VALUES (1, 0, 0), (2, 0, 0), (2, 1, 0), (2, 2, 0), (2, 3, 0), (2, 4, 0);
UPDATE tallies SET cables =
  (SELECT count(*) FROM cables AS c WHERE c.direction = tallies.direction AND c.waits = tallies.waits);

-- The index of words in parts of equal spans of cables: a step of a search is one part, so that none takes long.
CREATE TABLE search_parts (
  part       INTEGER PRIMARY KEY,     -- its words are in search_<generation>_<part>
  held       INTEGER NOT NULL         -- how many cables were entered: fewer in the index is damage
) STRICT;
CREATE TABLE search_rest (            -- cables below this number are not in the index yet
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL,
  rule       INTEGER NOT NULL,        -- of folding and cutting into words: another one begins the index anew
  below      INTEGER NOT NULL
) STRICT;
INSERT INTO search_rest (one, generation, rule, below) SELECT 1, 1, 1, coalesce(max(cable_no) + 1, 0) FROM cables;
DROP TABLE search;
