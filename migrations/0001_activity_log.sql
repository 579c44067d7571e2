-- One row a commit of the remote lane. The key makes a batch conditional on nobody having committed in between, the
-- token tells afterwards whether a batch whose outcome is unknown was stored. A local file needs neither.
CREATE TABLE commit_token (
  revision INTEGER PRIMARY KEY,
  token TEXT NOT NULL
) STRICT;

CREATE TABLE activity_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  log_id TEXT NOT NULL,
  -- The highest seq that was ever removed: the next seq is above it, also when the table is empty.
  floor_seq INTEGER NOT NULL DEFAULT 0,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  -- Entries up to here are in activity_text.
  text_seq INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO activity_state (id, log_id) VALUES (1, lower(hex(randomblob(16))));

-- The distinct combinations of everything that is filtered by and has few values. One index over their number pages
-- every such filter, and any combination of them, newest first.
CREATE TABLE activity_kind (
  kind INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  action TEXT NOT NULL,
  severity TEXT NOT NULL,
  actor TEXT NOT NULL,
  entity_type TEXT NOT NULL, -- '' for none, so that the combination is unique
  UNIQUE (category, action, severity, actor, entity_type)
) STRICT;

CREATE TABLE activity_log (
  seq INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  -- The canonical JSON text of the entry. Never rewritten.
  entry TEXT NOT NULL,
  -- A copy: SQLite does not take an index over a generated column as covering.
  entity_id TEXT,
  -- The text begins {"id":"al_<26>","ts":"<24>", so the timestamp has a fixed place.
  ts TEXT GENERATED ALWAYS AS (substr(entry, 45, 24)) VIRTUAL
) STRICT;

CREATE INDEX activity_log_kind ON activity_log (kind);
CREATE INDEX activity_log_entity ON activity_log (entity_id, kind) WHERE entity_id IS NOT NULL;

-- The span of time of each full run of 1024 seq: turns since and until into seq bounds, also when the clock stepped.
CREATE TABLE activity_block (
  block INTEGER PRIMARY KEY, -- seq / 1024
  min_ts TEXT NOT NULL,
  max_ts TEXT NOT NULL
) STRICT;

CREATE TRIGGER activity_block_full AFTER INSERT ON activity_log WHEN NEW.seq % 1024 = 1023
BEGIN
  INSERT INTO activity_block (block, min_ts, max_ts)
  SELECT NEW.seq / 1024, min(ts), max(ts) FROM activity_log WHERE seq BETWEEN NEW.seq - 1023 AND NEW.seq;
END;

-- Trigrams of the folded text of each entry, filled behind the writer. It finds candidates; the entry's text decides.
CREATE VIRTUAL TABLE activity_text USING fts5(
  folded,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = 'trigram case_sensitive 1'
);
