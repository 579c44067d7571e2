-- What the configuration of a device was, each time that it had changed. Rows are never changed. There is no reference to
-- the device: what it was stays readable for a while after the device is gone.
CREATE TABLE config_snapshot (
  -- Their order; the clock may step back.
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  device_id TEXT NOT NULL,
  device_name TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64), -- of the text
  size INTEGER NOT NULL, -- of the text, bytes
  normaliser INTEGER NOT NULL, -- the version that the text was made by
  "trigger" TEXT NOT NULL CHECK ("trigger" IN ('scheduled', 'adoption', 'manual')),
  created_at TEXT NOT NULL,
  -- Against the snapshot before it; null for the first.
  lines_added INTEGER,
  lines_removed INTEGER,
  changes INTEGER,
  text BLOB NOT NULL -- gzip; secrets are replaced
) STRICT;

-- The type is there so that what came before is found without reading rows.
CREATE INDEX config_snapshot_by_device ON config_snapshot (device_id, seq, resource_type);
CREATE INDEX config_snapshot_by_age ON config_snapshot (created_at);

-- When snapshots that are old were last removed. The clock may leap: then they wait until it has been steady for a day.
CREATE TABLE config_removal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  run_at INTEGER, -- milliseconds since 1970; null before the first run
  steady_since INTEGER -- null while the clock can be trusted
) STRICT;
INSERT INTO config_removal (id) VALUES (1);

-- How the last look at the configuration of a device ended.
CREATE TABLE config_check (
  device_id TEXT PRIMARY KEY,
  checked_at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'duplicate', 'failed')),
  problem TEXT,
  failures INTEGER NOT NULL -- in a row
) STRICT;
