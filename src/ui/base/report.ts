/** The end of what should never fail, and what nobody waits for: told to whoever looks at the console. */
export const report = (error: unknown): void => console.error(error);
