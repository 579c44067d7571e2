/** The two halves of an absolute URL that a route is concerned with, both still percent-encoded. */
export interface Target {
  readonly path: string;
  /** Without the `?`; empty when there is none. */
  readonly search: string;
}

/** Cuts by hand what `new URL` would parse in full: this runs for every request. */
export function targetOf(url: string): Target {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const hash = url.indexOf("#", start);
  const end = hash === -1 ? url.length : hash;
  const mark = url.indexOf("?", start);
  if (mark === -1 || mark > end) return { path: url.slice(start, end), search: "" };
  return { path: url.slice(start, mark), search: url.slice(mark + 1, end) };
}
