/** Colours as the face has them: '#rrggbb' strings in rows from the top. */

export type Rgb = readonly [number, number, number];
/** 8 rows from the top of 8 colours from the left. */
export type Picture = readonly (readonly string[])[];

export const SIZE = 8;
export const DARK = "#000000";
export const DARK_PICTURE: Picture = Array.from({ length: SIZE }, () => new Array<string>(SIZE).fill(DARK));

export function parseHex(color: string): Rgb {
  const value = parseInt(color.replace("#", ""), 16);
  return Number.isNaN(value) ? [0, 0, 0] : [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function toHex([red, green, blue]: Rgb): string {
  return "#" + [red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
}

/** How bright it looks, 0..1. */
export function luminance(color: string): number {
  const [red, green, blue] = parseHex(color);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** The colour that a picture throws on the floor around it: the mean of its lit points, and how many share in it. */
export function glow(picture: Picture): { color: string; strength: number } {
  let [red, green, blue, lit] = [0, 0, 0, 0];
  for (const row of picture) {
    for (const color of row) {
      const [r, g, b] = parseHex(color);
      if (r + g + b === 0) continue;
      [red, green, blue, lit] = [red + r, green + g, blue + b, lit + 1];
    }
  }
  if (lit === 0) return { color: DARK, strength: 0 };
  return { color: toHex([red / lit, green / lit, blue / lit]), strength: lit / (SIZE * SIZE) };
}

const NAMES: Record<string, Rgb> = {
  red: [255, 0, 0],
  orange: [255, 140, 0],
  yellow: [255, 230, 0],
  green: [0, 200, 0],
  cyan: [0, 220, 220],
  blue: [0, 60, 255],
  purple: [150, 0, 220],
  pink: [255, 100, 180],
  white: [255, 255, 255],
};

/** The nearest everyday name, for people who hear the page. */
export function nameOf(color: string): string {
  const [red, green, blue] = parseHex(color);
  let best = "white";
  let least = Infinity;
  const brightest = Math.max(red, green, blue, 1) / 255;
  for (const [name, [r, g, b]] of Object.entries(NAMES)) {
    const distance = (red / brightest - r) ** 2 + (green / brightest - g) ** 2 + (blue / brightest - b) ** 2;
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** The colours of a picture by their share, brightest share first: [["red", 30], ["white", 4]]. */
export function summary(picture: Picture): [name: string, points: number][] {
  const counts = new Map<string, number>();
  for (const color of picture.flat()) {
    if (color === DARK) continue;
    const name = nameOf(color);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
