import { html } from "hono/html";
import type { ApiDocument, Operation } from "./openapi_types.ts";
import { PROBLEMS } from "./problem.ts";
import { operationView } from "./reference_operation.ts";
import { type Markup, schemaView, typeAnchor } from "./reference_schema.ts";

/** What the page may load: its one stylesheet, and nothing else from anywhere. */
export const REFERENCE_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** The API description as one page to read: no script, no internet. */
export async function referencePage(api: ApiDocument): Promise<string> {
  const groups = api.tags.map(({ name }, index) => ({
    name,
    anchor: `group-${index + 1}`,
    entries: entriesOf(api, name),
  }));
  const page = html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="dark light">
        <title>${api.info.title} API</title>
        <link rel="stylesheet" href="/reference.css">
      </head>
      <body>
        <header>
          <h1>${api.info.title} API</h1>
          <p>Version ${api.info.version}. ${api.info.description}</p>
          <p>Send a key as <code>Authorization: Bearer …</code>. ${api.components.securitySchemes.bearer
            ?.description}</p>
          <p>For programs: <a href="/api/v1/openapi.json">openapi.json</a></p>
        </header>
        <nav aria-label="Groups">
          <ul>
        ${groups.map(({ name, anchor }) => html`<li><a href="#${anchor}">${name}</a></li>`)}
        <li><a href="#types">Types</a></li><li><a href="#problems">Problems</a></li>
      </ul>
        </nav>
        <main>
        ${groups.map(({ name, anchor, entries }) =>
          html`<section aria-labelledby="${anchor}"><h2 id="${anchor}">${name}</h2>${entries.map(entryView)}</section>`
        )}
        ${typesSection(api)}${problemsSection()}
      </main>
      </body>
    </html>
  `;
  return (await page).toString().trim();
}

function entriesOf(api: ApiDocument, tag: string): readonly Entry[] {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  );
  return all.filter(({ operation }) => operation.tags.includes(tag));
}

const entryView = ({ path, method, operation }: Entry) => operationView(path, method, operation);

function typesSection(api: ApiDocument): Markup {
  const types = Object.entries(api.components.schemas).map(([name, schema]) =>
    html`<article id="${typeAnchor(name)}"><h3>${name}</h3>
      ${schema.description && html`<p>${schema.description}</p>`}${schemaView(schema)}</article>`
  );
  return html`<section aria-labelledby="types"><h2 id="types">Types</h2>${types}</section>`;
}

function problemsSection(): Markup {
  const items = Object.values(PROBLEMS).map(({ status, title, type }) =>
    html`<li><code class="name">${status}</code> ${title}<p><code>${type}</code></p></li>`
  );
  return html`
    <section aria-labelledby="problems">
      <h2 id="problems">Problems</h2>
      <ul class="fields">${items}</ul>
    </section>
  `;
}
