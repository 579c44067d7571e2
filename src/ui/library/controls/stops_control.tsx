import { drawableStops, sortedStops, stopBetween } from "../gradient/stops.ts";
import { type PropsOf, useBound } from "./form_context.ts";
import { ListControl } from "./list_control.tsx";

/** The stops of a gradient: a new one comes into the widest gap, and leaving the list puts them in their order. */
export function StopsControl(props: PropsOf<"list">) {
  const { set } = useBound(props);
  const items: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  const next = () => {
    const item = stopBetween(drawableStops(items));
    return { item, at: sortedStops([...items, item]).indexOf(item) };
  };
  const leave = (event: FocusEvent & { readonly currentTarget: HTMLElement }) => {
    const to = event.relatedTarget;
    if (to instanceof Node && event.currentTarget.contains(to)) return;
    const sorted = sortedStops(items);
    if (sorted.some((item, at) => item !== items[at])) set(sorted);
  };
  return (
    <div class="stops" onFocusOut={leave}>
      <ListControl {...props} next={next} movable={false} />
    </div>
  );
}
