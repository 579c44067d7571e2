// The controller's own page: asks once a second what the strip shows, and posts what a person changes.
const part = (id) => document.getElementById(id);
const read = async (path) => (await fetch(path)).json();

async function post(path, body) {
  await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

const channel = (value) => value.toString(16).padStart(2, "0");
const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
const colorOf = ({ seg }) => `#${(seg[0]?.col[0] ?? [0, 0, 0]).slice(0, 3).map(channel).join("")}`;

function drawStrip({ leds }) {
  const canvas = part("strip");
  const pen = canvas.getContext("2d");
  const width = canvas.width / leds.length;
  leds.forEach((color, at) => {
    pen.fillStyle = `#${color}`;
    pen.fillRect(Math.floor(at * width), 0, Math.ceil(width), canvas.height);
  });
}

// What a person is just moving stays under the finger.
function follow(input, value) {
  if (document.activeElement !== input) input.value = value;
}

function showState(state) {
  part("power").setAttribute("aria-pressed", String(state.on));
  part("power").textContent = state.on ? "Light is on" : "Light is off";
  part("percent").textContent = `${Math.round(state.bri / 2.55)} %`;
  follow(part("brightness"), state.bri);
  follow(part("color"), colorOf(state));
  for (const button of part("presets").children) {
    button.setAttribute("aria-pressed", String(Number(button.value) === state.ps));
  }
}

function say(text) {
  if (part("stream").textContent !== text) part("stream").textContent = text;
}

function showName(name) {
  document.title = name;
  part("name").textContent = name;
}

async function refresh() {
  try {
    const { state, info } = await read("json/si");
    showName(info.name);
    showState(state);
    drawStrip(await read("json/live"));
    say(info.live ? `Streamed to by ${info.lip} (${info.lm})` : "");
  } catch {
    say("No answer from the controller.");
  }
}

async function change(partial) {
  try {
    await post("json/state", partial);
  } catch {
    say("No answer from the controller.");
  }
  await refresh();
}

function presetButton(id, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.value = id;
  button.textContent = name;
  button.addEventListener("click", () => change({ ps: Number(id) }));
  return button;
}

async function listPresets() {
  const presets = Object.entries(await read("presets.json")).filter(([, preset]) => preset.n !== undefined);
  part("presets").replaceChildren(...presets.map(([id, { n }]) => presetButton(id, n)));
}

async function unplug() {
  try {
    await post("unplug", {});
    say("Unplugged. It comes back by itself.");
  } catch {
    say("No answer from the controller.");
  }
}

async function keepLooking() {
  await refresh();
  setTimeout(keepLooking, 1000);
}

part("power").addEventListener("click", () => change({ on: "t" }));
part("brightness").addEventListener("change", (event) => change({ bri: Number(event.target.value) }));
part("color").addEventListener("change", (event) => change({ seg: { col: [channels(event.target.value)] } }));
part("unplug").addEventListener("click", unplug);
listPresets().catch(() => say("No answer from the controller."));
keepLooking();
