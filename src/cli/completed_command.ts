/** A command as a shell completes it. */
export interface CompletedCommand {
  /** E.g. `keys` and `add`. */
  readonly words: readonly string[];
  readonly help: string;
  readonly flags: readonly CompletedFlag[];
  /** What may stand behind it without a flag. */
  readonly operands: readonly string[];
}

export interface CompletedFlag {
  /** With its `--`. */
  readonly name: string;
  readonly help: string;
  /** Empty for a switch. */
  readonly value: string;
  readonly words: readonly string[];
  readonly repeats: boolean;
}
