import {
  type Clock,
  type Settled,
  type Sql,
  type SqlRow,
  type SqlValue,
  StorageUnavailable,
  type Turn,
  type Unit,
} from "../audit/ports.ts";
import type { BatchClient, Statement } from "./connection.ts";
import { createUnitTx } from "./unit_tx.ts";

const ATTEMPTS = 8;
const LIMIT_MS = 8000;
const PAUSE_MS = 100;
const TOKENS_KEPT = 1000;

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
  const all = <R extends object>(sql: string, args: readonly SqlValue[] = []) =>
    // The caller names the row's shape as it names the columns in the text; nothing else knows it.
    client.all(sql, args) as Promise<readonly R[]>;
  return {
    unitsPerCommit: 1,
    all,
    get: async <R extends object = SqlRow>(
      sql: string,
      args: readonly SqlValue[] = [],
    ) => (await all<R>(sql, args))[0],
    commit: async (units) => {
      const outcomes: Settled[] = [];
      for (const unit of units) outcomes.push(await lane.commit(unit));
      return outcomes;
    },
    close: () => client.close(),
  };
}

function createRemoteLane({ client, turn, clock, newToken }: Deps) {
  /** The revision after which this process would write next; undefined when somebody else may have written. */
  let revision: number | undefined;

  const readRevision = async () => {
    const rows = await client.all(
      "SELECT coalesce(max(revision), 0) AS revision FROM commit_token",
      [],
    );
    return Number(rows[0]?.["revision"] ?? 0);
  };

  /** Whether one of the attempts stands at this revision, and then what it resolved with. */
  const findStored = async (
    at: number,
    attempts: ReadonlyMap<string, unknown>,
  ): Promise<Settled | undefined> => {
    const rows = await client.all(
      "SELECT token FROM commit_token WHERE revision = ?",
      [at],
    );
    const token = rows[0]?.["token"];
    return typeof token === "string" && attempts.has(token)
      ? { ok: true, value: attempts.get(token) }
      : undefined;
  };

  /** One attempt: the outcome, or undefined when it is worth another one. */
  const attempt = async (
    unit: Unit,
    attempts: Map<string, unknown>,
    unsure: Set<number>,
  ) => {
    for (const at of unsure) {
      const stored = await findStored(at, attempts);
      if (stored) return stored;
    }
    revision ??= await readRevision();
    const at = revision + 1;
    const prepared = await prepare(client, unit);
    if (!prepared.ok) return prepared;
    if (prepared.statements.length === 0) {
      return { ok: true, value: prepared.value } as const;
    }
    const token = newToken();
    attempts.set(token, prepared.value);
    unsure.add(at);
    revision = undefined;
    try {
      await client.batch([...claim(at, token), ...prepared.statements]);
    } catch (error) {
      // Refused although nobody else committed: the refusal is about what the unit wrote.
      if (!(error instanceof StorageUnavailable) && await readRevision() < at) {
        return { ok: false, error } as const;
      }
      throw error;
    }
    revision = at;
    return { ok: true, value: prepared.value } as const;
  };

  const commit = async (unit: Unit): Promise<Settled> => {
    const attempts = new Map<string, unknown>();
    const unsure = new Set<number>();
    const begun = clock.now();
    for (let count = 1;; count++) {
      try {
        return await attempt(unit, attempts, unsure);
      } catch (error) {
        if (count >= ATTEMPTS || clock.now() - begun > LIMIT_MS) {
          return { ok: false, error, unavailable: true };
        }
        await new Promise<void>((resolve) =>
          turn.delay(resolve, PAUSE_MS * count)
        );
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
  const { tx, end } = createUnitTx({
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
