/** Reads a stream to its end, so that its writer is never held up, and keeps the text. */
export interface LineReader {
  /** Without its line break; undefined when the stream ends before. */
  readonly firstLine: Promise<string | undefined>;
  readonly ended: Promise<void>;
  text(): string;
}

export function readLines(stream: ReadableStream<Uint8Array>): LineReader {
  const { promise: firstLine, resolve } = Promise.withResolvers<string | undefined>();
  const decoder = new TextDecoder();
  let text = "";
  const read = async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    }
    resolve(undefined);
  };
  return { firstLine, ended: read(), text: () => text };
}
