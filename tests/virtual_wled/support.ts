import { createSocket } from "node:dgram";
import { type Clock, type Controller, type ControllerOptions, startController } from "../../virtual_wled/controller.ts";

/** A clock that stands still until it is stepped. */
export interface SteppedClock extends Clock {
  step(ms: number): void;
  /** Timers that are set. */
  waiting(): number;
}

export function createSteppedClock(): SteppedClock {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const next = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => time,
    after(ms, work) {
      const timer = { at: time + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    step(ms) {
      const end = time + ms;
      for (let timer = next(end); timer !== undefined; timer = next(end)) {
        timers.delete(timer);
        time = timer.at;
        timer.work();
      }
      time = end;
    },
    waiting: () => timers.size,
  };
}

/** What a test works with; everything is closed behind it. */
export interface Bench {
  readonly controller: Controller;
  readonly clock: SteppedClock;
  get(path: string): Promise<Response>;
  /** Posts a value as JSON, or a text as it stands. */
  post(path: string, body: unknown): Promise<Response>;
  /** The JSON of a GET. */
  read(path: string): Promise<unknown>;
  ddp(...bytes: readonly number[]): Promise<void>;
  realtime(...bytes: readonly number[]): Promise<void>;
}

function send(port: number, bytes: readonly number[]): Promise<void> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) =>
    socket.send(Uint8Array.from(bytes), port, "127.0.0.1", (error) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    })
  );
}

/** A controller with four LEDs and a clock that stands still, unless the options say otherwise. */
export async function withController(work: (bench: Bench) => Promise<void>, options: Partial<ControllerOptions> = {}) {
  const clock = createSteppedClock();
  const controller = await startController({ name: "Shelf", ledCount: 4, clock, ...options });
  const get = (path: string) => fetch(controller.url + path, { redirect: "manual" });
  const post = (path: string, body: unknown) =>
    fetch(controller.url + path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  try {
    await work({
      controller,
      clock,
      get,
      post,
      read: async (path) => await (await get(path)).json(),
      ddp: (...bytes) => send(controller.ddpPort, bytes),
      realtime: (...bytes) => send(controller.realtimePort, bytes),
    });
  } finally {
    await controller.close();
  }
}

/** Waits for what comes by another way than the call that caused it. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let left = 500; !holds(); left--) {
    if (left === 0) throw new Error(`It did not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const pixelsOf = (controller: Controller): readonly number[] => [...controller.pixels()];

export const shows = (controller: Controller, ...expected: readonly number[]): Promise<void> =>
  until(() => pixelsOf(controller).join() === expected.join(), `the strip shows ${expected.join()}`);
