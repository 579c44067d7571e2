import type { z } from "zod";
import type { Category, Severity } from "./categories.ts";
import type { ChangeTx, EntryFields, Metadata, Recorder, Scalar } from "./recorder_types.ts";

/** What a message template may speak of; the entity's fields are null where the action is not about one. */
export interface Subject {
  readonly entityType: string | null;
  readonly entityName: string | null;
  readonly metadata: Metadata;
}

/** One action of the log: what it means, how serious it is, and which metadata it carries. */
export interface ActionDefinition<
  M extends z.ZodObject = z.ZodObject,
  About extends boolean = boolean,
> {
  readonly category: Category;
  readonly severity: Severity;
  /** True when entity type, id and name belong to every such entry. */
  readonly aboutEntity: About;
  /** Its name for people, in a few words. */
  readonly label: string;
  /** When it is recorded, for the documentation. */
  readonly when: string;
  /** Flat, scalars only. */
  readonly metadata: M;
  /** The English fallback sentence. */
  message(subject: Subject): string;
}

export type ActionList = Readonly<Record<string, ActionDefinition>>;

export const defineAction = <
  M extends z.ZodObject,
  const About extends boolean,
>(
  definition: ActionDefinition<M, About>,
) => definition;

type EntityFields = {
  readonly entityType: string;
  readonly entityId: string;
  readonly entityName: string;
};

type MetadataFields<M extends z.ZodObject> = z.input<M> extends Readonly<Record<string, Scalar | undefined>>
  ? Record<never, never> extends z.input<M> ? { readonly metadata?: z.input<M> }
  : { readonly metadata: z.input<M> }
  : never;

/** What a call must and may say of an action. */
export type FieldsOf<D> = D extends ActionDefinition<infer M, infer About> ?
    & MetadataFields<M>
    & (About extends true ? EntityFields : unknown)
    & Pick<EntryFields, "actor" | "message">
  : never;

type FieldsArgument<D> = Record<never, never> extends FieldsOf<D> ? [fields?: FieldsOf<D>]
  : [fields: FieldsOf<D>];

/** A recorder that knows a feature's actions: a wrong action, a missing or a foreign metadata key does not compile. */
export interface Recording<L extends ActionList> {
  record<A extends keyof L & string>(
    action: A,
    ...fields: FieldsArgument<L[A]>
  ): void;
  /** Adds the entry to a change, so that both are stored or neither. */
  recordIn<A extends keyof L & string>(
    tx: ChangeTx,
    action: A,
    ...fields: FieldsArgument<L[A]>
  ): void;
}

export function bindActions<L extends ActionList>(
  recorder: Pick<Recorder, "record">,
  actions: L,
): Recording<L> {
  const complete = (
    action: keyof L & string,
    given: EntryFields | undefined,
  ) => {
    const definition = actions[action]!;
    const fields: EntryFields = { severity: definition.severity, ...given };
    const message = fields.message ?? definition.message({
      entityType: fields.entityType ?? null,
      entityName: fields.entityName ?? null,
      metadata: fields.metadata ?? {},
    });
    return [definition.category, action, { ...fields, message }] as const;
  };
  return {
    // What a call may say is narrower than what the recorder takes; the compiler cannot see that through the generic.
    record: (action, ...[fields]) => recorder.record(...complete(action, fields as EntryFields | undefined)),
    // As above.
    recordIn: (tx, action, ...[fields]) => tx.record(...complete(action, fields as EntryFields | undefined)),
  };
}

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I
  : never;
type Repeated<Lists extends readonly ActionList[]> = Lists extends
  readonly [infer Head, ...infer Tail extends readonly ActionList[]]
  ? (keyof Head & keyof UnionToIntersection<Tail[number]>) | Repeated<Tail>
  : never;

/** Puts feature lists together; an action that two lists declare does not compile. */
export function mergeActions<const Lists extends readonly ActionList[]>(
  ...lists: [Repeated<Lists>] extends [never] ? Lists
    : [{ readonly "declared twice": Repeated<Lists> }]
): UnionToIntersection<Lists[number]> & ActionList {
  return Object.assign({}, ...lists) as
    & UnionToIntersection<Lists[number]>
    & ActionList;
}
