/** A small question with fields: a name for a move, a new name for an animation, a yes or no. */

import { h } from "../dom.ts";
import { t } from "../texts/index.ts";

export interface Question {
  name: string;
  label: string;
  value: string;
}

/** Asks; `then` does what was asked for, and its error is shown beside the question. */
export function ask(
  title: string,
  text: string,
  questions: readonly Question[],
  then: (answers: Record<string, string>) => Promise<void>,
): void {
  const failed = h("p", { class: "composer-note bad", role: "alert" });
  const inputs = questions.map(({ name, label, value }) => ({
    name,
    label,
    input: h("input", { type: "text", value, maxlength: 200, id: `ask-${name}`, required: name === "name" }),
  }));
  const dialog = h(
    "dialog",
    { class: "ask", "aria-label": title },
    h(
      "form",
      {
        method: "dialog",
        onsubmit: (event: Event) => {
          event.preventDefault();
          const answers = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value.trim()]));
          then(answers).then(
            () => dialog.close(),
            (error: unknown) => (failed.textContent = error instanceof Error ? error.message : String(error)),
          );
        },
      },
      h("h2", {}, title),
      text ? h("p", { class: "muted" }, text) : null,
      ...inputs.map(({ label, input }) => h("label", { class: "field" }, h("span", {}, label), input)),
      failed,
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "button primary" }, questions.length > 0 ? t.save : title),
        h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t.cancel),
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
