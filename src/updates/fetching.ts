import { besideOf } from "./address.ts";
import type { ReleaseAnswer, ReleaseHttp } from "./ports.ts";
import { UpdateProblem } from "./problem.ts";

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Fetched {
  /** The address that answered in the end. */
  readonly url: URL;
  readonly answer: ReleaseAnswer;
}

/** Follows few redirects, and only on the same host. Rejects with an UpdateProblem unless the answer is 200. */
export async function fetchRelease(http: ReleaseHttp, start: URL, signal: AbortSignal): Promise<Fetched> {
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await orCut(signal, () => http.get(url, signal));
    if (answer.status === 200) return { url, answer };
    answer.close();
    if (!REDIRECTS.has(answer.status)) throw new UpdateProblem(`the server of releases answers ${answer.status}`);
    const next = answer.location === null ? undefined : besideOf(url, answer.location);
    if (next === undefined) throw new UpdateProblem("the server of releases redirects to another host");
    url = next;
  }
  throw new UpdateProblem("the server of releases redirects again and again");
}

/** The body in pieces, no more than `most` bytes of it. Rejects with an UpdateProblem, however it ends early. */
export async function* readBody({ length, body }: ReleaseAnswer, most: number, signal: AbortSignal) {
  const tooMuch = () => new UpdateProblem("the server of releases sends more than it may");
  if (length !== null && length > most) throw tooMuch();
  let read = 0;
  const pieces = body[Symbol.asyncIterator]();
  for (;;) {
    const piece = await orCut(signal, () => pieces.next());
    if (piece.done === true) break;
    read += piece.value.length;
    if (read > most) throw tooMuch();
    yield piece.value;
  }
  if (length !== null && read < length) throw new UpdateProblem("the connection to the server of releases was cut");
}

/** All of the body. */
export async function readWhole(answer: ReleaseAnswer, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBody(answer, most, signal)) pieces.push(piece);
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function orCut<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const words = signal.aborted
      ? "the server of releases takes too long"
      : "the server of releases cannot be reached, or the connection to it was cut";
    throw new UpdateProblem(words, { cause: error });
  }
}
