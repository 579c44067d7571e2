CREATE TABLE server_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- 1 from the start of a server to its orderly stop.
  running INTEGER NOT NULL CHECK (running IN (0, 1))
) STRICT;

INSERT INTO server_state (id, running) VALUES (1, 0);
