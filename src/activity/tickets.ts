import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Clock, Entropy } from "../audit/ports.ts";

/** What may be downloaded once, by whoever holds the ticket. */
export interface Tickets<Order> {
  /** A new ticket, or undefined when too many are open. */
  issue(exportId: string, order: Order): { readonly ticket: string; readonly expiresAt: number } | undefined;
  /** What a ticket is for; it stays good. Undefined when it was used, is too old, or never was. */
  peek(ticket: string): Order | undefined;
  /** The same, and the ticket is used up unless it is given back. */
  take(ticket: string): { readonly order: Order; readonly giveBack: () => void } | undefined;
  /** True while there is an unused ticket for the export. */
  waitsFor(exportId: string): boolean;
}

const LIFETIME_MS = 60_000;
const MOST = 100;

/** Tickets are kept as hashes, so that looking one up tells by its time nothing of what was nearly right. */
export function createTickets<Order>(
  { clock, entropy }: { readonly clock: Clock; readonly entropy: Entropy },
): Tickets<Order> {
  const open = new Map<string, { readonly exportId: string; readonly order: Order; readonly expiresAt: number }>();
  const forgetOld = () => {
    for (const [hash, { expiresAt }] of open) if (expiresAt <= clock.now()) open.delete(hash);
  };
  const peek = (ticket: string) => {
    forgetOld();
    return open.get(hashOf(ticket))?.order;
  };
  return {
    issue: (exportId, order) => {
      forgetOld();
      if (open.size >= MOST) return undefined;
      const ticket = Buffer.from(entropy.bytes(32)).toString("base64url");
      const expiresAt = clock.now() + LIFETIME_MS;
      open.set(hashOf(ticket), { exportId, order, expiresAt });
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
