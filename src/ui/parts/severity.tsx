import type { Severity } from "../../audit/mod.ts";
import { Icon } from "./icon.tsx";

const WORDS: Readonly<Record<Severity, string>> = { info: "Info", warning: "Warning", error: "Error" };

/** Dot, triangle or octagon: the shape tells without the colour, the word without both. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <span class={`severity severity-${severity}`} title={WORDS[severity]}>
      <Icon name={severity} filled />
      <span class="visually-hidden">{WORDS[severity]}</span>
    </span>
  );
}
