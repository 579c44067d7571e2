import type { Answer } from "./route.ts";

const EVERY_ANSWER = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** An answer as the platform sends it. For HEAD the headers stay and the body goes. */
export function toResponse(answer: Answer, requestId: string, head: boolean): Response {
  const body = bodyOf(answer);
  const type = body === null ? {} : { "content-type": answer.type ?? "application/json" };
  const headers = { ...EVERY_ANSWER, ...type, ...answer.headers, "x-request-id": requestId };
  if (!head) return new Response(body, { status: answer.status, headers });
  return new Response(null, { status: answer.status, headers: { ...headers, ...lengthOf(body) } });
}

/** Said for HEAD alone: otherwise the runtime counts, and of a body that is left out it would say 0. */
function lengthOf(body: string | Uint8Array | null): { readonly "content-length"?: string } {
  if (body === null) return {};
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { "content-length": String(bytes.length) };
}

function bodyOf(answer: Answer): string | Uint8Array<ArrayBuffer> | null {
  if (answer.text !== undefined) return answer.text;
  if (answer.bytes !== undefined) return answer.bytes;
  return answer.json === undefined ? null : JSON.stringify(answer.json);
}
