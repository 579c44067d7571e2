import { Refusal } from "../base/errors.ts";
import { isEmpty } from "../sql/inspection.ts";
import { Unsound } from "./failures.ts";
import type { BackupFolder, Filled } from "./folder.ts";
import { type Making, withPart } from "./making.ts";
import type { OneAtATime } from "./one_at_a_time.ts";
import { roomIn } from "./room.ts";
import type { Backup } from "./shelf.ts";
import type { BackupTools } from "./tools.ts";
import { openContents } from "./contents.ts";

const MOST_BYTES = 4 * 1024 ** 3;
const IDLE_MS = 30_000;

/** Takes in what somebody sends. */
export interface Intake {
  /** Rejects with `Unsound` when it is nothing that could be restored. */
  take(bytes: ReadableStream<Uint8Array>): Promise<Backup>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Deps {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly making: Pick<Making, "pack">;
  readonly lane: Pick<OneAtATime, "inTurn">;
  readonly signal: AbortSignal;
}

export function createIntake({ folder, tools, making, lane, signal }: Deps): Intake {
  let running: Promise<unknown> | undefined;

  const receive = async (bytes: ReadableStream<Uint8Array>, part: string): Promise<void> => {
    const room = await roomIn(folder);
    const limit = Math.min(MOST_BYTES, room);
    const filled = await folder.fill(part, bytes, { limit, idleMs: IDLE_MS, signal });
    if (!filled.ok) throw refusalOf(filled.why, room < MOST_BYTES);
    if (filled.bytes === 0) throw new Unsound("it is empty");
  };

  const keep = (part: string) =>
    lane.inTurn(() =>
      withPart(folder, async (plain) => {
        const facts = await openContents({ folder, tools, signal }, part, plain);
        if (isEmpty(facts)) throw new Unsound("nothing was ever set up or recorded in it");
        return await making.pack(plain, "uploaded");
      })
    );

  const take = (bytes: ReadableStream<Uint8Array>): Promise<Backup> =>
    withPart(folder, async (part) => {
      await receive(bytes, part);
      return await keep(part);
    });

  return {
    take: async (bytes) => {
      // One after the other: each may take as much room as the database itself, several times.
      if (running !== undefined) {
        // Not awaited: a sender may take any time to notice, or be gone already.
        void bytes.cancel().catch(() => undefined);
        throw new Refusal("conflict", "Cannot take this file in: another one is being taken in now");
      }
      const done = take(bytes);
      running = done;
      try {
        return await done;
      } finally {
        running = undefined;
      }
    },
    idle: async () => void await Promise.allSettled([running]),
  };
}

function refusalOf(why: Extract<Filled, { ok: false }>["why"], full: boolean): Refusal {
  if (why === "broken_off") return new Refusal("invalid", "The upload broke off");
  if (why === "idle") return new Refusal("invalid", "The upload stood still for too long");
  return full
    ? new Refusal("unavailable", "Cannot take this file in: there is not enough room for it on the disk")
    : new Refusal("too_large", `Cannot take this file in: it is larger than ${MOST_BYTES} bytes`);
}
