/** Hears each line of a body of JSON lines; false when it breaks off, or has a line that is none. */
export async function readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  hear: (line: unknown) => void,
): Promise<boolean> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const texts = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split("\n");
      rest = done ? "" : texts.pop() ?? "";
      for (const text of texts) if (text !== "") hear(JSON.parse(text));
      if (done) return true;
    }
  } catch {
    void reader.cancel().catch(() => {}); // it has broken already
    return false; // given up, the network gone, or a line cut in the middle
  }
}
