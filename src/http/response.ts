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
  return new Response(head ? null : body, {
    status: answer.status,
    headers: { ...EVERY_ANSWER, ...type, ...answer.headers, "x-request-id": requestId },
  });
}

function bodyOf(answer: Answer): BodyInit | null {
  if (answer.text !== undefined) return answer.text;
  if (answer.bytes !== undefined) return answer.bytes;
  return answer.json === undefined ? null : JSON.stringify(answer.json);
}
