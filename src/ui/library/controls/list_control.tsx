import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Icon } from "../../parts/icon.tsx";
import { itemLabel } from "../form/labels.ts";
import { isValues, shapeBeside, startOfShape } from "../form/shapes.ts";
import type { ControlProps, PropsOf } from "./form_context.ts";
import { useBound, useForm } from "./form_context.ts";
import { FieldSet } from "./field_frame.tsx";
import { FieldList } from "./group_control.tsx";
import { useRows } from "./use_rows.ts";

export interface ListControlProps extends PropsOf<"list"> {
  /** What the next item is to be; the shape's own start when left out. */
  readonly next?: (items: readonly unknown[]) => { readonly item: unknown; readonly at: number };
  /** Whether the order is for the person to choose. */
  readonly movable?: boolean;
}

/** Items in an order: added, removed, moved, all by buttons. */
export function ListControl({ next, movable = true, ...props }: ListControlProps) {
  const { field, shape, steps, value } = props;
  const bound = useBound(props);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const rows = useRows(items, bound.set);
  const said = useSignal("");
  const focus = useRef<string | undefined>(undefined);
  const noun = itemLabel(field);
  useLayoutEffect(() => {
    if (focus.current !== undefined) document.getElementById(focus.current)?.focus();
    focus.current = undefined;
  });

  const add = () => {
    const { item, at } = next?.(items) ?? { item: startOfShape(shape.item), at: items.length };
    rows.insert(at, item);
    said.value = `${noun} ${at + 1} of ${items.length + 1} added`;
    focus.current = `${bound.id}-row-${at}`;
  };
  const remove = (at: number) => {
    rows.remove(at);
    said.value = `${noun} ${at + 1} removed, ${items.length - 1} left`;
    focus.current = items.length > 1 ? `${bound.id}-row-${Math.min(at, items.length - 2)}` : `${bound.id}-add`;
  };
  const move = (at: number, to: number) => {
    rows.move(at, to);
    said.value = `${noun} is ${to + 1} of ${items.length} now`;
    const isEnd = to === 0 || to === items.length - 1;
    focus.current = `${bound.id}-${to}-${(to < at) === isEnd ? "down" : "up"}`;
  };
  return (
    <FieldSet field={field} bound={bound}>
      <div class="list">
        {items.map((item, at) => (
          <fieldset key={rows.keys[at]} class="list-row" id={`${bound.id}-row-${at}`} tabIndex={-1}>
            <legend>{`${noun} ${at + 1}`}</legend>
            <div class="list-fields">
              <ItemView
                field={{ ...field, label: noun, help: "" }}
                shape={shape.item}
                steps={[...steps, at]}
                value={item}
              />
            </div>
            <div class="list-actions">
              {movable && (
                <>
                  <button
                    type="button"
                    class="quiet square up"
                    id={`${bound.id}-${at}-up`}
                    aria-label={`Move ${noun.toLowerCase()} ${at + 1} up`}
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  >
                    <Icon name="chevron" />
                  </button>
                  <button
                    type="button"
                    class="quiet square down"
                    id={`${bound.id}-${at}-down`}
                    aria-label={`Move ${noun.toLowerCase()} ${at + 1} down`}
                    disabled={at === items.length - 1}
                    onClick={() =>
                      move(at, at + 1)}
                  >
                    <Icon name="chevron" />
                  </button>
                </>
              )}
              <button
                type="button"
                class="quiet square"
                aria-label={`Remove ${noun.toLowerCase()} ${at + 1}`}
                disabled={items.length <= shape.least}
                onClick={() =>
                  remove(at)}
              >
                <Icon name="close" />
              </button>
            </div>
          </fieldset>
        ))}
      </div>
      <p class="actions">
        <button type="button" id={`${bound.id}-add`} disabled={items.length >= shape.most} onClick={add}>
          <Icon name="plus" /> {`Add ${noun.toLowerCase()}`}
        </button>
        <span class="visually-hidden" role="status">{said.value}</span>
      </p>
    </FieldSet>
  );
}

/** An item of several fields shows them without a frame of their own. */
function ItemView({ field, shape, steps, value }: ControlProps) {
  const { FieldView } = useForm();
  if (shape.control === "group") {
    return <FieldList fields={shape.fields} values={isValues(value) ? value : {}} steps={steps} />;
  }
  const inner = { ...field, name: "", label: shape.control === "variants" ? "Kind" : field.label };
  return <FieldView field={inner} shape={shapeBeside(shape, {})} steps={steps} value={value} />;
}
