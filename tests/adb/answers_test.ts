import { assertEquals } from "@std/assert";
import { connectOutcome, listedDevices } from "../../src/adb/answers.ts";

Deno.test("what adb says of a connection is understood in the words of its older and newer versions", () => {
  const said: readonly (readonly [string, string])[] = [
    ["connected to 192.168.1.7:5555\n", "connected"],
    [
      "* daemon not running; starting now at tcp:5037\n* daemon started successfully\nconnected to x:5555\n",
      "connected",
    ],
    ["already connected to 192.168.1.7:5555\n", "already"],
    ["failed to authenticate to 192.168.1.7:5555\n", "unauthorized"],
    ["failed to connect to '192.168.1.7:5555': Connection refused\n", "unreachable"],
    ["failed to connect to '[::1]:5555': No route to host\r\n", "unreachable"],
    ["failed to connect to '192.168.1.7:5555': Operation timed out\n", "silent"],
    ["failed to connect to 192.168.1.7:5555\n", "silent"],
    ["unable to connect to 192.168.1.7:5555\n", "silent"],
    ["not connected to x\n", "broken"],
    ["disconnected x\n", "broken"],
    ["", "broken"],
  ];
  for (const [stdout, outcome] of said) assertEquals<string>(connectOutcome(stdout), outcome, stdout);
});

Deno.test("the list of devices is read whatever else adb says, and nothing in it can move a terminal", () => {
  const stdout = [
    "* daemon not running; starting now at tcp:5037",
    "List of devices attached",
    "127.0.0.1:5555         device product:x model:Pixel_6 device:y transport_id:1",
    "R58M12ABCDE            unauthorized usb:1-4 transport_id:2",
    "????????????           no permissions (user in plugdev group; are your udev rules wrong?); see [http://x]",
    "(no serial number)     offline",
    "old-one\tdevice",
    "evil\u001b[2J\u202e       de\u0007vice model:\u001b]0;x\u0007Bad",
    `${"s".repeat(500)} device`,
    "",
    "alone",
  ].join("\n");
  assertEquals(listedDevices(stdout), [
    { serial: "127.0.0.1:5555", state: "device", model: "Pixel_6" },
    { serial: "R58M12ABCDE", state: "unauthorized", model: null },
    { serial: "????????????", state: "no permissions", model: null },
    { serial: "(no serial number)", state: "offline", model: null },
    { serial: "old-one", state: "device", model: null },
    { serial: "evil", state: "device", model: "Bad" },
    { serial: "s".repeat(128), state: "device", model: null },
  ]);
  assertEquals(listedDevices("error: cannot connect to daemon\n"), []);
  assertEquals(listedDevices(`List of devices attached\n${"a device\n".repeat(5000)}`).length, 100);
});
