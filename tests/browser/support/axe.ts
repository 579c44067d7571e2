import { readFile } from "node:fs/promises";
import type { AxeResults, Result } from "axe-core";
import type { Page } from "playwright-core";
import { assertEquals } from "@std/assert";

const AXE = new URL("./axe.min.js", import.meta.resolve("axe-core"));
/** WCAG 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** No finding of impact serious or critical in the page as it is shown now. */
export async function assertAccessible(page: Page): Promise<void> {
  const findings = (await findingsOf(page)).filter(({ impact }) => impact === "serious" || impact === "critical");
  assertEquals(findings.length, 0, `Not everybody can use ${page.url()}:\n${findings.map(describe).join("\n")}`);
}

/** Put in by the debugger, where the page's content security policy has no say and needs no hole. */
async function findingsOf(page: Page): Promise<readonly Result[]> {
  await page.evaluate(`if (!globalThis.axe) { ${await readFile(AXE, "utf8")} }`);
  const options = { runOnly: { type: "tag", values: RULES }, resultTypes: ["violations"] };
  const { violations } = await page.evaluate<AxeResults>(`globalThis.axe.run(document, ${JSON.stringify(options)})`);
  return violations;
}

function describe({ id, impact, help, helpUrl, nodes }: Result): string {
  const places = nodes.map(({ target, html, failureSummary = "" }) =>
    `  ${target.join(" ")}\n    ${html}\n    ${failureSummary.replaceAll("\n", "\n    ")}`
  );
  return [`${impact} ${id}: ${help} (${helpUrl})`, ...places].join("\n");
}
