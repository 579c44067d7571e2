-- API keys. Rows are never deleted: a label is the name of an actor in the log and must not come to mean someone else.
-- Keys declared by the environment have a row for that reason alone; their token is never stored.
CREATE TABLE api_key (
  label TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  source TEXT NOT NULL CHECK (source IN ('database', 'environment')),
  token_hash TEXT CHECK (length(token_hash) = 64),
  created_at TEXT NOT NULL,
  expires_at TEXT,
  last_used_at TEXT,
  revoked_at TEXT
) STRICT;
