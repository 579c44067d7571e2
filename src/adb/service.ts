import { bindActions, type Recorder } from "../audit/mod.ts";
import { Refusal } from "../base/errors.ts";
import { adbActions } from "./actions.ts";
import { checkedAddress, type Resolve } from "./address.ts";
import {
  type AdbDevice,
  type ConnectOutcome,
  connectOutcome,
  isDisconnected,
  isUnknownDevice,
  listedDevices,
} from "./answers.ts";
import type { RunAdb } from "./program.ts";
import { notConnected, unusable } from "./refusals.ts";
import { createTurns } from "./turns.ts";

/**
 * The devices of this machine's adb. Everything refuses with `unavailable` when adb is not installed or does not work, and
 * when too many wait for it; addresses that are not of the LAN with `invalid`.
 */
export interface Adb {
  /** Also refuses with `device_failed` and `device_timeout`. The answer's address is the device's serial in the list. */
  connect(address: string): Promise<{ readonly address: string; readonly already: boolean }>;
  /** Also refuses with `not_found` when it is not connected. */
  disconnect(address: string): Promise<{ readonly address: string }>;
  devices(): Promise<readonly AdbDevice[]>;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

export function createAdb(
  { run, resolve, recorder }: {
    /** Undefined where there is no adb. */
    readonly run: RunAdb | undefined;
    readonly resolve: Resolve;
    readonly recorder: Pick<Recorder, "record">;
  },
): Adb {
  const log = bindActions(recorder, adbActions);
  const turns = createTurns();
  const cut = new AbortController();
  const ask = async (...args: readonly string[]) =>
    await run?.(args, cut.signal) ?? { ok: false, reason: "missing" } as const;

  const tryToConnect = async (address: string): Promise<ConnectOutcome> => {
    const ended = await ask("connect", address);
    if (ended.ok) return connectOutcome(ended.stdout);
    if (ended.reason === "timeout") return "silent";
    throw unusable(ended.reason);
  };

  const list = async (): Promise<readonly AdbDevice[]> => {
    const ended = await ask("devices", "-l");
    if (!ended.ok) throw unusable(ended.reason);
    if (ended.code !== 0) throw unusable("failed");
    return listedDevices(ended.stdout);
  };

  /** adb calls a device connected too that has not answered for long, and one that does not let it in. */
  const again = async (address: string): Promise<ConnectOutcome> => {
    const state = (await list()).find(({ serial }) => serial === address)?.state;
    if (state === "unauthorized" || state === "authorizing") return "unauthorized";
    if (state !== undefined && state !== "offline" && state !== "connecting") return "already";
    await ask("disconnect", address);
    return await tryToConnect(address);
  };

  const connect = async (address: string) => {
    const first = await tryToConnect(address);
    const outcome = first === "already" ? await again(address) : first;
    if (outcome === "connected" || outcome === "already") {
      log.record("device.adb_connected", { metadata: { address } });
      return { address, already: outcome === "already" };
    }
    // It would try for ever. A device that asks its owner first would lose the question with the connection.
    if (outcome !== "unauthorized") await ask("disconnect", address);
    throw notConnected(address, outcome);
  };

  const disconnect = async (address: string) => {
    const ended = await ask("disconnect", address);
    if (!ended.ok) throw unusable(ended.reason);
    if (isUnknownDevice(ended.stdout + ended.stderr)) {
      throw new Refusal("not_found", `Cannot disconnect adb from ${address}: it is not connected`);
    }
    if (!isDisconnected(ended.stdout)) throw unusable("failed");
    log.record("device.adb_disconnected", { metadata: { address } });
    return { address };
  };

  return {
    connect: async (given) => {
      const address = await checkedAddress(given, resolve);
      return await turns.take(() => connect(address));
    },
    disconnect: async (given) => {
      const address = await checkedAddress(given, resolve);
      return await turns.take(() => disconnect(address));
    },
    devices: () => turns.take(list),
    stop: async () => {
      cut.abort();
      await turns.idle();
    },
  };
}
