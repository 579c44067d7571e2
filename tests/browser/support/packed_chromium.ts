import { lstat, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../runtime/runtimes.ts";
import type { Chromium } from "./chromium.ts";

const UNPACK = fileURLToPath(new URL("./unpack_chromium.ts", import.meta.url));
const PACKAGE = new URL("../package.json", import.meta.resolve("@sparticuz/chromium"));

/** The browser from npm, for machines without one. It is unpacked once for each version and user, and stays. */
export async function unpackChromium(): Promise<Chromium> {
  const { version }: { version: string } = JSON.parse(await readFile(PACKAGE, "utf8"));
  const folder = join(tmpdir(), `lumenlog-chromium-${version}-${Deno.uid() ?? "user"}`);
  if (!await isWhole(folder)) await unpackTo(folder);
  const path = join(folder, "chromium");
  const env = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  return { path, env: await starts(path) ? env : { ...env, LD_LIBRARY_PATH: join(folder, "al2023/lib") } };
}

/** The folder appears with all that is in it or not at all, however many processes unpack at the same time. */
async function unpackTo(folder: string): Promise<void> {
  const fresh = await mkdtemp(join(tmpdir(), "lumenlog-unpack-"));
  try {
    await runUnpack(fresh);
    await writeFile(join(fresh, "fonts.conf"), fontConfig(folder));
    await rename(fresh, folder);
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true });
    if (!await isWhole(folder)) {
      throw new Error(`Cannot unpack Chromium to ${folder}: remove it if it is there`, { cause });
    }
    // Otherwise another process was faster.
  }
}

/** Nobody else's: the place has a name that anybody can guess. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    await lstat(join(folder, "chromium"));
    const { uid } = await lstat(folder);
    return uid === (Deno.uid() ?? uid);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** In a process of its own, because the package unpacks to the temporary folder of its process. */
async function runUnpack(folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-env", "--allow-sys", "--allow-read", `--allow-write=${folder}`, UNPACK],
    cwd: ROOT,
    // The second makes it unpack the libraries as well that a bare machine has not.
    env: { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

async function starts(path: string): Promise<boolean> {
  const { success } = await new Deno.Command(path, { args: ["--version"], stdout: "null", stderr: "null" }).output();
  return success;
}

/** The machine's fonts where there are any, and one family for certain: without, no letter is drawn. */
function fontConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}
