const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"];

/** Whether the error says that there is no room left. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && FULL.includes(error.code);
