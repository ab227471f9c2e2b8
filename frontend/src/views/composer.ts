/** The box where the person talks, by keys or by voice. */

import { h, icon, iconButton } from "../dom.ts";
import { stored, store } from "../settings.ts";
import type { Studio } from "../studio.ts";
import { t } from "../texts/index.ts";
import { Microphone } from "../microphone.ts";

const REMEMBERED = 50;

export interface Composer {
  element: HTMLElement;
  say(text: string): void;
}

export function composer(studio: Studio): Composer {
  const said = remembered();
  let looking = said.length;
  const note = h("p", { class: "composer-note", role: "status", hidden: true });
  const input = h("textarea", {
    rows: 1,
    placeholder: t.sayPlaceholder,
    "aria-label": t.sayPlaceholder,
    enterkeyhint: "send",
    autocomplete: "off",
    maxlength: 4000,
    id: "say",
  });

  const tell = (text: string, bad = false): void => {
    note.hidden = text === "";
    note.textContent = text;
    note.classList.toggle("bad", bad);
  };
  const grow = (): void => {
    input.style.height = "auto";
    input.style.height = `${Math.min(160, input.scrollHeight + 2)}px`;
  };
  const say = (text: string): void => {
    const words = text.trim();
    if (words === "") return;
    if (!studio.connection.isOpen) {
      input.value = text;
      tell(t.notConnected, true);
      return;
    }
    studio.send({ type: "say", text: words });
    said.push(words);
    store("said", JSON.stringify(said.slice(-REMEMBERED)));
    looking = said.length;
    input.value = "";
    tell("");
    grow();
  };
  const recall = (step: number): void => {
    looking = Math.min(said.length, Math.max(0, looking + step));
    input.value = said[looking] ?? "";
    grow();
  };

  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter chooses a Chinese word
    const single = !input.value.includes("\n");
    if (event.key === "Enter" && !event.shiftKey) say(input.value);
    else if (event.key === "ArrowUp" && single) recall(-1);
    else if (event.key === "ArrowDown" && single) recall(1);
    else return;
    event.preventDefault();
  });

  const mic = iconButton("mic", t.mic, () => void microphone.toggle(), {
    class: "icon-button mic",
    "aria-pressed": "false",
  });
  const microphone = new Microphone(studio, (state, text) => {
    const listening = state === "listening";
    mic.setAttribute("aria-pressed", String(listening));
    mic.title = listening ? t.micStop : t.mic;
    mic.setAttribute("aria-label", mic.title);
    tell(text, state === "failed");
  });
  studio.heard.watch((heard) => {
    if (heard) tell(heard.accepted ? t.micHeard(heard.text) : t.micIgnored(heard.text));
  });

  const element = h(
    "form",
    {
      class: "composer",
      onsubmit: (event: Event) => {
        event.preventDefault();
        say(input.value);
        input.focus();
      },
    },
    note,
    input,
    mic,
    h("button", { type: "submit", class: "icon-button send", "aria-label": t.send, title: t.send }, icon("send")),
  );
  return { element, say };
}

function remembered(): string[] {
  try {
    const words: unknown = JSON.parse(stored("said") ?? "[]");
    return Array.isArray(words) ? words.filter((word): word is string => typeof word === "string") : [];
  } catch {
    return [];
  }
}
