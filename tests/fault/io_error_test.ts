import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { withTempDir } from "../support/engine.ts";

const child = fileURLToPath(new URL("./io_error_child.ts", import.meta.url));

/** Why writes cannot be made to fail here, or undefined. */
async function missing(): Promise<string | undefined> {
  try {
    const { success } = await new Deno.Command("bash", { args: ["-c", "command -v prlimit"] }).output();
    return success ? undefined : "no prlimit on this machine";
  } catch {
    return "no bash on this machine";
  }
}

const reason = await missing();
const name = "a disk that fails to write refuses or counts every write, and owns up to the losses afterwards";

Deno.test({
  name: reason ? `${name} [SKIPPED: ${reason}]` : name,
  ignore: reason !== undefined,
  fn: () =>
    withTempDir(async (dir) => {
      const { code, stdout, stderr } = await new Deno.Command("bash", {
        args: ["-c", 'trap "" XFSZ; exec "$0" run -A "$1" "$2"', Deno.execPath(), child, dir],
        env: { NO_COLOR: "1" },
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), {
        "an entry alone": "entries lost",
        "a small change with its entry": "refused",
        "a large change with its entry": "refused",
        "a change with two entries": "refused",
        "a step of the text index": "refused",
      });
    }),
});
