import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Clock, Entropy } from "../audit/ports.ts";

/** What may be downloaded once, by whoever holds the ticket. */
export interface Tickets<Order> {
  /** A new ticket, or undefined when too many are open. */
  issue(
    exportId: string,
    actor: string,
    order: Order,
  ): { readonly ticket: string; readonly expiresAt: number } | undefined;
  /** What a ticket is for; it stays good. Undefined when it was used, is too old, or never was. */
  peek(ticket: string): Order | undefined;
  /** The same, and the ticket is used up unless it is given back. */
  take(ticket: string): { readonly order: Order; readonly giveBack: () => void } | undefined;
  /** True while there is an unused ticket for the export. */
  waitsFor(exportId: string): boolean;
}

const LIFETIME_MS = 60_000;
/** Open at once: of everybody, and of one actor. */
const MOST = { all: 400, actor: 20 };

interface Open<Order> {
  readonly exportId: string;
  readonly actor: string;
  readonly order: Order;
  readonly expiresAt: number;
}

/** Tickets are kept as hashes, so that looking one up tells by its time nothing of what was nearly right. */
export function createTickets<Order>(
  { clock, entropy }: { readonly clock: Clock; readonly entropy: Entropy },
): Tickets<Order> {
  const open = new Map<string, Open<Order>>();
  const forgetOld = () => {
    for (const [hash, { expiresAt }] of open) if (expiresAt <= clock.now()) open.delete(hash);
  };
  const peek = (ticket: string) => {
    forgetOld();
    return open.get(hashOf(ticket))?.order;
  };
  return {
    issue: (exportId, actor, order) => {
      forgetOld();
      const own = [...open.values()].filter((known) => known.actor === actor).length;
      if (open.size >= MOST.all || own >= MOST.actor) return undefined;
      const ticket = Buffer.from(entropy.bytes(32)).toString("base64url");
      const expiresAt = clock.now() + LIFETIME_MS;
      open.set(hashOf(ticket), { exportId, actor, order, expiresAt });
      return { ticket, expiresAt };
    },
    peek,
    take: (ticket) => {
      forgetOld();
      const hash = hashOf(ticket);
      const known = open.get(hash);
      open.delete(hash);
      return known && { order: known.order, giveBack: () => void open.set(hash, known) };
    },
    waitsFor: (exportId) => {
      forgetOld();
      return [...open.values()].some((known) => known.exportId === exportId);
    },
  };
}

const hashOf = (ticket: string) => createHash("sha256").update(ticket, "utf8").digest("hex");
