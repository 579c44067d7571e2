import { Link } from "../parts/link.tsx";
import { Empty } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";

/** An address that no view has. */
export function NotFound() {
  useTitle("Not found");
  return (
    <Empty title="Nothing is at this address">
      <p>
        <Link to="/">Go to the lights</Link>
      </p>
    </Empty>
  );
}
