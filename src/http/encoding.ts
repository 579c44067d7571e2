/** Whether the client asks for gzip: by its name or by `*`, and not with a weight of 0. */
export function wantsGzip(headers: Headers): boolean {
  const weights = new Map<string, number>();
  for (const part of (headers.get("accept-encoding") ?? "").split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith("q="))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  const weight = weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0;
  return weight > 0; // what is no number is no wish either
}

/** The stream compressed, read no faster than it is taken. */
export const gzipped = (stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  stream.pipeThrough(new CompressionStream("gzip"));
