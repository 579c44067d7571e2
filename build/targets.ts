/** A machine that the program can be one file for. */
export interface Target {
  /** The file's name, without what Windows adds to it. */
  readonly name: string;
  /** The package with the database engine for it. */
  readonly native: string;
}

/** By the name that the runtime has for the machine. */
export const TARGETS: Readonly<Record<string, Target>> = {
  "x86_64-unknown-linux-gnu": { name: "lumenlog-linux-x64", native: "@libsql/linux-x64-gnu" },
  "aarch64-unknown-linux-gnu": { name: "lumenlog-linux-arm64", native: "@libsql/linux-arm64-gnu" },
  "x86_64-apple-darwin": { name: "lumenlog-darwin-x64", native: "@libsql/darwin-x64" },
  "aarch64-apple-darwin": { name: "lumenlog-darwin-arm64", native: "@libsql/darwin-arm64" },
  "x86_64-pc-windows-msvc": { name: "lumenlog-windows-x64", native: "@libsql/win32-x64-msvc" },
};

export function targetOf(triple: string): Target {
  const target = TARGETS[triple];
  if (target === undefined) {
    throw new Error(`Cannot compile for ${triple}; it must be one of ${Object.keys(TARGETS).join(", ")}`);
  }
  return target;
}
