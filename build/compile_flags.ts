/**
 * What the one file may do: what the start task may, but with files anywhere, as its data may be; the native part of
 * the database is unpacked to the folder for temporary files; and it starts itself, under whatever name it has. Code that
 * is native may run anything anyway.
 */
export const PERMISSIONS: readonly string[] = [
  "--allow-net",
  "--allow-env",
  "--allow-sys=cpus,hostname,networkInterfaces,statfs",
  "--allow-ffi",
  "--allow-read",
  "--allow-write",
  "--allow-run",
];

/** Without a code cache: it would be trusted, lie where others may write, and save no time that can be measured. */
export const FLAGS: readonly string[] = [
  "--no-check",
  "--no-prompt",
  "--unstable-cron",
  "--no-code-cache",
  "--quiet",
  ...PERMISSIONS,
];
