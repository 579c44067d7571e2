import type { Editor } from "../library/editor.ts";
import type { Field } from "../library/form/shapes.ts";
import { DEVICE_TYPES, type DeviceType } from "./device.ts";
import { ChoiceField, FlagField, TextField } from "./device_field.tsx";
import { addressHints, fieldsOf, isDeviceType, RGB_ORDERS } from "./device_form.ts";

const TYPE_OPTIONS = Object.entries(DEVICE_TYPES).map(([type, { label }]) => [type, label] as const);
const ORDER_OPTIONS = RGB_ORDERS.map((order) => [order, order.toUpperCase()] as const);

export const typeIn = (editor: Editor): DeviceType => {
  const type = editor.draft.value["device_type"];
  return isDeviceType(type) ? type : "wled";
};

/** The fields of the chosen type. */
export function DeviceFields({ editor, disabled }: { readonly editor: Editor; readonly disabled: boolean }) {
  return (
    <>
      {fieldsOf(typeIn(editor)).map((field) => (
        <AnyField key={`${field.name} ${editor.filled.value}`} field={field} editor={editor} disabled={disabled} />
      ))}
    </>
  );
}

interface AnyFieldProps {
  readonly field: Field;
  readonly editor: Editor;
  readonly disabled: boolean;
}

function AnyField({ field, editor, disabled }: AnyFieldProps) {
  const props = {
    field,
    disabled,
    value: editor.draft.value[field.name],
    problem: editor.problems.value.get(field.name),
    set: (value: unknown) => editor.set([field.name], value),
  };
  if (field.name === "device_type") return <ChoiceField {...props} options={TYPE_OPTIONS} />;
  if (field.name === "rgb_order") return <ChoiceField {...props} options={ORDER_OPTIONS} />;
  if (field.shape.control === "flag") return <FlagField {...props} />;
  if (field.name !== "url") return <TextField {...props} />;
  const { url, urlHelp } = addressHints(typeIn(editor));
  return <TextField {...props} placeholder={url} help={urlHelp} />;
}
