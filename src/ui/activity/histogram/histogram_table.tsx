import { countIn, type Histogram } from "./histogram.ts";
import { runTimes } from "./words.ts";

/** The same for whoever does not see the bars: each span in which something happened. */
export function HistogramTable({ histogram }: { readonly histogram: Histogram }) {
  return (
    <div class="visually-hidden">
      <table>
        <caption>Entries over time</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Info</th>
            <th scope="col">Warnings</th>
            <th scope="col">Errors</th>
          </tr>
        </thead>
        <tbody>
          {histogram.buckets.map((bucket, index) =>
            countIn(bucket) > 0 && (
              <tr key={bucket.start}>
                <th scope="row">{runTimes(histogram, { first: index, last: index })}</th>
                <td>{bucket.info}</td>
                <td>{bucket.warning}</td>
                <td>{bucket.error}</td>
              </tr>
            )
          )}
        </tbody>
      </table>
    </div>
  );
}
