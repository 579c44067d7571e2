import type { LightState } from "../base/messages.ts";
import { LIGHT_FIELDS, type LightChange, type LightField, sameValue, UNTOLD } from "./light_state.ts";

interface Wish {
  readonly value: LightState[LightField];
  /** The request that carries it; 0 while it waits, or when it is only held as it is. */
  request: number;
  /** Until it is answered. */
  open: boolean;
}

/**
 * What somebody wants of one light and does not have yet, field by field. A field that is held, because a finger is on
 * its control, keeps what it shows whatever is heard.
 */
export interface LightWishes {
  add(change: LightChange): void;
  hold(field: LightField, shown: LightState | null): void;
  release(field: LightField): void;
  /** These are under way now. */
  sent(change: LightChange, request: number): void;
  /** The request is answered: what it carried, and nothing newer, is a wish no more. */
  answered(change: LightChange, request: number): void;
  /** Somebody else set this field. Their change came after what is under way, and before what still waits. */
  overruled(field: LightField): void;
  /** Whether what is heard is only our own wish coming back. */
  isEcho(field: LightField, value: LightState[LightField]): boolean;
  /** What is known, with the wishes over it. */
  over(known: LightState | null): LightState | null;
}

export function createLightWishes(): LightWishes {
  const wishes = new Map<LightField, Wish>();
  const held = new Set<LightField>();
  /** By request. */
  const underWay = new Map<number, LightChange>();

  const drop = (field: LightField) => {
    if (!held.has(field)) wishes.delete(field);
  };
  return {
    add: (change) => {
      for (const field of fieldsOf(change)) {
        const value = change[field];
        if (value !== undefined) wishes.set(field, { value, request: 0, open: true });
      }
    },
    hold: (field, shown) => {
      held.add(field);
      if (shown !== null && !wishes.has(field)) wishes.set(field, { value: shown[field], request: 0, open: false });
    },
    release: (field) => {
      held.delete(field);
      if (wishes.get(field)?.open === false) wishes.delete(field);
    },
    sent: (change, request) => {
      underWay.set(request, change);
      for (const field of fieldsOf(change)) {
        const wish = wishes.get(field);
        if (wish) wish.request = request;
      }
    },
    answered: (change, request) => {
      underWay.delete(request);
      for (const field of fieldsOf(change)) {
        const wish = wishes.get(field);
        if (wish?.request !== request) continue;
        wish.open = false;
        drop(field);
      }
    },
    overruled: (field) => {
      const wish = wishes.get(field);
      const waits = wish?.open === true && wish.request === 0;
      if (!waits) drop(field);
    },
    isEcho: (field, value) => [...underWay.values()].some((change) => sameValue(change[field], value)),
    over: (known) => {
      if (wishes.size === 0) return known;
      return Object.assign({ ...known ?? UNTOLD }, ...[...wishes].map(([field, { value }]) => ({ [field]: value })));
    },
  };
}

export const fieldsOf = (change: LightChange): readonly LightField[] =>
  LIGHT_FIELDS.filter((field) => change[field] !== undefined);
