import { html } from "hono/html";
import type { Content, Operation, Parameter, Reply } from "./openapi_types.ts";
import { fieldItem, type Markup, schemaView } from "./reference_schema.ts";

/** One route: its address and sentence open, everything else folded. */
export function operationView(path: string, method: string, operation: Operation): Markup {
  const { operationId, summary, parameters = [], requestBody } = operation;
  return html`<article id="${operationId}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${wrappable(path)}</code></h3>
    <p>${summary}</p>
    <p class="who">${whoMay(operation)}</p>
    ${parameters.length > 0 && folded("Parameters", html`<ul class="fields">${parameters.map(parameterItem)}</ul>`)}
    ${requestBody && folded(requestBody.required ? "Body" : "Body, may be left out", contentView(requestBody.content))}
    ${folded("Answers", answersView(operation))}
  </article>`;
}

const folded = (title: string, content: Markup) => html`<details><summary>${title}</summary>${content}</details>`;

/** Long paths may break before each segment, so that a narrow screen never scrolls sideways. */
const wrappable = (path: string) => path.split("/").map((part, at) => at === 0 ? part : html`<wbr>/${part}`);

function whoMay(operation: Operation): string {
  const role = operation["x-role"];
  if (role === undefined) return "Anyone";
  const least = role === "admin" ? "Role admin" : `Role ${role} or above`;
  return operation["x-real-key"] ? `${least}, always with an API key` : least;
}

function parameterItem({ name, in: place, schema, required, description }: Parameter): Markup {
  const told = [place === "path" ? "In the path." : "", description ?? ""].filter((part) => part !== "").join(" ");
  return fieldItem(name, { ...schema, description: told }, required);
}

/** Answers with a schema of their own; problems are the same everywhere and have their own section. */
function answersView({ responses }: Operation): Markup {
  const own = Object.entries(responses).filter((entry): entry is [string, Reply] => "description" in entry[1]);
  const items = own.map(([status, { description, content }]) =>
    html`<li><code class="name">${status}</code> ${description}${content && contentView(content)}</li>`
  );
  return html`<ul class="fields">${items}</ul>`;
}

function contentView(content: Content): Markup {
  const views = Object.entries(content).map(([type, { schema }]) =>
    html`<p class="media"><code>${type}</code></p>${schemaView(schema)}`
  );
  return html`${views}`;
}
