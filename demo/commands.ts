import type { Controller } from "../virtual_wled/controller.ts";

export const COMMANDS = `  press 1     press the button on light 1, behind Lumenlog's back
  unplug 2    take light 2 off the network
  plug 2      put it back
  slow 3      let light 3 take 5 seconds for each answer; "plug 3" ends it
  help        this list
  quit        stop everything`;

export type Outcome = { readonly text: string; readonly quit?: true };

/** Does what a line asks; the words come back. `lights` are in their order, by name. */
export async function obey(line: string, lights: ReadonlyMap<string, Controller>): Promise<Outcome> {
  const [word = "", which = ""] = line.trim().toLowerCase().split(/\s+/);
  if (word === "") return { text: "" };
  if (word === "quit" || word === "exit") return { text: "Stopping.", quit: true };
  if (word === "help") return { text: COMMANDS };
  const found = [...lights][Number(which) - 1] ?? [...lights].find(([name]) => name.toLowerCase() === which);
  if (!["press", "unplug", "plug", "slow"].includes(word)) return { text: `There is no "${word}".\n${COMMANDS}` };
  if (found === undefined) return { text: `Which light? 1 to ${lights.size}, e.g. "${word} 1".` };
  const [name, controller] = found;
  switch (word) {
    case "press":
      controller.press();
      return { text: `Somebody pressed the button on ${name}.` };
    case "unplug":
      await controller.misbehave({ kind: "offline" });
      return { text: `${name} is unplugged. Lumenlog notices at its second look.` };
    case "slow":
      await controller.misbehave({ kind: "slow", ms: 5000 });
      return { text: `${name} is slow now.` };
    default:
      await controller.misbehave({ kind: "none" });
      return { text: `${name} is back.` };
  }
}
