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
  const type = body === null && answer.type === undefined ? {} : { "content-type": answer.type ?? "application/json" };
  const headers = { ...EVERY_ANSWER, ...type, ...answer.headers, "x-request-id": requestId };
  if (!head) return new Response(body, { status: answer.status, headers });
  return new Response(null, { status: answer.status, headers: { ...headers, ...lengthOf(body) } });
}

/** Said for HEAD alone: otherwise the runtime counts, and of a body that is left out it would say 0. */
function lengthOf(body: Body): { readonly "content-length"?: string } {
  if (body === null || body instanceof ReadableStream) return {};
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { "content-length": String(bytes.length) };
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;

function bodyOf(answer: Answer): Body {
  if (answer.text !== undefined) return answer.text;
  if (answer.stream !== undefined) return answer.stream;
  if (answer.bytes !== undefined) return answer.bytes;
  return answer.json === undefined ? null : JSON.stringify(answer.json);
}
