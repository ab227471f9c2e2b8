/** The words in the language of the person: `t.send`. Another language is chosen by loading the page again. */

import { stored, store } from "../settings.ts";
import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

export const LANGUAGES = { en, zh } as const;
export type Language = keyof typeof LANGUAGES;

function chosen(): Language {
  const wish = stored("language") ?? navigator.language;
  return wish.startsWith("zh") ? "zh" : "en";
}

export const language: Language = chosen();
export const t: Texts = LANGUAGES[language];

export function otherLanguage(): void {
  store("language", language === "en" ? "zh" : "en");
  location.reload();
}
