/** The closed set of outcomes a service may refuse with; one table in `http/` maps them to statuses. */
export type RefusalCode =
  | "not_found"
  | "invalid"
  | "name_taken"
  | "in_use"
  | "conflict"
  | "precondition_failed"
  | "unauthorized"
  | "forbidden"
  | "too_large"
  | "unsupported_media_type"
  | "method_not_allowed"
  | "upgrade_required"
  | "unavailable"
  | "device_failed"
  | "device_timeout";

export interface FieldIssue {
  /** JSON path, e.g. `stops[1].color`; for a query parameter its name; empty for the body itself. */
  readonly field: string;
  readonly message: string;
}

/** Something that cannot be done as asked: an expected outcome, safe to show to the caller. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly issues: readonly FieldIssue[];
  /** Further members of the problem document, e.g. `users`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: RefusalCode,
    message: string,
    more: { issues?: readonly FieldIssue[]; extra?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.issues = more.issues ?? [];
    this.extra = more.extra ?? {};
  }
}

/** What an error says, for people; never an object's insides. */
export const reasonOf = (error: unknown): string => error instanceof Error ? error.message : String(error);
