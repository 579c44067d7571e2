import { assertEquals } from "@std/assert";
import { LIVE_MESSAGES, PROTOCOL_MESSAGES } from "../../../src/events/messages.ts";
import { acceptedTypes, parseMessage } from "../../../src/ui/base/messages.ts";

Deno.test("the browser accepts exactly the messages that the server may send", () => {
  assertEquals(acceptedTypes().toSorted(), [...LIVE_MESSAGES, ...PROTOCOL_MESSAGES].toSorted());
});

Deno.test("the browser drops whatever is no listed message", () => {
  const odd = ["", "null", "[]", "{}", '{"type":1}', '{"type":"__proto__"}', '{"type":"constructor"}', "{", "1"];
  for (const data of [...odd, undefined, 1, new Uint8Array(2)]) assertEquals(parseMessage(data), undefined);
  const good = { type: "caught_up", seq: 3 } as const;
  assertEquals(parseMessage(JSON.stringify(good)), good);
});
