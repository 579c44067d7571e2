import { activityHref } from "../../activity/address.ts";
import { ENTITY_VIEWS, type EntityTypeName } from "../../entities/types.ts";
import { Link } from "../../parts/link.tsx";
import { Empty } from "../../parts/states.tsx";
import { listHref } from "./hrefs.ts";

/** What was here once; the log still knows. */
export function Gone({ type, id }: { readonly type: EntityTypeName; readonly id: string }) {
  const { label, plural } = ENTITY_VIEWS[type];
  return (
    <>
      <h1 class="visually-hidden">{label}</h1>
      <Empty title={`This ${label.toLowerCase()} is gone, or was never here`}>
        <p>The log tells who deleted it, and what happened to it before.</p>
        <p class="actions">
          <Link to={activityHref({ entityType: type, entityId: id })} class="button">Show its history</Link>
          <Link to={listHref(type)} class="button quiet">{plural}</Link>
        </p>
      </Empty>
    </>
  );
}
