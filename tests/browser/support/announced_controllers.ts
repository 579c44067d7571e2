import { createInterface } from "node:readline";
import process from "node:process";
import { type Controller, startController } from "../../../virtual_wled/controller.ts";

/** A process of its own, because mDNS needs more of the network than a test in a browser has. Its lines are names. */
const controllers = new Map<string, Controller>();

async function toggle(name: string): Promise<void> {
  const known = controllers.get(name);
  controllers.delete(name);
  if (known !== undefined) await known.close();
  else controllers.set(name, await startController({ name, ledCount: 30, announce: true }));
}

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  const name: string = JSON.parse(line);
  await toggle(name);
  process.stdout.write(`${line}\n`);
}
await Promise.all([...controllers.values()].map((controller) => controller.close()));
process.exit(0);
