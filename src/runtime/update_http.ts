import type { ReleaseHttp } from "../updates/ports.ts";

/** A connection that brings nothing for so long will not bring the rest either. */
const IDLE_MS = 60_000;

/** GET over the runtime's own client, which knows the system's authorities and the proxies of the environment. */
export function createReleaseHttp({ idleMs = IDLE_MS }: { readonly idleMs?: number } = {}): ReleaseHttp {
  return {
    get: async (url, signal) => {
      const line = openLine(signal, idleMs);
      try {
        // What is counted is what was sent: nothing may be packed on the way.
        const headers = { accept: "application/json, application/octet-stream", "accept-encoding": "identity" };
        const answer = await fetch(url, { redirect: "manual", headers, signal: line.signal });
        line.heard();
        const length = answer.headers.get("content-length");
        return {
          status: answer.status,
          location: answer.headers.get("location"),
          length: length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null,
          body: read(answer.body, line.heard),
          close: line.close,
        };
      } catch (error) {
        line.close();
        throw error;
      }
    },
  };
}

/** A signal that aborts with the outer one, or when nothing was heard for a while. */
function openLine(outer: AbortSignal, idleMs: number) {
  const line = new AbortController();
  const close = () => {
    clearTimeout(idle);
    outer.removeEventListener("abort", close);
    line.abort();
  };
  let idle = setTimeout(close, idleMs);
  outer.addEventListener("abort", close);
  if (outer.aborted) close();
  const heard = () => {
    clearTimeout(idle);
    if (!line.signal.aborted) idle = setTimeout(close, idleMs);
  };
  return { signal: line.signal, heard, close };
}

async function* read(body: ReadableStream<Uint8Array> | null, heard: () => void) {
  if (body === null) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    heard();
    if (done) return;
    yield value;
  }
}
