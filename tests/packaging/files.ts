import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../runtime/runtimes.ts";

/** A file of `packaging/` as text. */
export const readPackaging = (name: string): string => readFileSync(join(ROOT, "packaging", name), "utf8");

/** Whether the program is there and answers. */
export function isInstalled(program: string, ...args: readonly string[]): boolean {
  try {
    return new Deno.Command(program, { args: [...args] }).outputSync().success;
  } catch {
    return false;
  }
}

/** Registers the test; where it cannot run its name says why. */
export function testWhere(missing: string | undefined, name: string, work: () => Promise<void> | void): void {
  if (missing !== undefined) Deno.test.ignore(`${name} [SKIPPED: ${missing}]`, () => {});
  else Deno.test(name, async () => await work());
}
