-- How long entries are kept; null for without limit.
ALTER TABLE activity_state ADD COLUMN max_days INTEGER DEFAULT 90 CHECK (max_days BETWEEN 1 AND 3650);
ALTER TABLE activity_state ADD COLUMN max_entries INTEGER DEFAULT 20000 CHECK (max_entries BETWEEN 100 AND 10000000);
-- Milliseconds since 1970: when retention last ran, and since when the clock has gone on as clocks do.
ALTER TABLE activity_state ADD COLUMN retention_run_at INTEGER;
ALTER TABLE activity_state ADD COLUMN steady_since INTEGER;

-- How many entries of each kind an hour and a day have; filled with the indexes, up to activity_state.indexed_seq.
CREATE TABLE activity_rollup (
  unit TEXT NOT NULL CHECK (unit IN ('hour', 'day')),
  start INTEGER NOT NULL, -- seconds since 1970, a multiple of the unit
  kind INTEGER NOT NULL,
  severity TEXT NOT NULL, -- of the kind, so that a histogram needs no other table
  n INTEGER NOT NULL,
  PRIMARY KEY (unit, start, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO activity_rollup (unit, start, kind, severity, n)
SELECT 'hour', unixepoch(substr(ts, 1, 13) || ':00:00') AS start, kind, severity, count(*)
FROM activity_log JOIN activity_kind USING (kind)
WHERE seq <= (SELECT indexed_seq FROM activity_state WHERE id = 1)
GROUP BY start, kind;

INSERT INTO activity_rollup (unit, start, kind, severity, n)
SELECT 'day', unixepoch(date(start, 'unixepoch')) AS day, kind, severity, sum(n)
FROM activity_rollup WHERE unit = 'hour'
GROUP BY day, kind;

-- What exports ended with, the newest thousand: proof of a file that somebody holds.
CREATE TABLE activity_export (
  id TEXT PRIMARY KEY,
  ended_at TEXT NOT NULL,
  format TEXT NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  rows INTEGER NOT NULL,
  first_seq INTEGER,
  last_seq INTEGER,
  bytes INTEGER NOT NULL,
  sha256 TEXT CHECK (length(sha256) = 64)
) STRICT;

-- The text index, in parts that each have a table of their own: activity_text_<low>. A part whose entries are all gone
-- is dropped, which costs little, where taking them out of one large index would cost more than putting them in.
CREATE TABLE activity_text_part (
  low INTEGER PRIMARY KEY,
  high INTEGER NOT NULL
) STRICT;

DROP TABLE activity_text;
-- Filled anew behind the writer.
UPDATE activity_state SET text_seq = 0;
