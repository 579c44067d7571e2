import { type ReadonlySignal, signal } from "@preact/signals";

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
  readonly link?: NoticeLink;
}

/** The way to what the sentence is about. */
export interface NoticeLink {
  readonly to: string;
  readonly label: string;
}

/** Short sentences about what was just done or could not be; read aloud, gone by themselves. */
export interface Notices {
  readonly shown: ReadonlySignal<readonly Notice[]>;
  say(text: string, tone?: Notice["tone"], link?: NoticeLink): void;
  dismiss(id: number): void;
}

const STAY_MS = { info: 5000, error: 12_000 } as const;
const MOST = 3;

export function createNotices(): Notices {
  const shown = signal<readonly Notice[]>([]);
  let last = 0;
  const dismiss = (id: number) => void (shown.value = shown.value.filter((notice) => notice.id !== id));
  return {
    shown,
    say: (text, tone = "info", link = undefined) => {
      const id = ++last;
      const others = shown.value.filter((notice) => notice.text !== text);
      shown.value = [...others.slice(1 - MOST), { id, tone, text, ...(link === undefined ? {} : { link }) }];
      setTimeout(() => dismiss(id), STAY_MS[tone]);
    },
    dismiss,
  };
}
