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

/** `json` for programs, one object a line; `pretty` for people, one line too. */
export type LogFormat = "json" | "pretty";

export function createLog(
  least: LogLevel,
  write: (line: string) => void,
  now: () => number,
  format: LogFormat = "json",
): Log {
  const at = (level: LogLevel) => (message: string, fields: LogFields = {}) => {
    if (ORDER[level] < ORDER[least]) return;
    write(`${LINES[format]({ ts: new Date(now()).toISOString(), level, message }, fields)}\n`);
  };
  return { debug: at("debug"), info: at("info"), warning: at("warning"), error: at("error") };
}

interface Head {
  readonly ts: string;
  readonly level: LogLevel;
  readonly message: string;
}

const LINES: Readonly<Record<LogFormat, (head: Head, fields: LogFields) => string>> = {
  json: (head, fields) => JSON.stringify({ ...head, ...fields }),
  pretty: ({ ts, level, message }, fields) => {
    const named = Object.entries(fields).map(([name, value]) => `${name}=${worded(value)}`);
    return escaped([ts, level.toUpperCase(), message, ...named].join(" "));
  },
};

/** In quotes where it would not be one word. */
const worded = (value: LogFields[string]): string =>
  typeof value === "string" && !/^[\w.:/@+-]+$/.test(value) ? JSON.stringify(value) : String(value);

/** What a terminal would obey, or what would begin a new line or turn one around, is shown as its number instead. */
const escaped = (text: string): string =>
  // deno-lint-ignore no-control-regex
  text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
