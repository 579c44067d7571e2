/** A process that is told and answers in lines. */
export interface Child {
  readonly pid: number;
  say(line: string): Promise<void>;
  /** The next line of its standard output; rejects when it has ended. */
  nextLine(): Promise<string>;
  /** Closes its standard input and waits until it ends. */
  end(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

export function openChild(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const process = new Deno.Command(command, {
    args: [...args],
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = process.stdin.getWriter();
  const lines = linesOf(process.stdout);
  return {
    pid: process.pid,
    say: (line) => input.write(new TextEncoder().encode(line + "\n")),
    nextLine: async () => {
      const next = await lines.next();
      if (next.done) throw new Error(`Cannot read from ${command}: it has ended`);
      return next.value;
    },
    end: async () => {
      await input.close();
      await process.status;
    },
    kill: async () => {
      process.kill("SIGKILL");
      await process.status;
      await input.abort().catch(() => {}); // its reader is gone
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}
