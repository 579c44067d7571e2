import type { RunAdb } from "../../src/adb/program.ts";

/** Says what adb would if every device were there, and keeps what it was asked. */
export function pretendAdb(): { readonly runAdb: RunAdb; readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    runAdb: (args) => {
      asked.push(args);
      const [what, address] = args;
      const stdout = what === "devices"
        ? "List of devices attached\n127.0.0.1:5555  device model:Phone\n"
        : `${what}ed ${what === "connect" ? "to " : ""}${address}\n`;
      return Promise.resolve({ ok: true, code: 0, stdout, stderr: "" });
    },
  };
}
