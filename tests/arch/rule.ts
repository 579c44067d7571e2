import type ts from "typescript";
import { lineOf, nodesOf, type Source, sourceOf } from "./source.ts";

/** Files by path from `src/`, with their text. */
export type Snippet = Readonly<Record<string, string>>;

/** Something that must hold for the source, and the proof that it can fail. */
export interface Rule {
  readonly name: string;
  /** One line for each place that breaks it, with file and line. */
  check(sources: readonly Source[]): readonly string[];
  /** Each must be caught. */
  readonly bad: readonly Snippet[];
  /** None may be caught. */
  readonly good: readonly Snippet[];
}

export const sourcesOf = (snippet: Snippet): readonly Source[] =>
  Object.entries(snippet).map(([path, text]) => sourceOf(path, text));

/** A rule that looks at one node at a time; `judge` tells what is wrong with it. */
export function nodeRule(
  rule: Omit<Rule, "check"> & { judge(node: ts.Node, source: Source): string | undefined },
): Rule {
  return { ...rule, check: (sources) => sources.flatMap((source) => judgeNodes(source, rule.judge)) };
}

function judgeNodes(source: Source, judge: (node: ts.Node, source: Source) => string | undefined): readonly string[] {
  return [...nodesOf(source.tree)].flatMap((node) => {
    const wrong = judge(node, source);
    return wrong === undefined ? [] : [at(source, node, wrong)];
  });
}

export const at = (source: Source, node: ts.Node, wrong: string): string =>
  `src/${source.path}:${lineOf(source, node)} ${wrong}`;
