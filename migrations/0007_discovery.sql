-- Devices that showed themselves on the network, are not configured and are on record: a restart finds nothing new.
CREATE TABLE discovered_device (
  id TEXT PRIMARY KEY,
  -- Its hardware address, or else the name under which it shows itself.
  identity TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  device_type TEXT NOT NULL,
  url TEXT NOT NULL,
  address TEXT NOT NULL,
  host TEXT NOT NULL,
  mac TEXT,
  -- 0 once it was lost.
  present INTEGER NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT;
