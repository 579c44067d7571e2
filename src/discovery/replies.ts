import type { Turn } from "../audit/ports.ts";
import type { Link, MdnsQuestion, MdnsRecord } from "./mdns.ts";

/** Answers questions, at most about once a second on each link: everybody there hears every answer. */
export interface Replies {
  /** `records`: what there is to tell. */
  reply(
    link: Link,
    questions: readonly MdnsQuestion[],
    known: readonly MdnsRecord[],
    records: readonly MdnsRecord[],
  ): void;
  drop(link: Link): void;
}

const APART_MS = 1000;
/** Who asks for everything of a name is about to take it, and waits no longer than this for an answer. */
const PROBE_APART_MS = 250;

interface Waiting {
  sentAt: number;
  answers: readonly MdnsRecord[];
  cancel: (() => void) | undefined;
}

export function createReplies(
  { turn, clock }: { readonly turn: Pick<Turn, "delay">; readonly clock: { now(): number } },
): Replies {
  const links = new Map<Link, Waiting>();

  const send = (link: Link, waiting: Waiting, records: readonly MdnsRecord[]) => {
    const answers = records.filter((record) => waiting.answers.some((other) => isSame(record, other)));
    [waiting.sentAt, waiting.answers, waiting.cancel] = [clock.now(), [], undefined];
    // Who asks for the instances wants to know next where they are.
    const rest = records.filter((record) => record.type !== "PTR" && !answers.includes(record));
    void link.respond(answers, rest).catch(() => {}); // the link is gone
  };

  return {
    reply: (link, questions, known, records) => {
      const wanted = records.filter((record) =>
        questions.some((question) => isAsked(record, question)) && !known.some((other) => covers(other, record))
      );
      if (wanted.length === 0) return;
      const waiting = links.get(link) ?? { sentAt: -Infinity, answers: [], cancel: undefined };
      links.set(link, waiting);
      waiting.answers = [...waiting.answers.filter((old) => !wanted.some((record) => isSame(record, old))), ...wanted];
      const apart = questions.some(({ type }) => type === "ANY") ? PROBE_APART_MS : APART_MS;
      const wait = waiting.sentAt + apart - clock.now();
      waiting.cancel?.();
      if (wait <= 0 || wait > apart) send(link, waiting, records);
      else waiting.cancel = turn.delay(() => send(link, waiting, records), wait);
    },
    drop: (link) => {
      links.get(link)?.cancel?.();
      links.delete(link);
    },
  };
}

const isAsked = ({ name, type }: MdnsRecord, question: MdnsQuestion): boolean =>
  question.name.toLowerCase() === name.toLowerCase() && (question.type === type || question.type === "ANY");

const isSame = (a: MdnsRecord, b: MdnsRecord): boolean => textOf(a) === textOf(b);

const textOf = (record: MdnsRecord): string => {
  const data = record.type === "PTR"
    ? record.target
    : record.type === "A" || record.type === "AAAA"
    ? record.address
    : "";
  return `${record.type} ${record.name} ${data}`.toLowerCase();
};

/** True when whoever asks has that already, and for long. */
const covers = (known: MdnsRecord, record: MdnsRecord): boolean => isSame(known, record) && known.ttl * 2 >= record.ttl;
