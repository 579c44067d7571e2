import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { eventually } from "../runtime/waiting.ts";
import { freePort } from "../support/sqld.ts";
import { withTempDir } from "../support/temp_dir.ts";

const SSHD = "/usr/sbin/sshd";

/** The real sshd of this machine on a port of its own, where every command is answered as the test says. */
export interface SshServer {
  readonly dir: string;
  readonly port: number;
  /** `ssh://127.0.0.1:port` */
  readonly url: string;
  readonly user: string;
  /** A key that is let in. */
  readonly identity: string;
  /** From now on a command prints this. */
  says(text: string): void;
  /** From now on a command runs these lines of a shell. */
  does(script: string): void;
  /** Commands that were asked for, one a line. */
  asked(): string;
  /** The server is set up anew: it has another host key. */
  renew(): Promise<void>;
}

function findProblem(): string | undefined {
  for (const program of [SSHD, "/usr/bin/ssh", "/usr/bin/ssh-keygen"]) {
    if (!existsSync(program)) return `${program} is not installed`;
  }
  try {
    // Where sshd keeps an empty folder to lock itself up in; it refuses to run as root without it.
    if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
    return undefined;
  } catch (error) {
    return `/run/sshd cannot be made: ${error}`;
  }
}

/** Where there is no sshd the name of the test says so. */
export function sshTest(name: string, work: (server: SshServer) => Promise<void>): void {
  const missing = findProblem();
  if (missing !== undefined) Deno.test.ignore(`${name} [SKIPPED: ${missing}]`, () => {});
  else Deno.test(name, () => withSshServer(work));
}

export const sshProblem = findProblem;

export async function makeKey(path: string): Promise<void> {
  const { success } = await new Deno.Command("/usr/bin/ssh-keygen", {
    args: ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path],
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Cannot make the key ${path}`);
}

export async function withSshServer(work: (server: SshServer) => Promise<void>): Promise<void> {
  await withTempDir(async (dir) => {
    const at = (name: string) => join(dir, name);
    await makeKey(at("identity"));
    writeFileSync(at("authorized_keys"), readFileSync(at("identity.pub")));
    const says = (text: string) => {
      writeFileSync(at("text"), text);
      writeFileSync(at("answer"), `exec cat '${at("text")}'\n`);
    };
    says("# 2026-11-22 10:00:00 by RouterOS 7.16.1\n/ip address\nadd address=10.0.0.1/24\n");
    writeFileSync(at("asked"), "");
    writeFileSync(at("run"), `echo "$SSH_ORIGINAL_COMMAND" >> '${at("asked")}'\n. '${at("answer")}'\n`);
    const port = await freePort();
    const start = async (hostKey: string) => {
      await makeKey(at(hostKey));
      return await startSshd(dir, port, at(hostKey));
    };
    let sshd = await start("host_key");
    let keys = 1;
    try {
      await work({
        dir,
        port,
        url: `ssh://127.0.0.1:${port}`,
        user: userInfo().username,
        identity: at("identity"),
        says,
        does: (script) => writeFileSync(at("answer"), `${script}\n`),
        asked: () => readFileSync(at("asked"), "utf8"),
        renew: async () => {
          await end(sshd);
          sshd = await start(`host_key_${++keys}`);
        },
      });
    } finally {
      await end(sshd);
    }
  });
}

async function startSshd(dir: string, port: number, hostKey: string): Promise<Deno.ChildProcess> {
  const config = join(dir, "sshd_config");
  writeFileSync(
    config,
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${hostKey}
AuthorizedKeysFile ${join(dir, "authorized_keys")}
ForceCommand sh ${join(dir, "run")}
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PrintMotd no
PidFile none
LogLevel QUIET
`,
  );
  const child = new Deno.Command(SSHD, {
    args: ["-D", "-e", "-f", config],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await eventually("sshd to listen", async () => {
    const socket = await Deno.connect({ port, hostname: "127.0.0.1" }).catch(() => undefined); // not yet
    socket?.close();
    return socket && true;
  });
  return child;
}

async function end(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await child.status;
}
