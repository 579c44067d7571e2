-- What an admin chose for the server itself, by name. The value is a JSON object that was validated before it was written;
-- a name without a row has its defaults.
CREATE TABLE server_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
