export const LABEL = /^[A-Za-z0-9._-]{1,64}$/;
export const LABEL_RULE = "must be 1 to 64 characters out of A-Z a-z 0-9 . _ -";
/** Actors of their own in the log; in any case of letters, so that nobody passes for them. */
const RESERVED: readonly string[] = ["system", "anonymous"];

/** What is wrong with a key's label; undefined when it may be used. */
export function labelProblem(label: string): string | undefined {
  if (!LABEL.test(label)) return LABEL_RULE;
  if (RESERVED.includes(label.toLowerCase())) return "is reserved";
  return undefined;
}
