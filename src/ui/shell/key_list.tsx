import { KEY_LIST } from "./keys.ts";

/** What each key does. */
export function KeyList({ name }: { readonly name?: string }) {
  return (
    <dl {...(name === undefined ? {} : { class: name })}>
      {KEY_LIST.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
