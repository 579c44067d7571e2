import type { EntityForm } from "./form/entity_form.ts";
import type { Values } from "./form/shapes.ts";

/** Changes that were not saved, with what they began from. */
export interface KeptDraft {
  readonly base: Values;
  readonly etag: string | null;
  readonly draft: Values;
}

/** Keeps what was typed by its address while somebody has to sign in again; never secrets, and never beyond the page. */
export interface Drafts {
  keep(address: string, form: EntityForm, kept: KeptDraft): void;
  /** What was kept there, once. */
  take(address: string): KeptDraft | undefined;
}

export function createDrafts(): Drafts {
  const drafts = new Map<string, KeptDraft>();
  return {
    keep: (address, form, { draft, ...from }) =>
      void drafts.set(address, { ...from, draft: withoutSecrets(form, draft) }),
    take: (address) => {
      const kept = drafts.get(address);
      drafts.clear();
      return kept;
    },
  };
}

function withoutSecrets({ fields }: EntityForm, draft: Values): Values {
  const secrets = fields.filter(({ shape }) => shape.control === "secret").map(({ name }) => name);
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !secrets.includes(name)));
}
