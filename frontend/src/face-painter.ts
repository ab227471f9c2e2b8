/** Paints an 8x8 picture as glowing lights: on the ball, beside the arena, in the gallery and in the editor. */

import { DARK, SIZE, parseHex, type Picture } from "./model/colors.ts";

/** Around the lights, in lights: their glow fades out in it. */
const MARGIN = 0.75;
/** How much larger than its lights a painted face is. */
export const PAINTED = (SIZE + 2 * MARGIN) / SIZE;

const small = document.createElement("canvas");
small.width = small.height = SIZE + 2;

/** Shows dark reds and blues as they look in a lamp rather than in print: their hue, brightened. */
function shine(color: string): string {
  const rgb = parseHex(color).map((part) => (part === 0 ? 0 : 55 + (part * 200) / 255));
  return `rgb(${rgb.map(Math.round).join(" ")})`;
}

export function paintFace(canvas: HTMLCanvasElement, picture: Picture): void {
  const context = canvas.getContext("2d");
  const tiny = small.getContext("2d");
  if (!context || !tiny) return;
  const side = canvas.width;
  const cell = side / (SIZE + 2 * MARGIN);
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
  context.fillStyle = "#0a0c12";
  context.fillRect(0, 0, side, side);

  tiny.clearRect(0, 0, small.width, small.height);
  picture.forEach((row, y) =>
    row.forEach((color, x) => {
      if (color === DARK) return;
      tiny.fillStyle = color;
      tiny.fillRect(x + 1, y + 1, 1, 1);
    }),
  );
  context.imageSmoothingEnabled = true;
  context.globalAlpha = 0.45; // the light that spills between the lamps
  context.drawImage(small, (MARGIN - 1) * cell, (MARGIN - 1) * cell, (SIZE + 2) * cell, (SIZE + 2) * cell);
  context.globalAlpha = 1;

  const inset = cell * 0.14;
  picture.forEach((row, y) =>
    row.forEach((color, x) => {
      context.fillStyle = color === DARK ? "#1b1f2a" : shine(color);
      context.beginPath();
      const unlit = color === DARK ? cell * 0.16 : 0;
      const width = cell - 2 * (inset + unlit);
      context.roundRect(
        (x + MARGIN) * cell + inset + unlit,
        (y + MARGIN) * cell + inset + unlit,
        width,
        width,
        width * 0.38,
      );
      context.fill();
    }),
  );
}

export function faceCanvas(side: number, picture: Picture): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  paintFace(canvas, picture);
  return canvas;
}
