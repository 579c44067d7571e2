/** The effects by their number. The strip itself shows every one of them as its first colour. */
export const EFFECTS: readonly string[] = [
  "Solid",
  "Blink",
  "Breathe",
  "Wipe",
  "Wipe Random",
  "Random Colors",
  "Sweep",
  "Dynamic",
  "Colorloop",
  "Rainbow",
];

export const PALETTES: readonly string[] = ["Default", "* Random Cycle", "* Color 1", "* Colors 1&2", "Party", "Ocean"];
