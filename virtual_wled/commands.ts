import type { Misbehaviour } from "./misbehaviour.ts";

/** What a line typed at the controller asks for. */
export type Command =
  | { readonly kind: "misbehave"; readonly how: Misbehaviour }
  | { readonly kind: "press" }
  | { readonly kind: "help" }
  | { readonly kind: "quit" }
  | { readonly kind: "nothing" }
  | { readonly kind: "unknown"; readonly reason: string };

export const COMMANDS_HELP = `Commands, one a line:
  press           press the button on it: toggles on and off
  online          behave well again
  offline         as if unplugged
  slow MS         answer after so many milliseconds
  hang            accept connections, never answer
  endless         answer without end
  html            answer a sign-in page
  redirect URL    send everybody elsewhere
  types           answer with values of wrong types
  huge            answer 10 MB
  status CODE     answer with this status
  garbage         answer with bytes that are not HTTP
  help, quit`;

const misbehave = (how: Misbehaviour): Command => ({ kind: "misbehave", how });
const unknown = (reason: string): Command => ({ kind: "unknown", reason });

function numbered(
  text: string,
  least: number,
  most: number,
  make: (value: number) => Command,
  wanted: string,
): Command {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? make(value) : unknown(wanted);
}

function redirect(to: string): Command {
  return URL.canParse(to) ? misbehave({ kind: "redirect", to: new URL(to).href }) : unknown("redirect needs a URL");
}

const COMMANDS: ReadonlyMap<string, (rest: string) => Command> = new Map<string, (rest: string) => Command>([
  ["", () => ({ kind: "nothing" })],
  ["press", () => ({ kind: "press" })],
  ["online", () => misbehave({ kind: "none" })],
  ["offline", () => misbehave({ kind: "offline" })],
  [
    "slow",
    (ms) =>
      numbered(
        ms,
        0,
        600_000,
        (value) => misbehave({ kind: "slow", ms: value }),
        "slow needs milliseconds, at most 600000",
      ),
  ],
  ["hang", () => misbehave({ kind: "hang" })],
  ["endless", () => misbehave({ kind: "endless" })],
  ["html", () => misbehave({ kind: "html" })],
  ["redirect", redirect],
  ["types", () => misbehave({ kind: "wrong_types" })],
  ["huge", () => misbehave({ kind: "huge" })],
  [
    "status",
    (code) =>
      numbered(
        code,
        200,
        599,
        (value) => misbehave({ kind: "status", code: value }),
        "status needs a code from 200 to 599",
      ),
  ],
  ["garbage", () => misbehave({ kind: "garbage" })],
  ["help", () => ({ kind: "help" })],
  ["quit", () => ({ kind: "quit" })],
]);

export function parseCommand(line: string): Command {
  const [name = "", rest = ""] = line.trim().split(/\s+/, 2);
  return COMMANDS.get(name)?.(rest) ?? unknown(`there is no command "${name}"; help lists them`);
}
