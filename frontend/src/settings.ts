/** What the page remembers in this browser: language, colours, what was said. Nothing leaves it. */

type Key = "language" | "theme" | "said";

export function stored(key: Key): string | null {
  try {
    return localStorage.getItem(`bolt-studio.${key}`);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function store(key: Key, value: string): void {
  try {
    localStorage.setItem(`bolt-studio.${key}`, value);
  } catch {
    // it is only a convenience
  }
}

export type Theme = "light" | "dark";

export function theme(): Theme {
  const wish = stored("theme");
  if (wish === "light" || wish === "dark") return wish;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
