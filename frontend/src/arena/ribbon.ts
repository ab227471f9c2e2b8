/** A flat band on the floor: a trail that grows, a predicted path, a fence. Lines of WebGL are a pixel wide; these are not. */

import { BufferAttribute, BufferGeometry, Mesh, MeshBasicMaterial, type ColorRepresentation } from "three";

export type Point = readonly [x: number, y: number];

export class Ribbon extends Mesh<BufferGeometry, MeshBasicMaterial> {
  private readonly positions: Float32Array;
  private pieces = 0;
  private last: Point | null = null;

  /**
   * @param color of the band
   * @param width in cm
   * @param capacity points it holds; the oldest third is dropped when it is full
   * @param height over the floor in cm, so that bands do not flicker into each other
   */
  constructor(
    color: ColorRepresentation,
    private readonly breadth: number,
    private readonly capacity = 3000,
    private readonly height = 0.3,
  ) {
    const geometry = new BufferGeometry();
    const positions = new Float32Array(capacity * 4 * 3);
    geometry.setAttribute("position", new BufferAttribute(positions, 3));
    const index = new Uint32Array(capacity * 6);
    for (let i = 0; i < capacity; i++) {
      const corner = 4 * i;
      index.set([corner, corner + 1, corner + 2, corner + 2, corner + 1, corner + 3], i * 6);
    }
    geometry.setIndex(new BufferAttribute(index, 1));
    geometry.setDrawRange(0, 0);
    super(geometry, new MeshBasicMaterial({ color }));
    this.positions = positions;
    this.frustumCulled = false;
  }

  get segments(): number {
    return this.pieces;
  }

  wipe(): void {
    this.pieces = 0;
    this.last = null;
    this.geometry.setDrawRange(0, 0);
  }

  /** Goes on to a point; `visible` false leaves a gap on the way there. */
  to(point: Point, visible = true): void {
    const from = this.last;
    this.last = point;
    if (!from || !visible) return;
    const [dx, dy] = [point[0] - from[0], point[1] - from[1]];
    const length = Math.hypot(dx, dy);
    if (length === 0) return;
    if (this.pieces === this.capacity) this.dropOldest();
    const half = this.breadth / 2;
    const [sideX, sideY] = [(-dy / length) * half, (dx / length) * half];
    const [alongX, alongY] = [(dx / length) * half * 0.5, (dy / length) * half * 0.5]; // closes the gap at a corner
    const corners: Point[] = [
      [from[0] + sideX - alongX, from[1] + sideY - alongY],
      [from[0] - sideX - alongX, from[1] - sideY - alongY],
      [point[0] + sideX + alongX, point[1] + sideY + alongY],
      [point[0] - sideX + alongX, point[1] - sideY + alongY],
    ];
    corners.forEach(([x, y], i) => this.positions.set([x, this.height, -y], (this.pieces * 4 + i) * 3));
    this.pieces++;
    this.geometry.attributes.position!.needsUpdate = true;
    this.geometry.setDrawRange(0, this.pieces * 6);
  }

  /** A whole path at once; dash: every other piece of about that many cm is left out. */
  draw(path: readonly Point[], dash = 0): void {
    this.wipe();
    let travelled = 0;
    path.forEach((point, i) => {
      if (i > 0) travelled += Math.hypot(point[0] - path[i - 1]![0], point[1] - path[i - 1]![1]);
      this.to(point, dash === 0 || Math.floor(travelled / dash) % 2 === 0);
    });
  }

  override dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }

  private dropOldest(): void {
    const kept = Math.floor((this.capacity * 2) / 3);
    this.positions.copyWithin(0, (this.pieces - kept) * 12, this.pieces * 12);
    this.pieces = kept;
  }
}

/** The same path with a point at least every `step` cm, so that dashes come out even. */
export function resample(path: readonly Point[], step: number): Point[] {
  const points: Point[] = path.length > 0 ? [path[0]!] : [];
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1]!, path[i]!];
    const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step));
    for (let piece = 1; piece <= pieces; piece++) {
      const share = piece / pieces;
      points.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
  }
  return points;
}
