-- Schema 23: which lines of the record of persons are about a cable (docs/spec/persons.md 6). The record says what they say.

CREATE TABLE cable_deeds (
  cable_id BLOB    NOT NULL CHECK (length(cable_id) = 16),
  line     INTEGER NOT NULL CHECK (line > 0),                  -- of register 13
  deed     INTEGER NOT NULL,
  officer  INTEGER NOT NULL CHECK (officer BETWEEN 0 AND 65535),   -- 0: the recovery sheet
  PRIMARY KEY (cable_id, line)
) STRICT, WITHOUT ROWID;
