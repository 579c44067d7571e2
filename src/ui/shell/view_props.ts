/** What a view is given: the named parts of its path. */
export interface ViewProps {
  readonly params: Readonly<Record<string, string>>;
}
