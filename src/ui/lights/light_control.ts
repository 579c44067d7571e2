import { type ReadonlySignal, signal } from "@preact/signals";
import type { LightState } from "../base/messages.ts";
import type { Problem, Result } from "../base/problem.ts";
import { report } from "../base/report.ts";
import type { Timer } from "../base/timer.ts";
import { LIGHT_FIELDS, type LightChange, type LightField, sameLight, sameValue } from "./light_state.ts";
import { createLightWishes } from "./light_wishes.ts";

/**
 * One light as a person handles it: what they set shows at once, the device follows, and what it refuses goes back.
 * Answers may come late and in any order; none of them displaces a newer wish.
 */
export interface LightControl {
  /** What to show; null until the light has told. */
  readonly shown: ReadonlySignal<LightState | null>;
  /** Sets it, together with what else is set in the same moment. Resolves with why not, or undefined once it is so. */
  set(change: LightChange): Promise<Problem | undefined>;
  /** A finger is on this control: nothing that is heard moves it until it is released. */
  hold(field: LightField): void;
  release(field: LightField): void;
  /** A live message: the light shows this now. */
  heard(state: LightState): void;
  /** Read from a list, which may be older than what was set since. */
  loaded(state: LightState | null): void;
}

export interface LightPorts {
  readonly send: (change: LightChange) => Promise<Result<LightState>>;
  readonly read: () => Promise<Result<LightState>>;
  readonly timer: Timer;
}

/** Between two requests: what is dragged over in this time is one change. */
const EVERY_MS = 300;
const MOST_UNDER_WAY = 3;

interface Batch {
  readonly change: LightChange;
  readonly told: readonly ((problem: Problem | undefined) => void)[];
}

export function createLightControl(first: LightState | null, { send, read, timer }: LightPorts): LightControl {
  const wishes = createLightWishes();
  const shown = signal(first);
  let known = first;
  /** What waits to be sent. */
  let batch: Batch | undefined;
  let waiting = false;
  let underWay = 0;
  let requests = 0;
  let lastSentAt = -Infinity;
  /** The newest request whose answer counts. */
  let newestAnswer = 0;
  /** For each field, how many requests had been sent when somebody else was heard to have set it. */
  const overruled = new Map<LightField, number>();
  /** The newest live message of this busy time. */
  let lastHeard: LightState | undefined;

  const show = () => void (shown.value = wishes.over(known));
  const isIdle = () => underWay === 0 && batch === undefined;

  const flush = () => {
    if (batch === undefined || waiting || underWay >= MOST_UNDER_WAY) return;
    const wait = lastSentAt + EVERY_MS - timer.now();
    if (wait <= 0) return dispatch(batch);
    waiting = true;
    timer.after(wait, () => {
      waiting = false;
      flush();
    });
  };

  const dispatch = ({ change, told }: Batch) => {
    batch = undefined;
    const request = ++requests;
    underWay++;
    lastSentAt = timer.now();
    wishes.sent(change, request);
    void send(change).then((result) => {
      underWay--;
      if (result.ok) take(result.value, request);
      wishes.answered(change, request);
      show();
      for (const tell of told) tell(result.ok ? undefined : result.problem);
      if (isIdle()) verify();
      else flush();
    }).catch(report);
  };

  /** What the light showed after that request, without what somebody else has set since. */
  const take = (state: LightState, request: number) => {
    if (request < newestAnswer) return;
    newestAnswer = request;
    const later = LIGHT_FIELDS.filter((field) => (overruled.get(field) ?? 0) >= request);
    known = Object.assign({ ...state }, ...later.map((field) => known === null ? {} : { [field]: known[field] }));
  };

  /** The last that was heard and the last answer should agree. Where they do not, the light is asked. */
  const verify = () => {
    const heard = lastHeard;
    lastHeard = undefined;
    if (heard === undefined || known === null || sameLight(heard, known)) return;
    void read().then((result) => {
      if (!result.ok || !isIdle()) return;
      known = result.value;
      show();
    }).catch(report);
  };

  const heard = (state: LightState) => {
    for (const field of LIGHT_FIELDS) {
      if (known !== null && sameValue(known[field], state[field])) continue;
      if (wishes.isEcho(field, state[field])) continue;
      overruled.set(field, requests);
      wishes.overruled(field);
    }
    if (!isIdle()) lastHeard = state;
    known = state;
    show();
  };

  return {
    shown,
    set: (change) => {
      wishes.add(change);
      show();
      const { promise, resolve } = Promise.withResolvers<Problem | undefined>();
      batch = { change: { ...batch?.change, ...change }, told: [...batch?.told ?? [], resolve] };
      flush();
      return promise;
    },
    hold: (field) => {
      wishes.hold(field, shown.value);
      show();
    },
    release: (field) => {
      wishes.release(field);
      show();
    },
    heard,
    loaded: (state) => {
      if (!isIdle()) return;
      known = state;
      show();
    },
  };
}
