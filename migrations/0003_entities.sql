-- Everything a person sets up. The type's own fields are JSON that was validated before it was written.
CREATE TABLE entity (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  fields TEXT NOT NULL,
  -- Write-only values by name; never part of an answer.
  secrets TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (type, name)
) STRICT;

-- Who uses whom, taken from the fields at each write. The database itself refuses a dead reference.
CREATE TABLE entity_reference (
  from_id TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  to_id TEXT NOT NULL REFERENCES entity (id) ON DELETE RESTRICT,
  PRIMARY KEY (from_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX entity_reference_to ON entity_reference (to_id);
