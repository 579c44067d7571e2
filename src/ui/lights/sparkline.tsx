import type { Checks } from "./check_history.ts";
import { checksInWords } from "./light_words.ts";
import { SPARKLINE, sparklinePath } from "./sparkline_path.ts";

const { width, height } = SPARKLINE;

/** How fast the device answered lately; a check that failed is a mark over the whole height. */
export function Sparkline({ checks }: { readonly checks: Checks }) {
  const { line, failures, last } = sparklinePath(checks);
  const words = checksInWords(checks);
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      <title>{words}</title>
      <path class="sparkline-ground" d={`M0 ${height - 0.5}H${width}`} />
      <path class="sparkline-line" d={line} />
      {failures.map((x) => <path key={x} class="sparkline-failure" d={`M${x} 2V${height - 2}`} />)}
      {last !== undefined && <circle class="sparkline-last" cx={last.x} cy={last.y} r="2" />}
    </svg>
  );
}
