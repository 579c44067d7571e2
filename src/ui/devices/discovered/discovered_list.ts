import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../../base/api.ts";
import type { Live } from "../../base/live.ts";
import type { Discovered } from "../../base/messages.ts";
import type { Problem } from "../../base/problem.ts";
import { byName } from "../../base/by_name.ts";
import { report } from "../../base/report.ts";
import { browserTimer, type Timer } from "../../base/timer.ts";
import { createRefresh } from "../../entities/refresh.ts";
import { newsWords } from "./found_words.ts";

export interface Found {
  /** What is on the network and not configured here, by name; undefined until it was read once. */
  readonly items: readonly Discovered[] | undefined;
  /** Why nothing can be found at all, as the server says it. */
  readonly trouble: string | null;
  /** That is as the server is set up, and stays so. */
  readonly off: boolean;
  /** Of the last reading. */
  readonly problem: Problem | undefined;
}

/** What the server has found on the network, kept up to date by the live messages. */
export interface DiscoveredList {
  /** Read at its first use. */
  found(): ReadonlySignal<Found>;
  /** What came and went in the last moment, as a sentence; empty when nothing did. */
  readonly news: ReadonlySignal<string>;
  reload(): Promise<void>;
  /** A device that has just answered. */
  take(device: Discovered): void;
  /** Forgets everything, e.g. when somebody else signs in. */
  clear(): void;
}

export interface DiscoveredListDeps {
  readonly api: Pick<Api, "get">;
  readonly live: Pick<Live, "on">;
  readonly timer?: Timer;
}

interface Answer {
  readonly items: readonly Discovered[];
  readonly problem: string | null;
  readonly off: boolean;
}

const NOTHING: Found = { items: undefined, trouble: null, off: false, problem: undefined };
/** What comes within this time is told in one sentence. */
const GATHER_MS = 1000;

export function createDiscoveredList({ api, live, timer = browserTimer() }: DiscoveredListDeps): DiscoveredList {
  const found = signal(NOTHING);
  const news = signal("");
  let used = false;
  let reading = 0;
  /** Counts who is signed in: an answer to who was here before is not for the next. */
  let turn = 0;
  let came: readonly string[] = [];
  let went: readonly string[] = [];
  let gathering = false;

  const read = async () => {
    const mine = turn;
    reading++;
    const answer = await api.get<Answer>("/api/v1/devices/discovered").finally(() => reading--);
    if (mine !== turn) return;
    found.value = answer.ok
      ? {
        items: byName(answer.value.items),
        trouble: answer.value.problem,
        off: answer.value.off,
        problem: undefined,
      }
      : { ...found.value, problem: answer.problem };
  };
  const refresh = createRefresh(read, timer);
  const readAgain = () => void (used && refresh().catch(report));

  const tell = () => {
    if (gathering) return;
    gathering = true;
    timer.after(GATHER_MS, () => {
      gathering = false;
      news.value = newsWords(came, went);
      came = went = [];
    });
  };
  /** Whether it was not there before. */
  const take = (device: Discovered): boolean => {
    const { items } = found.value;
    // What is being read may be of before.
    if (reading > 0) readAgain();
    if (items === undefined) return false;
    const others = items.filter(({ id }) => id !== device.id);
    found.value = { ...found.value, items: byName([...others, device]) };
    return others.length === items.length;
  };
  const drop = (id: string): boolean => {
    const { items } = found.value;
    if (reading > 0) readAgain();
    if (!items?.some((item) => item.id === id)) return false;
    found.value = { ...found.value, items: items.filter((item) => item.id !== id) };
    return true;
  };

  live.on((message) => {
    if (message.type === "device_discovered") {
      if (!take(message.device)) return;
      came = [...came, message.device.name];
      tell();
    } else if (message.type === "device_lost") {
      if (!drop(message.id)) return;
      went = [...went, message.name];
      tell();
    } else if (message.type === "entity_changed" && message.entity_type === "device") readAgain();
    // Messages of this kind are not kept for who was away.
    else if (message.type === "auth_ok" || message.type === "resync") readAgain();
  });

  return {
    found: () => {
      if (!used) {
        used = true;
        readAgain();
      }
      return found;
    },
    news,
    reload: refresh,
    take: (device) => void take(device),
    clear: () => {
      turn++;
      used = false;
      found.value = NOTHING;
      news.value = "";
      came = went = [];
    },
  };
}
