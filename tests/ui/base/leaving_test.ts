import { assertEquals } from "@std/assert";
import { createLive, type Live } from "../../../src/ui/base/live.ts";
import type { LiveMessage } from "../../../src/ui/base/messages.ts";
import { eventually } from "../../runtime/waiting.ts";

type Greeting = Readonly<Record<string, unknown>>;
/** What the page sends first, on each of its connections, and a way to speak to the newest one. */
interface Desk {
  readonly live: Live;
  readonly greetings: readonly Greeting[];
  readonly heard: readonly LiveMessage["type"][];
  say(...messages: readonly unknown[]): void;
  /** Ends the newest connection. */
  close(): void;
  /** Waits until the page has greeted so many times, and welcomes it. */
  welcome(connection: number, logId: string): Promise<void>;
}

async function withDesk(work: (desk: Desk) => Promise<void>): Promise<void> {
  const greetings: Greeting[] = [];
  const heard: LiveMessage["type"][] = [];
  let newest: WebSocket | undefined;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => {
      newest = socket;
      greetings.push(JSON.parse(String(data)));
    };
    return response;
  });
  const live = createLive({
    url: `ws://127.0.0.1:${server.addr.port}/`,
    token: () => null,
    unauthorized: () => {},
    alive: () => Promise.resolve(true),
  });
  live.on(({ type }) => heard.push(type));
  const say: Desk["say"] = (...messages) => messages.forEach((message) => newest?.send(JSON.stringify(message)));
  try {
    live.start();
    await work({
      live,
      greetings,
      heard,
      say,
      close: () => newest?.close(),
      welcome: async (connection, logId) => {
        await eventually("the page to greet", () => Promise.resolve(greetings.length >= connection || undefined));
        say({ type: "auth_ok", actor: "desk", head_seq: 7, log_id: logId }, { type: "caught_up", seq: 7 });
        await eventually(
          "the page to be live",
          () => Promise.resolve(live.status.value.name === "live" || undefined),
        );
      },
    });
  } finally {
    live.stop();
    newest?.close();
  }
}

const untilTold = (live: Live) =>
  new Promise<void>((resolve) => void live.on(({ type }) => type === "server_restarting" && resolve()));

Deno.test("the page knows why the server goes until it is back, and goes on where it was", async () => {
  await withDesk(async ({ live, greetings, say, close, welcome }) => {
    await welcome(1, "log");
    assertEquals(live.leaving.value, undefined);
    const told = untilTold(live);
    say({ type: "server_restarting", reason: "restart" });
    await told;
    assertEquals(live.leaving.value?.reason, "restart");
    close();
    await welcome(2, "log");
    assertEquals(live.leaving.value, undefined);
    assertEquals(greetings[1], { type: "auth", after_seq: 7, log_id: "log" });
  });
});

Deno.test("that all starts over is told once the server is back, and nothing of before is asked for", async () => {
  await withDesk(async ({ live, greetings, heard, say, close, welcome }) => {
    await welcome(1, "log");
    const told = untilTold(live);
    say({ type: "server_restarting", reason: "restore" }, { type: "reset" });
    await told;
    close();
    await welcome(2, "log");
    assertEquals(greetings[1], { type: "auth" });
    assertEquals(heard, ["auth_ok", "caught_up", "server_restarting", "auth_ok", "reset", "caught_up"]);
    const toldAgain = untilTold(live);
    say({ type: "server_restarting", reason: "restart" });
    await toldAgain;
    close();
    await welcome(3, "log");
    assertEquals(heard.slice(6), ["server_restarting", "auth_ok", "caught_up"]);
  });
});

Deno.test("a start over that comes without a farewell is told at once", async () => {
  await withDesk(async ({ live, heard, say, welcome }) => {
    await welcome(1, "log");
    const told = new Promise<void>((resolve) => live.on(({ type }) => type === "reset" && resolve()));
    say({ type: "reset" });
    await told;
    assertEquals(heard.at(-1), "reset");
  });
});
