import { type Clock, type Settled, type Sql, StorageUnavailable, type Turn, type Unit } from "../audit/ports.ts";
import type { BatchClient, Statement } from "./connection.ts";
import { createReader } from "./reader.ts";
import { createUnitTx } from "./unit_tx.ts";

const ATTEMPTS = 8;
const LIMIT_MS = 8000;
const PAUSE_MS = 100;
/** More than others can commit while the outcome of one batch is in doubt. */
const TOKENS_KEPT = 10_000;
const OVERTAKEN = "Cannot write to the database: others committed first, again and again";

/**
 * A database behind a network. Each unit becomes one batch that is stored only if nobody else committed since the
 * unit began to read. When an answer is lost, the batch's token in the database tells whether it was stored.
 */
interface Deps {
  readonly client: BatchClient;
  readonly turn: Turn;
  readonly clock: Clock;
  readonly newToken: () => string;
}

export function createBatchCommitSql(deps: Deps): Sql {
  const { client } = deps;
  const lane = createRemoteLane(deps);
  const reader = createReader(client.all);
  return {
    ...reader,
    background: reader,
    openReader: () => ({ ...reader, close: () => Promise.resolve() }),
    unitsPerCommit: 1,
    exclusive: false,
    commit: async (units) => {
      const outcomes: Settled[] = [];
      for (const unit of units) outcomes.push(await lane.commit(unit));
      return outcomes;
    },
    close: () => client.close(),
  };
}

/** What a batch that was sent would have resolved with, by its token. */
type Tries = Map<string, { readonly at: number; readonly value: unknown }>;

function createRemoteLane({ client, turn, clock, newToken }: Deps) {
  /** The revision after which this process would write next; undefined when that has to be read first. */
  let revision: number | undefined;

  /** Reads the revision again, and what the try resolved with that was stored, if one was. */
  const readPlace = async (tries: Tries): Promise<Settled | undefined> => {
    const rows = await client.all(
      `SELECT coalesce(max(revision), 0) AS revision, (SELECT json_group_array(token) FROM commit_token
         WHERE revision IN (SELECT value FROM json_each(?))) AS tokens FROM commit_token`,
      [JSON.stringify([...tries.values()].map(({ at }) => at))],
    );
    revision = Number(rows[0]?.["revision"]);
    // The database wrote the list of texts itself.
    const tokens = JSON.parse(String(rows[0]?.["tokens"])) as readonly string[];
    const stored = tokens.map((token) => tries.get(token)).find((known) => known !== undefined);
    return stored && { ok: true, value: stored.value };
  };

  /** One attempt: the outcome, or "overtaken" when somebody else committed in between; rejects when no answer came. */
  const attempt = async (unit: Unit, tries: Tries): Promise<Settled | "overtaken"> => {
    const earlier = revision === undefined ? await readPlace(tries) : undefined;
    if (earlier) return earlier;
    const at = (revision ?? 0) + 1;
    const prepared = await prepare(client, unit);
    if (!prepared.ok) return prepared;
    const { value, statements } = prepared;
    if (statements.length === 0) return { ok: true, value };
    const token = newToken();
    tries.set(token, { at, value });
    revision = undefined;
    try {
      await client.batch([...claim(at, token), ...statements]);
      revision = at;
      return { ok: true, value };
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
      return await judge(error, at, tries);
    }
  };

  /**
   * Why a batch was refused: it was stored before (HTTP clients repeat a request by themselves when its connection
   * ends), somebody else committed first, or, when neither is so, because of what the unit writes.
   */
  const judge = async (error: unknown, at: number, tries: Tries): Promise<Settled | "overtaken"> => {
    const stored = await readPlace(tries);
    if (stored) return stored;
    return revision !== undefined && revision < at ? { ok: false, error } : "overtaken";
  };

  const commit = async (unit: Unit): Promise<Settled> => {
    const tries: Tries = new Map();
    const begun = clock.now();
    const late = () => clock.now() - begun > LIMIT_MS;
    for (let failures = 0;;) {
      try {
        const outcome = await attempt(unit, tries);
        if (outcome !== "overtaken") return outcome;
        // Whoever is overtaken tries again at once: a pause would leave the race to those who do not pause.
        if (late()) return { ok: false, error: new StorageUnavailable(OVERTAKEN), unavailable: true };
      } catch (error) {
        failures++;
        if (failures >= ATTEMPTS || late()) return { ok: false, error, unavailable: true };
        await new Promise<void>((resolve) => turn.delay(resolve, PAUSE_MS * failures));
      }
    }
  };

  return { commit };
}

const claim = (revision: number, token: string): readonly Statement[] => [
  {
    sql: "INSERT INTO commit_token (revision, token) VALUES (?, ?)",
    args: [revision, token],
  },
  {
    sql: "DELETE FROM commit_token WHERE revision <= ?",
    args: [revision - TOKENS_KEPT],
  },
];

type Prepared =
  | {
    readonly ok: true;
    readonly value: unknown;
    readonly statements: readonly Statement[];
  }
  | { readonly ok: false; readonly error: unknown };

/** Runs the unit, whose writes are only collected. What the unit throws is its outcome; an unreachable database is not. */
async function prepare(client: BatchClient, unit: Unit): Promise<Prepared> {
  const statements: Statement[] = [];
  const { tx, end } = createUnitTx(Symbol(), {
    all: (sql, args) => client.all(sql, args),
    run: (sql, args) => void statements.push({ sql, args }),
  });
  try {
    return { ok: true, value: await unit.work(tx), statements };
  } catch (error) {
    if (error instanceof StorageUnavailable) throw error;
    return { ok: false, error };
  } finally {
    end();
  }
}
