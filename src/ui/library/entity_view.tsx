import { useEffect } from "preact/hooks";
import { report } from "../base/report.ts";
import { ENTITY_VIEWS, type EntityTypeName, typeOfPath } from "../entities/types.ts";
import { Failed, Skeleton } from "../parts/states.tsx";
import { NotFound } from "../shell/not_found.tsx";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { EntityEditor } from "./pages/entity_editor.tsx";
import { Redirect } from "./pages/redirect.tsx";

/** One entity, or with the id `new` one to be. */
export function EntityView({ params }: ViewProps) {
  const type = typeOfPath(params["type"] ?? "");
  const id = params["id"] ?? "";
  if (type === undefined) return <NotFound />;
  if (type === "device") return <Redirect to={id === "new" ? "/devices" : `/devices/${id}`} />;
  return <WithForm type={type} id={id} />;
}

function WithForm({ type, id }: { readonly type: EntityTypeName; readonly id: string }) {
  const { forms } = useUi();
  const load = () => void forms.load().catch(report);
  useEffect(load, []);
  const state = forms.state.value;
  if (state.name === "failed") return <Failed what="load the form" problem={state.problem} retry={load} />;
  const form = state.name === "ready" ? state.form(type) : undefined;
  if (state.name === "ready" && form === undefined) return <NotFound />;
  if (form === undefined) {
    return (
      <>
        <h1>{ENTITY_VIEWS[type].label}</h1>
        <Skeleton />
      </>
    );
  }
  return <EntityEditor key={id} form={form} id={id === "new" ? undefined : id} />;
}
