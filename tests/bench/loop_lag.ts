/** Loaded before the server: prints how late its timers are, as JSON in one line, at each SIGUSR2. */
import { setTimeout } from "node:timers";
import { percentile } from "./measure.ts";

const STEP_MS = 2;
let lags: number[] = [];

function look(): void {
  const asked = performance.now();
  // Not what the process lives for.
  setTimeout(() => {
    lags.push(Math.max(0, performance.now() - asked - STEP_MS));
    look();
  }, STEP_MS).unref();
}

look();
Deno.addSignalListener("SIGUSR2", () => {
  console.log(JSON.stringify({ p99: percentile(lags, 0.99), most: Math.max(0, ...lags), count: lags.length }));
  lags = [];
});
