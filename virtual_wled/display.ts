import type { Controller } from "./controller.ts";
import { describePixels, describeState, drawStrip, plainText } from "./draw.ts";

/** Where the display goes: a terminal or a file. */
export interface Screen {
  write(text: string): void;
  /** Width of a terminal that may be drawn on; undefined for plain lines. */
  columns(): number | undefined;
}

export interface Display {
  /** Shows it soon: changes that come quickly are shown together. */
  show(controller: Controller): void;
  /** A line of its own that stays. */
  say(text: string): void;
  stop(): void;
}

/** Milliseconds between two drawings. */
const PACE = 100;

function describe(controller: Controller): string {
  const how = controller.behaviour();
  if (how.kind === "offline") return "unplugged";
  const pixels = controller.pixels();
  const source = controller.streamSource();
  const state = describeState(controller.state(), pixels.length / 3);
  const shown = source === undefined
    ? state
    : `${describePixels(pixels)}, streamed by ${source.address} (${source.mode})`;
  return how.kind === "none" ? shown : `${shown}, misbehaves: ${how.kind}`;
}

function drawing(controller: Controller, columns: number): string {
  const text = describe(controller).slice(0, columns - 1);
  const left = columns - text.length - 2;
  return `\r\x1b[K${left < 4 ? "" : drawStrip(controller.pixels(), left) + " "}${text}`;
}

export function createDisplay(screen: Screen): Display {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = "";

  function draw(controller: Controller) {
    timer = undefined;
    const columns = screen.columns();
    const next = columns === undefined ? `${describe(controller)}\n` : drawing(controller, columns);
    if (next !== last) screen.write(next);
    last = next;
  }
  return {
    show: (controller) => void (timer ??= setTimeout(() => draw(controller), PACE)),
    say(text) {
      const lines = text.split("\n").map(plainText).join("\n");
      screen.write(screen.columns() === undefined ? `${lines}\n` : `\r\x1b[K${lines}\n`);
    },
    stop: () => clearTimeout(timer),
  };
}
