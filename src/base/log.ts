/** The process log: for whoever runs the server, on standard error; not the activity log. Never given a secret. */
export type LogLevel = "debug" | "info" | "warning" | "error";
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warning(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 };

/** One JSON object a line. */
export function createLog(least: LogLevel, write: (line: string) => void, now: () => number): Log {
  const at = (level: LogLevel) => (message: string, fields: LogFields = {}) => {
    if (ORDER[level] < ORDER[least]) return;
    write(JSON.stringify({ ts: new Date(now()).toISOString(), level, message, ...fields }) + "\n");
  };
  return { debug: at("debug"), info: at("info"), warning: at("warning"), error: at("error") };
}
