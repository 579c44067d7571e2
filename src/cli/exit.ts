/** How the process ends. */
export const EXIT = { asked: 0, failure: 1, usage: 2, restart: 75 } as const;

/** Why the program cannot go on, in words for whoever started it. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
