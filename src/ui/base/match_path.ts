/** The parts of a path that a pattern such as `/library/:type/:id` names; undefined when it does not fit. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const part = given[index] ?? "";
    if (!step.startsWith(":")) {
      if (step !== part) return undefined;
    } else {
      try {
        found[step.slice(1)] = decodeURIComponent(part);
      } catch {
        return undefined; // a broken escape: no view has that address
      }
    }
  }
  return found;
}
