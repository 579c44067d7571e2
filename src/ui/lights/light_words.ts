import type { Problem } from "../base/problem.ts";
import type { Checks } from "./check_history.ts";

const MOST_OF_A_NAME = 60;

/** A name inside a sentence: cut, and in its own reading direction. */
export function nameInText(name: string): string {
  const points = [...name];
  const cut = points.length > MOST_OF_A_NAME ? `${points.slice(0, MOST_OF_A_NAME - 1).join("")}…` : name;
  return `\u2068${cut}\u2069`;
}

/** Why a light stays as it was. */
export function refusalWords(name: string, problem: Problem): string {
  const light = nameInText(name);
  if (problem.status === 504) return `${light} does not answer. It is shown as it was last seen.`;
  if (problem.status !== 502) return problem.detail;
  // The server's sentence ends with the reason.
  const reason = problem.detail.slice(problem.detail.lastIndexOf(": ") + 2);
  return reason.startsWith("no ") ? `${light} does not answer: ${reason}.` : `${light} cannot be changed: ${reason}.`;
}

export const milliseconds = (ms: number): string => `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;

/** The sparkline for whoever hears it. */
export function checksInWords(checks: Checks): string {
  if (checks.length === 0) return "No check since this page opened";
  const answered = checks.filter((ms) => ms !== null);
  const failed = checks.length - answered.length;
  const lost = failed === 0 ? "" : `, ${failed} without an answer`;
  if (answered.length === 0) return `Last ${checks.length} checks${lost}`;
  const [least, most] = [Math.min(...answered), Math.max(...answered)];
  const range = least === most ? milliseconds(least) : `${milliseconds(least)} to ${milliseconds(most)}`;
  return `Last ${checks.length} checks: ${range}${lost}`;
}

/** How many there are and how they are: `300 lights, 1 on, 2 not known`. */
export const litInWords = (count: number, on: number, unknown: number): string =>
  [lightsInWords(count), `${on} on`, ...(unknown === 0 ? [] : [`${unknown} not known`])].join(", ");

export const lightsInWords = (count: number): string =>
  count === 1 ? "1 light" : `${count.toLocaleString("en-GB")} lights`;
