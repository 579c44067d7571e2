import { eventually } from "../runtime/waiting.ts";
import type { Home } from "./home.ts";

/** Time goes on by itself until the answer is there: for what pauses in between. */
export async function whileTimePasses(home: Home, answer: Promise<Response>): Promise<Response> {
  let done = false;
  const watched = answer.finally(() => void (done = true));
  await eventually("the answer", () => {
    home.time.pass(50);
    return Promise.resolve(done || undefined);
  });
  return await watched;
}
