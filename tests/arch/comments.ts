import ts from "typescript";
import type { Source } from "./source.ts";

/** On the line itself, or above any statement or member that the node is a part of, no further up than its function. */
export function hasComment(source: Source, node: ts.Node): boolean {
  const { text, tree } = source;
  for (let part: ts.Node | undefined = node; part !== undefined && !ts.isSourceFile(part); part = part.parent) {
    if ((ts.getLeadingCommentRanges(text, part.getFullStart()) ?? []).length > 0) return true;
    if (ts.isFunctionDeclaration(part) || ts.isMethodDeclaration(part)) break;
  }
  const end = tree.getLineAndCharacterOfPosition(node.end).line;
  const line = text.split("\n")[end] ?? "";
  return /\s\/\/ \S/.test(line.slice(tree.getLineAndCharacterOfPosition(node.end).character));
}
