-- Devices that showed themselves on the network and are not configured: a restart finds nothing new.
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
  -- 0 while there was no room for the entry that it was found.
  recorded INTEGER NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT;

-- What configured devices show of themselves where they are configured: at another address they are no new devices.
CREATE TABLE device_identity (
  device_id TEXT PRIMARY KEY REFERENCES entity (id) ON DELETE CASCADE,
  identity TEXT NOT NULL,
  -- Where that was; it counts as long as the device is configured there.
  place TEXT NOT NULL
) STRICT;
