export interface DemoOptions {
  readonly help: boolean;
  readonly fresh: boolean;
  /** Of the page; undefined for the usual one, or a free one when that is taken. */
  readonly port: number | undefined;
  /** Of the first light, the others follow; 0 picks free ones. */
  readonly lightsPort: number;
  readonly dataDir: string;
  /** Between two looks at a light: shorter than usual, since nobody waits in a demo. */
  readonly checkSeconds: number;
}

export type ReadOptions =
  | { readonly ok: true; readonly options: DemoOptions }
  | { readonly ok: false; readonly problem: string };

/** `command` is what the demo is started with. */
export const helpOf = (command: string) =>
  `Runs Lumenlog with four make-believe lights, all on this machine.

Usage: ${command} [flags]

  --port NUMBER         where the page is; otherwise 8420, or a free one when that is taken
  --lights-port NUMBER  where the first light is, otherwise 8431; the others follow, 0 picks free ones
  --check-seconds N     how often Lumenlog looks at each light, otherwise every 5 seconds
  --data-dir DIR        where the demo keeps its data, otherwise data/demo below this folder
  --fresh               forget the last demo and begin anew
`;

const USUAL: DemoOptions = {
  help: false,
  fresh: false,
  port: undefined,
  lightsPort: 8431,
  dataDir: "data/demo",
  checkSeconds: 5,
};

const VALUES = {
  "--port": (options: DemoOptions, text: string) => ({ ...options, port: numberOf(text) }),
  "--lights-port": (options: DemoOptions, text: string) => ({ ...options, lightsPort: numberOf(text) }),
  "--check-seconds": (options: DemoOptions, text: string) => ({ ...options, checkSeconds: numberOf(text) || NaN }),
  "--data-dir": (options: DemoOptions, text: string) => ({ ...options, dataDir: text }),
} as const;
const isValue = (flag: string): flag is keyof typeof VALUES => Object.hasOwn(VALUES, flag);

const numberOf = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : NaN;

/** Reads the command line. */
export function readOptions(args: readonly string[]): ReadOptions {
  let options = USUAL;
  const rest = args.flatMap((arg) => arg.startsWith("--") && arg.includes("=") ? splitOnce(arg) : [arg]);
  while (rest.length > 0) {
    const flag = rest.shift() ?? "";
    if (flag === "--fresh") options = { ...options, fresh: true };
    else if (flag === "--help" || flag === "-h") options = { ...options, help: true };
    else if (isValue(flag)) {
      const text = rest.shift() ?? "";
      options = VALUES[flag](options, text);
      if (text === "" || [options.port, options.lightsPort, options.checkSeconds].some(Number.isNaN)) {
        return { ok: false, problem: `Cannot use ${flag} "${text}"` };
      }
      if (options.dataDir.includes(",")) {
        return { ok: false, problem: `Cannot use ${flag} "${text}": no comma, please, in the name of the folder` };
      }
    } else if (flag !== "--") return { ok: false, problem: `Cannot use "${flag}": --help tells what there is` };
  }
  return { ok: true, options };
}

const splitOnce = (arg: string) => [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)];
