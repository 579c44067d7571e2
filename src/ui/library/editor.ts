import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../base/api.ts";
import type { Live } from "../base/live.ts";
import type { Problem, Result } from "../base/problem.ts";
import { report } from "../base/report.ts";
import type { Timer } from "../base/timer.ts";
import { createRefresh } from "../entities/refresh.ts";
import { type Entity, ENTITY_VIEWS } from "../entities/types.ts";
import type { DraftPlace, Drafts, KeptDraft } from "./drafts.ts";
import { bodyOf, changesOf, draftOf, isSame, newDraft } from "./form/body.ts";
import type { EntityForm } from "./form/entity_form.ts";
import { placeProblems, unfinishedProblems } from "./form/field_problems.ts";
import { setAt, type Steps } from "./form/paths.ts";
import { isValues, type Values } from "./form/shapes.ts";
import { inOrder } from "./gradient/stops.ts";

export type EditorPhase =
  | { readonly name: "loading" }
  | { readonly name: "failed"; readonly problem: Problem }
  /** No such entity, or none any more. */
  | { readonly name: "gone" }
  | { readonly name: "ready" };

/** One entity being looked at and changed. */
export interface Editor {
  readonly phase: ReadonlySignal<EditorPhase>;
  /** As it is stored; undefined for a new one. */
  readonly entity: ReadonlySignal<Entity | undefined>;
  readonly draft: ReadonlySignal<Values>;
  readonly dirty: ReadonlySignal<boolean>;
  readonly busy: ReadonlySignal<boolean>;
  /** What is wrong, by the path of the field that shows it. */
  readonly problems: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Why the last saving failed, where that is about no field. */
  readonly failure: ReadonlySignal<Problem | undefined>;
  /** What somebody else did to it while it was being changed here. */
  readonly elsewhere: ReadonlySignal<"changed" | "deleted" | undefined>;
  /** Counts the times that the fields were filled anew. */
  readonly filled: ReadonlySignal<number>;
  set(steps: Steps, value: unknown): void;
  load(): Promise<void>;
  /** The entity as it is stored then; undefined when that failed. `over` takes no account of what others did. */
  save(options?: { readonly over?: boolean }): Promise<Entity | undefined>;
  /** Back to what is stored. */
  discard(): void;
  /** To what is stored now, whoever changed it. */
  reload(): Promise<void>;
  /** Why it could not be deleted; undefined when it is gone. */
  remove(): Promise<Problem | undefined>;
  /** Listens to what others do; returns how to stop. */
  follow(): () => void;
  /** Keeps what is not saved. */
  keep(drafts: Drafts, place: DraftPlace): void;
}

export interface EditorDeps {
  readonly api: Pick<Api, "get" | "send">;
  readonly live: Pick<Live, "on">;
  readonly form: EntityForm;
  /** Undefined for a new entity. */
  readonly id: string | undefined;
  readonly timer: Timer;
  readonly kept?: KeptDraft | undefined;
}

const CHANGED_MEANWHILE = 412;

