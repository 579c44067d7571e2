import type { EntityForm } from "./form/entity_form.ts";
import type { Values } from "./form/shapes.ts";

/** Changes that were not saved, with what they began from. */
export interface KeptDraft {
  readonly base: Values;
  readonly etag: string | null;
  readonly draft: Values;
}

/** Where something was typed, and by whom: nobody else is shown it. */
export interface DraftPlace {
  readonly address: string;
  readonly actor: string;
}

/** Keeps what was typed by its address while somebody has to sign in again; never secrets, and never beyond the page. */
export interface Drafts {
  keep(place: DraftPlace, form: EntityForm, kept: KeptDraft): void;
  /** What this person left there, once. */
  take(place: DraftPlace): KeptDraft | undefined;
}

export function createDrafts(): Drafts {
  let left: (DraftPlace & { readonly kept: KeptDraft }) | undefined;
  return {
    keep: ({ address, actor }, form, { draft, ...from }) =>
      void (left = { address, actor, kept: { ...from, draft: withoutSecrets(form, draft) } }),
    take: ({ address, actor }) => {
      const found = left?.address === address && left.actor === actor ? left.kept : undefined;
      left = undefined;
      return found;
    },
  };
}

function withoutSecrets({ fields }: EntityForm, draft: Values): Values {
  const secrets = fields.filter(({ shape }) => shape.control === "secret").map(({ name }) => name);
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !secrets.includes(name)));
}
