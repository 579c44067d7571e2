import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Turn } from "../audit/ports.ts";
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
import { type Ask, createCommands } from "./commands.ts";
import type { RunAdb } from "./program.ts";
import { notConnected, unusable } from "./refusals.ts";
import { shared } from "./shared.ts";
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

/** A whole attempt, with all that it asks adb. Beyond adb's own ten seconds, so that it hears how they ended. */
const LONGEST_MS = 17_000;
/** What did not come about is taken back in this time. */
const TAKE_BACK_MS = 3000;

export function createAdb(
  { run, serverPort, resolve, recorder, turn }: {
    /** Undefined where there is no adb. */
    readonly run: RunAdb | undefined;
    /** Where adb's own server listens on this machine; adb's usual port when left out. */
    readonly serverPort: number | undefined;
    readonly resolve: Resolve;
    readonly recorder: Pick<Recorder, "record">;
    readonly turn: Pick<Turn, "delay">;
  },
): Adb {
  const log = bindActions(recorder, adbActions);
  const turns = createTurns({ turn });
  const commands = createCommands({ run, turn });
  const devices = shared(() => commands.within(LONGEST_MS, list));
  const checked = (given: string) => checkedAddress(given, { resolve, serverPort });

  const connect = async (address: string) => {
    const outcome = await commands.within(LONGEST_MS, (ask) => attempt(ask, address));
    if (outcome === "connected" || outcome === "already") {
      log.record("device.adb_connected", { metadata: { address } });
      return { address, already: outcome === "already" };
    }
    // It would try for ever. A device that asks its owner first would lose the question with the connection.
    if (outcome !== "unauthorized") await commands.within(TAKE_BACK_MS, (ask) => ask("disconnect", address));
    throw notConnected(address, outcome);
  };

  const disconnect = async (address: string) => {
    const ended = await commands.within(LONGEST_MS, (ask) => ask("disconnect", address));
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
      const address = await checked(given);
      return await turns.take(address, () => connect(address));
    },
    disconnect: async (given) => {
      const address = await checked(given);
      return await turns.take(address, () => disconnect(address));
    },
    devices,
    stop: async () => void await Promise.all([turns.stop(), commands.stop()]),
  };
}

async function attempt(ask: Ask, address: string): Promise<ConnectOutcome> {
  const first = await tryToConnect(ask, address);
  return first === "already" ? await again(ask, address) : first;
}

async function tryToConnect(ask: Ask, address: string): Promise<ConnectOutcome> {
  const ended = await ask("connect", address);
  if (ended.ok) return connectOutcome(ended.stdout);
  if (ended.reason === "timeout") return "silent";
  throw unusable(ended.reason);
}

/** adb calls a device connected too that has not answered for long, and one that does not let it in. */
async function again(ask: Ask, address: string): Promise<ConnectOutcome> {
  const state = (await list(ask)).find(({ serial }) => serial === address)?.state;
  if (state === "unauthorized" || state === "authorizing") return "unauthorized";
  if (state !== undefined && state !== "offline" && state !== "connecting") return "already";
  await ask("disconnect", address);
  return await tryToConnect(ask, address);
}

async function list(ask: Ask): Promise<readonly AdbDevice[]> {
  const ended = await ask("devices", "-l");
  if (!ended.ok) throw unusable(ended.reason);
  if (ended.code !== 0) throw unusable("failed");
  return listedDevices(ended.stdout);
}
