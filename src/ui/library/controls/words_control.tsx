import { useSignal } from "@preact/signals";
import { wordsIn } from "../../base/words_in.ts";
import { FieldFrame } from "./field_frame.tsx";
import { type PropsOf, useBound } from "./form_context.ts";

/** Short texts: each becomes a chip with a comma or Enter. */
export function WordsControl(props: PropsOf<"words">) {
  const bound = useBound(props);
  const typed = useSignal("");
  const words: readonly string[] = Array.isArray(props.value) ? props.value.map(String) : [];
  const add = (text: string) => {
    const all = [...new Set([...words, ...wordsIn(text)])];
    typed.value = "";
    if (all.length > words.length) bound.set(all);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && typed.value.trim() !== "") {
      event.preventDefault();
      add(typed.value);
    } else if (event.key === "Backspace" && typed.value === "" && words.length > 0) bound.set(words.slice(0, -1));
  };
  return (
    <FieldFrame field={props.field} bound={bound}>
      <div class="words">
        {words.map((word) => (
          <span key={word} class="word">
            <span class="name">{word}</span>
            <button
              type="button"
              class="quiet"
              aria-label={`Remove ${word}`}
              onClick={() => bound.set(words.filter((one) => one !== word))}
            >
              ×
            </button>
          </span>
        ))}
        <input
          type="text"
          id={bound.id}
          value={typed.value}
          autocomplete="off"
          aria-invalid={bound.problem !== undefined}
          aria-describedby={bound.describedBy}
          onInput={({ currentTarget: { value } }) => value.includes(",") ? add(value) : typed.value = value}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed.value)}
        />
      </div>
    </FieldFrame>
  );
}
