-- A log that was kept without limits does not lose history because a version has limits: who runs it decides.
UPDATE activity_state SET max_entries = NULL WHERE (SELECT count(*) FROM activity_log) > 20000;
UPDATE activity_state SET max_days = NULL
WHERE (SELECT min(ts) FROM activity_log) < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-90 days');
