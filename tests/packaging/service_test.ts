import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { EXIT } from "../../src/cli/exit.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { isInstalled, readPackaging, testWhere } from "./files.ts";

const UNIT = "lumenlog.service";
const missing = isInstalled("systemd-analyze", "--version") ? undefined : "systemd-analyze is not installed";
/** Of 10; "OK" ends at 5, and a service without any protection has 9.6. */
const MOST_EXPOSED = 1.5;

/** Asks systemd about the unit, with a program that every machine has in place of ours. */
async function analyse(args: readonly string[], unit = readPackaging(UNIT)) {
  let told = { code: -1, text: "" };
  await withTempDir(async (dir) => {
    const path = join(dir, UNIT);
    await Deno.writeTextFile(path, unit.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
    const { code, stdout, stderr } = await new Deno.Command("systemd-analyze", {
      args: ["--no-pager", ...args, path],
      env: { SYSTEMD_COLORS: "0", NO_COLOR: "1" },
    }).output();
    told = { code, text: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
  });
  return told;
}

testWhere(missing, "systemd finds nothing wrong with the unit", async () => {
  assertEquals(await analyse(["verify"]), { code: 0, text: "" });
  const wrong = await analyse(["verify"], readPackaging(UNIT).replace("ProtectHome=yes", "ProtectHouse=yes"));
  assertMatch(wrong.text, /ProtectHouse/, "a mistake would not be seen");
});

testWhere(missing, "the service may do little else than what it is for", async () => {
  const { text } = await analyse(["security", "--offline=true"]);
  const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(text)?.[1]);
  assert(exposure <= MOST_EXPOSED, text);
});

Deno.test("the service restarts when the program asks for it, and not over a mistake in its settings", () => {
  const unit = readPackaging(UNIT);
  const valueOf = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1];
  assertEquals(Number(valueOf("RestartForceExitStatus")), EXIT.restart);
  assertEquals(Number(valueOf("RestartPreventExitStatus")), EXIT.usage);
  assertEquals(valueOf("Environment"), `LUMENLOG_DATA_DIR=/var/lib/${valueOf("StateDirectory")}`);
  assertMatch(unit, /^Environment=LUMENLOG_SUPERVISED=yes$/m, "who starts it again");
  const [, account] = /^u (\S+) /m.exec(readPackaging("lumenlog.sysusers.conf")) ?? [];
  assertEquals(valueOf("User"), account);
});
