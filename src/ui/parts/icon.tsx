/** One hand-drawn set: 20 × 20, strokes of 1.6. */
const PATHS = {
  lights: "M10 2.5a5 5 0 0 1 3 9c-.6.5-1 1.2-1 2H8c0-.8-.4-1.5-1-2a5 5 0 0 1 3-9zM8.2 16.5h3.6",
  activity: "M3 5h2M3 10h2M3 15h2M8 5h9M8 10h9M8 15h6",
  device: "M3 6.5h14v7H3zM6 6.5v-2M10 6.5v-2M14 6.5v-2M6 15.5v-2M10 15.5v-2M14 15.5v-2",
  scene: "M3 4h6v6H3zM11 4h6v6h-6zM3 12h6v4H3zM11 12h6v4h-6z",
  automation: "M4 10a6 6 0 0 1 10.5-4M16 10a6 6 0 0 1-10.5 4M14.5 3v3h-3M5.5 17v-3h3",
  library: "M4 3.5v13M8 3.5v13M12 4l3.5 12.5",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  target: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM10 7a3 3 0 1 0 0 6a3 3 0 0 0 0-6z",
  picture: "M3 4h14v12H3zM3 13l4-4 4 4 2.5-2.5L17 14M13 7.5h.01",
  audio: "M4 8v4M7 5.5v9M10 3.5v13M13 6.5v7M16 8.5v3",
  strip: "M3 8h14v4H3zM6.5 8v4M10 8v4M13.5 8v4",
  gradient: "M3 5h14v10H3zM8 5v10M12 5v10M14.5 5v10",
  clock: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM10 6v4l3 2",
  template: "M4 3h8l4 4v10H4zM12 3v4h4M7 11h6M7 14h4",
  playlist: "M3 5h9M3 10h9M3 15h5M13 12v5l4-2.5z",
  key: "M7 9.5a3.5 3.5 0 1 0 0 .01zM10.5 10H17M14 10v3M17 10v2",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM13 13l4 4",
  power: "M10 3v6M6 5.5a6 6 0 1 0 8 0",
  plus: "M10 4v12M4 10h12",
  back: "M12 4l-6 6 6 6",
  chevron: "M7 4l6 6-6 6",
  copy: "M7 7h9v9H7zM4 13V4h9",
  download: "M10 3v9M6 8.5l4 4 4-4M4 16h12",
  link: "M8 12l4-4M9 6l2-2a3 3 0 0 1 4.5 4.5l-2 2M11 14l-2 2a3 3 0 0 1-4.5-4.5l2-2",
  pause: "M7 4v12M13 4v12",
  play: "M6 4l10 6-10 6z",
  trash: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  blink:
    "M10 7a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM10 2v2M10 16v2M2 10h2M16 10h2M4.5 4.5L6 6M14 14l1.5 1.5M4.5 15.5L6 14M14 6l1.5-1.5",
  close: "M5 5l10 10M15 5L5 15",
  info: "M10 10m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0",
  warning: "M10 4l7 12H3z",
  error: "M7 3h6l4 4v6l-4 4H7l-4-4V7z",
  help: "M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M10 14.5h.01",
  system: "M4 5h12v8H4zM7 16h6M10 13v3",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside words; where it stands alone, whatever holds it has a label. */
export function Icon({ name, filled = false }: { readonly name: IconName; readonly filled?: boolean }) {
  return (
    <svg class={filled ? "icon icon-filled" : "icon"} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
