import type { Problem } from "../base/problem.ts";
import { PART_LABELS } from "./filter.ts";

const isPart = (field: string): field is keyof typeof PART_LABELS => Object.hasOwn(PART_LABELS, field);

/** What is wrong with each part of a filter, named as the page names it: `From must not be after To`. */
export const refusalsIn = ({ errors }: Problem): readonly string[] =>
  errors.map(({ field, message }) => {
    const said = message.replace(/\b(since|until)\b/g, (name) => isPart(name) ? PART_LABELS[name] : name);
    return `${isPart(field) ? PART_LABELS[field] : field} ${said}`;
  });

/** In one sentence why something could not be read. */
export const reasonOf = (problem: Problem): string =>
  problem.errors.length > 0 ? refusalsIn(problem).join("; ") : problem.detail;
