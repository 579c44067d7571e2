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
  -- Entries up to here are in activity_by_kind, activity_by_entity and activity_block.
  indexed_seq INTEGER NOT NULL DEFAULT 0,
  -- Entries up to here are in activity_text.
  text_seq INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO activity_state (id, log_id) VALUES (1, lower(hex(randomblob(16))));

-- The distinct combinations of everything that is filtered by and has few values.
CREATE TABLE activity_kind (
  kind INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  action TEXT NOT NULL,
  severity TEXT NOT NULL,
  actor TEXT NOT NULL,
  entity_type TEXT NOT NULL, -- '' for none, so that the combination is unique
  UNIQUE (category, action, severity, actor, entity_type)
) STRICT;

-- No index: a recorded action waits for one page to be written, not for three.
CREATE TABLE activity_log (
  seq INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  -- The canonical JSON text of the entry. Never rewritten.
  entry TEXT NOT NULL,
  entity_id TEXT,
  -- The text begins {"id":"al_<26>","ts":"<24>", so the timestamp has a fixed place.
  ts TEXT GENERATED ALWAYS AS (substr(entry, 45, 24)) VIRTUAL
) STRICT;

-- What follows is filled behind the writer, a full run of 2048 seq at a time, up to activity_state.indexed_seq.

CREATE TABLE activity_by_kind (
  kind INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_by_entity (
  entity_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  PRIMARY KEY (entity_id, seq)
) STRICT, WITHOUT ROWID;

-- The span of time of each run: turns since and until into seq bounds, also when the clock stepped.
CREATE TABLE activity_block (
  block INTEGER PRIMARY KEY, -- seq / 2048
  min_ts TEXT NOT NULL,
  max_ts TEXT NOT NULL
) STRICT;

-- Trigrams of the folded text of each entry, filled behind the writer. It finds candidates; the entry's text decides.
CREATE VIRTUAL TABLE activity_text USING fts5(
  folded,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = 'trigram case_sensitive 1'
);
