import { createAuditEngine } from "../audit/mod.ts";
import { createKeys } from "../auth/keys.ts";
import { createActorContext } from "../base/context.ts";
import { Refusal } from "../base/errors.ts";
import type { Config } from "../config.ts";
import { findRunningServer } from "../runtime/data_dir.ts";
import { systemPorts } from "../runtime/ports.ts";
import type { KeysCommand } from "./commands.ts";
import { holdConfigured } from "./data_dir.ts";
import { declaredKeysOf } from "./declared_keys.ts";
import type { Edge } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import type { KeysAccess, ShownKey } from "./keys_access.ts";
import { remoteKeys } from "./keys_over_api.ts";
import { openConfigured } from "./open_database.ts";

/** Manages keys: through the server that runs on the data directory, or in the database itself. */
export async function manageKeys(edge: Edge, config: Config, command: KeysCommand): Promise<number> {
  const url = command.server.url ?? findRunningServer(config.dataDir)?.url ?? null;
  const token = command.server.token ?? edge.env["LUMENLOG_TOKEN"] ?? null;
  if (url !== null) return await perform(edge, command, remoteKeys(url, token));
  return await withDatabaseKeys(config, (keys) => perform(edge, command, keys));
}

async function perform(edge: Edge, command: KeysCommand, keys: KeysAccess): Promise<number> {
  if (command.name === "keys list") {
    edge.write((await keys.list()).map(line).join(""));
  } else if (command.name === "keys revoke") {
    await keys.revoke(command.label);
    edge.writeError(`Key '${command.label}' revoked.\n`);
  } else {
    const { key, token } = await keys.add(command.label, command.role, command.expiresAt);
    edge.writeError(`Key '${key.label}' (${key.role}) made. Its token is shown only now:\n`);
    edge.write(`${token}\n`);
  }
  return EXIT.asked;
}

const line = (key: ShownKey) =>
  `${key.label}\t${key.role}\t${key.source}\texpires ${key.expires_at ?? "never"}\tlast used ${
    key.last_used_at ?? "never"
  }\n`;

/** Holds the data directory meanwhile, so that no server starts on keys it has not seen. */
async function withDatabaseKeys(config: Config, work: (keys: KeysAccess) => Promise<number>): Promise<number> {
  const ports = systemPorts();
  const declared = declaredKeysOf(config);
  const dir = await holdConfigured(config);
  try {
    const sql = await openConfigured(config, ports);
    const audit = await createAuditEngine({ ...ports, sql, scope: createActorContext().current });
    try {
      const keys = createKeys({ ...ports, sql, recorder: audit.recorder, declared });
      await keys.load();
      return await work(databaseKeys(keys)).catch(explain);
    } finally {
      await audit.stop();
      await sql.close();
    }
  } finally {
    dir.release();
  }
}

function explain(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const fields = error.issues.map(({ field, message }) => `${field} ${message}`);
  throw new Failure(EXIT.failure, [error.message, ...fields].join("; "));
}

function databaseKeys(keys: ReturnType<typeof createKeys>): KeysAccess {
  const shown = (key: ReturnType<typeof keys.list>[number]): ShownKey => ({
    label: key.label,
    role: key.role,
    source: key.source,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
  });
  return {
    list: () => Promise.resolve(keys.list().map(shown)),
    revoke: (label) => keys.revoke(label, { via: "cli" }),
    add: async (label, role, expiresAt) => {
      // The role passed the command line's own check; the rules of keys refuse anything else all the same.
      const wanted = { label, ...(role ? { role: role as "viewer" } : {}), ...(expiresAt ? { expiresAt } : {}) };
      const { key, token } = await keys.create(wanted, { via: "cli" });
      return { key: shown(key), token };
    },
  };
}
