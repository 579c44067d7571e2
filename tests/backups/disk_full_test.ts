import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { isInstalled, testWhere } from "../packaging/files.ts";
import { withTempDir } from "../support/temp_dir.ts";

const child = fileURLToPath(new URL("./disk_full_child.ts", import.meta.url));
const missing = isInstalled("bash", "-c", "command -v prlimit") ? undefined : "no prlimit on this machine";

testWhere(
  missing,
  "without room on the disk no backup is made or taken in, nothing is left, and the log goes on",
  () =>
    withTempDir(async (dir) => {
      const { code, stdout, stderr } = await new Deno.Command("bash", {
        args: ["-c", 'trap "" XFSZ; exec "$0" run -A "$1" "$2"', Deno.execPath(), child, dir],
        env: { NO_COLOR: "1" },
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      const why = "its files cannot be read or written";
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), {
        "a backup": `unavailable: Cannot make a backup: ${why}`,
        "a safety copy": `unavailable: Cannot keep a copy of the database: ${why}`,
        "an upload": `unavailable: Cannot take this file in: ${why}`,
        "what is in an upload": `unavailable: Cannot take this file in: ${why}`,
        "packing": "true",
        "unpacking": "true",
        "on record": "backup.created",
        "afterwards": "manual",
        "lost": "0",
      });
    }),
);
