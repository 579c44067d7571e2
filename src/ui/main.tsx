import { signal } from "@preact/signals";
import { render } from "preact";

const count = signal(0);
const App = () => <button type="button" onClick={() => count.value++}>{count}</button>;
const root = document.getElementById("app");
if (root) render(<App />, root);
