import { restoreFrom } from "./restore_support.ts";

/**
 * Restores a folder's database and says so. With a number it stops for good before that many-th statement, and says that;
 * with `limit` and a number every file that it writes may have that many bytes (run with SIGXFSZ ignored).
 */
const [dir = "", copy = "", how = "", number = ""] = Deno.args;

async function limitFileSize(bytes: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("prlimit", {
    args: ["--pid", String(Deno.pid), `--fsize=${bytes}:`],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

const last = how === "stop" ? Number(number) : Infinity;
let steps = 0;
const step = async () => {
  if (steps === 0) console.log("begun");
  if (++steps < last) return;
  console.log("stopped");
  setInterval(() => {}, 1000);
  await new Promise(() => {});
};

if (how === "limit") await limitFileSize(number);
try {
  const restored = await restoreFrom(dir, copy, { step });
  console.log(JSON.stringify({ ...restored, steps }));
} catch (error) {
  console.log(JSON.stringify({ failed: String(error) }));
}
