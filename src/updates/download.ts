import { createHash } from "node:crypto";
import { fetchRelease, readBody } from "./fetching.ts";
import type { Offer } from "./offer.ts";
import type { NewFile, ProgramFile, ReleaseHttp } from "./ports.ts";
import { UpdateProblem } from "./problem.ts";

interface Deps {
  readonly http: ReleaseHttp;
  readonly program: ProgramFile;
  /** Told of the bytes that have come so far. */
  readonly progress: (received: number) => void;
}

/** The file of the offer beside the program: whole, durable, and byte for byte what was signed. Otherwise nothing is left of it. */
export async function download({ http, program, progress }: Deps, offer: Offer, signal: AbortSignal): Promise<NewFile> {
  const { answer } = await fetchRelease(http, offer.url, signal);
  try {
    if (answer.length !== null && answer.length !== offer.size) throw wrongSize();
    const file = await program.begin();
    try {
      const hash = createHash("sha256");
      let received = 0;
      for await (const piece of readBody(answer, offer.size, signal)) {
        hash.update(piece);
        await file.write(piece);
        progress(received += piece.length);
      }
      if (received !== offer.size) throw wrongSize();
      assertDigest(hash.digest("hex"), offer);
      await file.finish();
      return file;
    } catch (error) {
      await file.discard();
      throw error;
    }
  } finally {
    answer.close();
  }
}

const wrongSize = () => new UpdateProblem("the file has another size than was signed");

/** Throws an UpdateProblem when the bytes are not those that were signed. */
export function assertDigest(found: string, { sha256 }: Offer): void {
  if (found !== sha256) throw new UpdateProblem("the file is not the one that was signed: its SHA-256 differs");
}
