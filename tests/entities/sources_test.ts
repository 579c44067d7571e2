import { assert, assertEquals } from "@std/assert";
import { create, created, problemsOf, wrongFields } from "./samples.ts";

const picture = (kind: string, settings: Record<string, unknown>) => create("picture_source", { kind, settings });
const ffmpeg = (settings: Record<string, unknown>) => picture("ffmpeg", settings);

Deno.test("ffmpeg reads absolute paths and streams", () => {
  const inputs = [
    "/srv/media/loop.mp4",
    "C:\\media\\a@b.mp4",
    "http://radio.example/stream",
    "https://radio.example:8443/a?b=c",
    "rtsp://192.168.1.5:554/live",
    "srt://192.168.1.5:9000?mode=listener",
  ];
  for (const input of inputs) assertEquals(problemsOf(ffmpeg({ input })), []);
});

Deno.test("ffmpeg reads nothing that another protocol, an option or a graph could hide in", () => {
  const inputs = [
    "-i",
    "loop.mp4",
    "../loop.mp4",
    "//host/share",
    "file:/etc/passwd",
    "concat:/a|/b",
    "subfile,,start,0,end,0,,:/etc/passwd",
    "pipe:0",
    "data:text/plain,x",
    "gopher://x",
    "crypto+http://x",
    "http://",
    "http:///x",
    "a\u0000b",
    "/a\nb",
    "/\ud800",
    "",
  ];
  for (const input of inputs) assertEquals(wrongFields(ffmpeg({ input })), ["settings.input"]);
});

Deno.test("user info in a stream address is refused and not repeated", () => {
  for (
    const input of ["rtsp://cam:pa55@10.0.0.5/1", "http://pa55@host/", "https:\\\\u:pa55@host", "rtsp:u:pa55@host"]
  ) {
    const problems = problemsOf(ffmpeg({ input }));
    assertEquals(problems.map(({ field }) => field), ["settings.input"]);
    assert(!JSON.stringify(problems).includes("pa55"));
  }
  assertEquals(wrongFields(picture("image", { input: "http://u:pa55@host/a.png" })), ["settings.input"]);
  const parsed = created("audio_source", {
    kind: "ffmpeg",
    settings: { input: "rtsp://10.0.0.5/1", username: "cam" },
    password: "pa55",
  });
  assertEquals(parsed.secrets, { password: "pa55" });
});

Deno.test("capture devices are named in the form of their format", () => {
  const good = [
    ["v4l2", "/dev/video0"],
    ["x11grab", ":0.0+10,20"],
    ["gdigrab", "desktop"],
    ["avfoundation", "1:0"],
    ["dshow", "video=USB Camera"],
    ["alsa", "hw:0,0"],
    ["pulse", "default"],
    ["lavfi", "testsrc=size=64x36:rate=30"],
    ["mjpeg", "http://10.0.0.9/stream"],
  ];
  for (const [format, input] of good) assertEquals(problemsOf(ffmpeg({ format, input })), []);
  const bad = [
    ["v4l2", "/dev/../etc/passwd"],
    ["lavfi", "movie=/etc/passwd"],
    ["lavfi", "testsrc,movie=x"],
    ["lavfi", "testsrc;movie=x"],
    ["x11grab", "/etc/passwd"],
    ["pulse", "-i"],
    ["mpegts", "concat:/a"],
  ];
  for (const [format, input] of bad) assertEquals(wrongFields(ffmpeg({ format, input })), ["settings.input"]);
  for (const format of ["concat", "tee", "", null, "__proto__"]) {
    assertEquals(wrongFields(ffmpeg({ format })), ["settings.format"]);
  }
});

Deno.test("ffmpeg options are a list of known options with values of their form", () => {
  const options = [
    "-framerate",
    "29.97",
    "-re",
    "-video_size",
    "1920x1080",
    "-rtsp_transport",
    "tcp",
    "-ss",
    "1:02:03",
  ];
  assertEquals(problemsOf(ffmpeg({ options })), []);
  const wrong: readonly (readonly [unknown, string])[] = [
    ["-re", "settings.options"],
    [["-i", "/etc/passwd"], "settings.options[0]"],
    [["-filter_complex", "movie=x"], "settings.options[0]"],
    [["-framerate", "-re"], "settings.options[1]"],
    [["-re", "-framerate"], "settings.options[1]"],
    [["-fflags", "+nobuffer,x"], "settings.options[1]"],
    [["-re\u0000"], "settings.options[0]"],
    [["-re", 1], "settings.options[1]"],
    [["constructor"], "settings.options[0]"],
  ];
  for (const [options, field] of wrong) assertEquals(wrongFields(ffmpeg({ options }))[0], field);
  assertEquals(wrongFields(ffmpeg({ options: Array(65).fill("-re") })), ["settings.options"]);
});

Deno.test("settings of another kind, of no object or with unknown keys are refused", () => {
  assertEquals(wrongFields(picture("push", { input: "/a" })), ["settings.input"]);
  for (const settings of [null, [], "x", 1]) {
    assertEquals(problemsOf(create("picture_source", { settings })), [
      { field: "settings", message: "must be an object" },
    ]);
  }
  assertEquals(problemsOf(create("template", { settings: { crop: { top: 1, up: 1 } } })), [
    { field: "settings.crop.top", message: "must be at most 0.49" },
    { field: "settings.crop.up", message: "is not a known field" },
  ]);
});

Deno.test("a kind is one of its type's", () => {
  assertEquals(problemsOf(create("audio_source", { kind: "adb" })), [
    { field: "kind", message: 'must be one of "test_tone", "ffmpeg"' },
  ]);
  assertEquals(problemsOf(create("template", { kind: undefined })), [{ field: "kind", message: "is required" }]);
  for (const kind of ["__proto__", "constructor", "toString", 0, null, {}]) {
    assertEquals(wrongFields(create("picture_source", { kind })), ["kind"]);
  }
});

Deno.test("an ADB address is a host on the LAN with an optional port", () => {
  for (const address of ["192.168.1.9", "192.168.1.9:5555", "tv.local:5555", "[fe80::1]:5555"]) {
    assertEquals(problemsOf(picture("adb", { address })), []);
  }
  for (
    const address of ["8.8.8.8:5555", "127.0.0.1:5555; rm -rf /", "[::1", "0x7f.1", "-s", "", "a:99999", "u@10.0.0.1"]
  ) {
    assertEquals(wrongFields(picture("adb", { address })), ["settings.address"]);
  }
});

Deno.test("an image is a file or an address of the web", () => {
  for (const input of ["/srv/a.png", "https://host/a.png"]) assertEquals(problemsOf(picture("image", { input })), []);
  for (const input of ["a.png", "rtsp://host/a", "javascript:alert(1)", "http://x\u202e"]) {
    assertEquals(wrongFields(picture("image", { input })), ["settings.input"]);
  }
});
