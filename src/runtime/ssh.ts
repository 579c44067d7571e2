import { closeSync, openSync } from "node:fs";
import { isAbsolute, resolve as absolute } from "node:path";
import { type Host, parseHostPort } from "../base/lan_address.ts";
import type { Collected, RunOverSsh, SshCommand } from "../config_history/collector.ts";
import { lanAddresses, lookedUp, type Resolve } from "./lan_lookup.ts";
import { createLimit } from "./limit.ts";
import { runProgram } from "./run_program.ts";
import { failureOf } from "./ssh_failure.ts";

const LIMITS = { lookUpMs: 5000, connectSeconds: 10, ms: 30_000, bytes: 1_048_576 } as const;
const USUAL_PORT = 22;

/**
 * Commands over the `ssh` on the PATH of the given environment. It reads no configuration of its own, asks nothing, uses
 * no agent, trusts a host that is new and no other key of it afterwards: `knownHosts` is the file of these keys.
 */
export function createRunOverSsh(
  { environment, knownHosts, resolve = lookedUp, ms: timeoutMs = LIMITS.ms }: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly knownHosts: string;
    readonly resolve?: Resolve;
    /** A command ends within so many milliseconds; 30 s when left out. */
    readonly ms?: number;
  },
): RunOverSsh {
  const env = { PATH: environment["PATH"] ?? "", LC_ALL: "C" };
  return async (command, signal) => {
    const place = parseHostPort(command.url.replace(/^ssh:\/\//, ""));
    if (place === undefined) return NOT_FOUND.unresolved;
    const found = await lookUp(place.host, signal, resolve);
    if (typeof found !== "string") return found;
    if (!isKept(knownHosts)) return UNKEPT;
    const port = place.port ?? USUAL_PORT;
    const args = argumentsFor(command, { address: found, port, alias: aliasOf(place.host, port), knownHosts });
    const ran = await runProgram({ command: "ssh", args, env, timeoutMs, maxBytes: LIMITS.bytes, signal });
    return ran.ok && ran.code === 0 ? { ok: true, text: ran.stdout } : failureOf(ran);
  };
}

/** The address that is connected to: what was checked to be of the LAN is not looked up again. */
async function lookUp(host: Host, signal: AbortSignal, resolve: Resolve): Promise<string | Collected> {
  const limit = createLimit(LIMITS.lookUpMs, signal);
  try {
    const found = await lanAddresses(host, { resolve, limit: limit.signal });
    const [first] = typeof found === "string" ? [] : found;
    return first ?? NOT_FOUND[found === "not_lan" ? "not_lan" : "unresolved"];
  } finally {
    limit.cancel();
  }
}

const NOT_FOUND: Readonly<Record<"not_lan" | "unresolved", Collected>> = {
  not_lan: { ok: false, code: "device_failed", words: "its name leads out of the local network" },
  unresolved: { ok: false, code: "device_failed", words: "its name is not known in this network" },
};

/** ssh itself would go on without a place to keep keys in, and make one that others may read. */
function isKept(knownHosts: string): boolean {
  try {
    closeSync(openSync(knownHosts, "a", 0o600));
    return true;
  } catch {
    return false;
  }
}

const UNKEPT: Collected = {
  ok: false,
  code: "unavailable",
  words: "the file known_hosts in the data directory cannot be written",
};

/** What the key of a host is bound to: its name, not the address that it has today. */
function aliasOf(host: Host, port: number): string {
  const name = host.kind === "name" ? host.name : host.address;
  return port === USUAL_PORT ? name : `[${name}]:${port}`;
}

function argumentsFor(
  { user, identity, command }: SshCommand,
  { address, port, alias, knownHosts }: {
    readonly address: string;
    readonly port: number;
    readonly alias: string;
    readonly knownHosts: string;
  },
): readonly string[] {
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=accept-new",
    `UserKnownHostsFile="${literalPath(knownHosts)}"`,
    "GlobalKnownHostsFile=/dev/null",
    `HostKeyAlias=${alias}`,
    "CheckHostIP=no",
    "UpdateHostKeys=no",
    `ConnectTimeout=${LIMITS.connectSeconds}`,
    "ConnectionAttempts=1",
    "PreferredAuthentications=publickey",
    "PasswordAuthentication=no",
    "KbdInteractiveAuthentication=no",
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "ClearAllForwardings=yes",
    "ForwardAgent=no",
    "ControlPath=none",
    "PermitLocalCommand=no",
    "RequestTTY=no",
    "LogLevel=ERROR",
  ];
  return [
    "-F",
    "/dev/null",
    ...options.flatMap((option) => ["-o", option]),
    "-i",
    literalPath(identity),
    "-p",
    String(port),
    "-l",
    user,
    "--",
    address,
    command,
  ];
}

/** ssh puts other things in the place of `%x`. */
const literalPath = (path: string): string => (isAbsolute(path) ? path : absolute(path)).replaceAll("%", "%%");
