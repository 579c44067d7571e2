import { lookup } from "node:dns/promises";
import type { Outside } from "../entities/definition.ts";

const LOOKUP_LIMIT_MS = 1000;

/** The network around this machine, for what entities need to know of it. */
export function createOutside(): Outside {
  return {
    resolve: async (host) => {
      try {
        const found = await within(LOOKUP_LIMIT_MS, lookup(host, { all: true }));
        return found?.map(({ address }) => address) ?? [];
      } catch {
        return []; // a name that nobody knows now
      }
    },
    readJson: async (url, { ms, bytes }) => {
      try {
        const answer = await fetch(url, {
          redirect: "error",
          headers: { accept: "application/json" },
          signal: AbortSignal.timeout(ms),
        });
        if (answer.ok) return JSON.parse(await readText(answer, bytes)) as unknown;
        await answer.body?.cancel();
        return undefined;
      } catch {
        return undefined; // off, slow, or not what it should be: the caller goes on without
      }
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const limit = AbortSignal.timeout(ms);
  return await Promise.race([
    work,
    new Promise<undefined>((resolve) => limit.addEventListener("abort", () => resolve(undefined), { once: true })),
  ]);
}

/** The body as text; throws when it is longer than that. */
async function readText(answer: Response, limit: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > limit) throw new Error(`Cannot read the answer: it has more than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
