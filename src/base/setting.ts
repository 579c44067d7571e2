/** One of the server's own settings: a flat object of scalars that is kept in the database. */
export interface Setting<T extends Readonly<Record<string, Scalar>>> {
  /** As it was last read or changed here. */
  current(): T;
  /** Changes what is given and puts it on record; `changed` is false when it was so already. Rejects when it cannot be stored. */
  change(wanted: Partial<T>): Promise<{ readonly value: T; readonly changed: boolean }>;
}

export type Scalar = string | number | boolean | null;