export function createEditor({ api, live, form, id, timer, kept }: EditorDeps): Editor {
  const path = `/api/v1/${ENTITY_VIEWS[form.type].path}`;
  const one = `${path}/${encodeURIComponent(id ?? "")}`;
  const fresh = newDraft(form);
  const phase = signal<EditorPhase>(id === undefined ? { name: "ready" } : { name: "loading" });
  const entity = signal<Entity | undefined>(undefined);
  const base = signal<Values>(kept?.base ?? fresh);
  const draft = signal<Values>(kept?.draft ?? fresh);
  const busy = signal(false);
  const problems = signal<ReadonlyMap<string, string>>(new Map());
  const failure = signal<Problem | undefined>(undefined);
  const elsewhere = signal<"changed" | "deleted" | undefined>(undefined);
  const filled = signal(0);
  const dirty = computed(() => !isSame(bodyOf(form, draft.value), bodyOf(form, base.value)));
  let etag = kept?.etag ?? null;

  const clear = () => {
    problems.value = new Map();
    failure.value = undefined;
  };
  const fill = (stored: Entity, version: string | null) =>
    batch(() => {
      etag = version;
      entity.value = stored;
      base.value = draft.value = inOrder(draftOf(form, stored));
      elsewhere.value = undefined;
      filled.value++;
      phase.value = { name: "ready" };
      clear();
    });
  const read = () => api.get<Entity>(one);

  const load = async () => {
    if (id === undefined) return;
    const answer = await read();
    if (!answer.ok) {
      phase.value = answer.problem.status === 404 ? { name: "gone" } : { name: "failed", problem: answer.problem };
    } else if (kept === undefined) fill(answer.value, answer.etag);
    else {
      batch(() => {
        entity.value = answer.value;
        elsewhere.value = answer.etag === etag ? undefined : "changed";
        phase.value = { name: "ready" };
      });
    }
  };

  const lost = () => {
    if (busy.value) return; // by this page itself
    if (dirty.value) elsewhere.value = "deleted";
    else phase.value = { name: "gone" };
  };

  /** Looks whether somebody else was there; what is unchanged here follows by itself. */
  const check = async () => {
    if (id === undefined || busy.value || phase.value.name !== "ready") return;
    const before = etag;
    const answer = await read();
    if (busy.value || etag !== before) return; // what was saved meanwhile is newer
    if (!answer.ok) {
      if (answer.problem.status === 404) lost();
    } else if (answer.etag === etag) entity.value = answer.value;
    else if (dirty.value) elsewhere.value = "changed";
    else fill(answer.value, answer.etag);
  };

  const refused = (problem: Problem) =>
    batch(() => {
      if (problem.status === CHANGED_MEANWHILE) return void (elsewhere.value = "changed");
      if (problem.status === 404) return void (elsewhere.value = "deleted");
      const placed = new Map(placeProblems(form, draft.value, problem.errors));
      const rest = placed.get("");
      placed.delete("");
      problems.value = placed;
      failure.value = placed.size > 0 && rest === undefined
        ? undefined
        : { ...problem, detail: rest ?? problem.detail };
    });

  const send = (over: boolean): Promise<Result<Entity>> => {
    if (id === undefined) return api.send<Entity>("POST", path, bodyOf(form, draft.value));
    const headers = over || etag === null ? {} : { "if-match": etag };
    return api.send<Entity>("PUT", one, changesOf(form, base.value, draft.value), { headers });
  };

  const save: Editor["save"] = async ({ over = false } = {}) => {
    if (busy.value) return undefined;
    clear();
    const unfinished = unfinishedProblems(form, draft.value);
    if (unfinished.length > 0) {
      problems.value = placeProblems(form, draft.value, unfinished);
      return undefined;
    }
    busy.value = true;
    const answer = await send(over);
    busy.value = false;
    if (!answer.ok) {
      refused(answer.problem);
      return undefined;
    }
    fill(answer.value, answer.etag);
    return answer.value;
  };

  return {
    phase,
    entity,
    draft,
    dirty,
    busy,
    problems,
    failure,
    elsewhere,
    filled,
    set: (steps, value) => {
      const next = setAt(draft.value, steps, value);
      if (isValues(next)) draft.value = next;
    },
    load,
    save,
    discard: () =>
      batch(() => {
        draft.value = base.value;
        filled.value++;
        clear();
      }),
    reload: async () => {
      const answer = await read();
      if (answer.ok) fill(answer.value, answer.etag);
      else failure.value = answer.problem;
    },
    remove: async () => {
      busy.value = true;
      const answer = await api.send("DELETE", one);
      busy.value = false;
      return answer.ok || answer.problem.status === 404 ? undefined : answer.problem;
    },
    follow: () => {
      let following = true;
      const again = createRefresh(async () => following ? await check() : undefined, timer);
      const unlisten = live.on((message) => {
        const isMine = message.type === "entity_changed" && message.entity_id === id;
        if (isMine && message.change === "deleted") return lost();
        const isMissed = message.type === "auth_ok" || message.type === "resync";
        if (isMine || isMissed) void again().catch(report);
      });
      return () => {
        following = false;
        unlisten();
      };
    },
    keep: (drafts, place) => {
      if (dirty.value) drafts.keep(place, form, { base: base.value, etag, draft: draft.value });
    },
  };
}
