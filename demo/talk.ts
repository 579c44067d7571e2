import type { Controller } from "../virtual_wled/controller.ts";
import { describePixels, drawStrip } from "../virtual_wled/draw.ts";
import { COMMANDS } from "./commands.ts";
import { STRANGER } from "./home.ts";

/** As wide as a strip is drawn. */
const COLUMNS = 24;

export type Lights = ReadonlyMap<string, Controller>;

export interface Greeting {
  readonly url: string;
  readonly dataDir: string;
  readonly lights: Lights;
  readonly remarks: readonly string[];
}

export const greeting = ({ url, dataDir, lights, remarks }: Greeting) => `
Lumenlog with four make-believe lights. Everything stays on this machine.
Three are in the home already; ${fourth(lights)}.

  Open        ${url}/
  Its data    ${dataDir}

  The lights have pages of their own, as their maker's app would show them:
${[...lights].map(([name, light], index) => `  ${index + 1} ${name.padEnd(9)} ${light.url}/`).join("\n")}

  Type here, and Enter:
${COMMANDS}
${remarks.map((remark) => `\n  ${remark}`).join("")}`;

/** Some machines and runtimes let nobody make himself known. */
const fourth = (lights: Lights) =>
  lights.get(STRANGER.name)?.announced()
    ? "the fourth waits under Devices, found on the network"
    : "the fourth can be added under Devices, by its address";

/** Says what a light shows, when that is not what was said of it last. `colored` for terminals that can. */
export function createNarrator(say: (text: string) => void, colored: boolean) {
  const said = new Map<string, string>();
  return (controller: Controller, name: string) => {
    const line = describe(controller, name, colored);
    if (said.get(name) !== line) say(line);
    said.set(name, line);
  };
}

function describe(light: Controller, name: string, colored: boolean): string {
  const { on, bri } = light.state();
  const words = light.behaviour().kind === "offline" ? "unplugged" : on ? `on, ${Math.round(bri / 2.55)} %` : "off";
  return `  ${name}: ${words}  ${colored ? drawStrip(light.pixels(), COLUMNS) : describePixels(light.pixels())}`;
}

/** Hands over each line that is typed, until there are no more. */
export async function readTyped(
  input: ReadableStream<Uint8Array>,
  onLine: (line: string) => Promise<void>,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) await onLine(line);
  }
}
