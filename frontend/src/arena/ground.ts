/** What a world looks like: its floor, and everything that stands or lies on it. */

import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  CylinderGeometry,
  EdgesGeometry,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PlaneGeometry,
  RepeatWrapping,
  SRGBColorSpace,
  type Material,
  type Object3D,
} from "three";

import type { Shape, State, World, Zone } from "../protocol.ts";
import { Ribbon } from "./ribbon.ts";

export interface Look {
  floor: string;
  line: string;
  majorLine: string;
  wall: string;
  edge: string;
  sky: string;
}

const TILE = 50; // cm, one dark line each; ten fine ones in between

/** A tile of the floor: fine lines every 10 cm and stronger ones every 50 cm. */
function tile(look: Look): CanvasTexture {
  const side = 256;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d")!;
  context.fillStyle = look.floor;
  context.fillRect(0, 0, side, side);
  context.fillStyle = look.line;
  for (let i = 1; i < 5; i++) {
    const at = Math.round((i * side) / 5);
    context.fillRect(at, 0, 1, side);
    context.fillRect(0, at, side, 1);
  }
  context.fillStyle = look.majorLine;
  context.fillRect(0, 0, 2, side);
  context.fillRect(0, 0, side, 2);
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.anisotropy = 8;
  texture.colorSpace = SRGBColorSpace;
  return texture;
}

export class Ground extends Group {
  /** What can be pushed, in the order of `State.things`. */
  private readonly things: Object3D[];

  constructor(world: World, look: Look) {
    super();
    const wall = new MeshLambertMaterial({ color: look.wall });
    const wood = new MeshLambertMaterial({ color: "#d9a05b" });
    const white = new MeshLambertMaterial({ color: "#f4f1ea" });
    const edge = new LineBasicMaterial({ color: look.edge });
    this.add(floor(world, look));
    for (const zone of world.zones) this.add(flat(zone));
    for (const line of world.lines) {
      const ribbon = new Ribbon(line.color, line.width, line.points.length + 1, 0.12);
      ribbon.draw(line.points);
      this.add(ribbon);
    }
    for (const shape of world.shapes) this.add(standing(shape, wall, edge));
    this.things = world.loose.map((shape) => standing(shape, shape.kind === "pin" ? white : wood, edge));
    for (const thing of this.things) this.add(thing);
  }

  /** Where what can be pushed is now: x, y, z and the turn as a quaternion, in the world's axes. */
  push(things: NonNullable<State["things"]>): void {
    things.forEach(([x, y, z, w, i, j, k], number) => {
      const thing = this.things[number];
      thing?.position.set(x, z, -y);
      thing?.quaternion.set(i, k, -j, w);
    });
  }

  override dispose(): void {
    this.traverse((object) => {
      if (!(object instanceof Mesh || object instanceof LineSegments)) return;
      (object.geometry as BufferGeometry).dispose();
      const material = object.material as Material & { map?: { dispose(): void } };
      material.map?.dispose();
      material.dispose();
    });
  }
}

function floor(world: World, look: Look): Mesh {
  const texture = tile(look);
  texture.repeat.set(world.width / TILE, world.depth / TILE);
  // A line of the grid goes through the middle, where the ball starts.
  texture.offset.set((-world.width / 2 / TILE) % 1, (-world.depth / 2 / TILE) % 1);
  const mesh = new Mesh(new PlaneGeometry(world.width, world.depth), new MeshBasicMaterial({ map: texture }));
  mesh.rotation.x = -Math.PI / 2;
  return mesh;
}

function flat(zone: Zone): Mesh {
  const mesh = new Mesh(
    new PlaneGeometry(zone.width, zone.depth),
    new MeshBasicMaterial({ color: zone.color, transparent: true, opacity: 0.55, depthWrite: false }),
  );
  mesh.rotation.order = "YXZ";
  mesh.rotation.set(-Math.PI / 2, -(zone.heading * Math.PI) / 180, 0);
  mesh.position.set(zone.x, 0.06, -zone.y);
  return mesh;
}

function standing(shape: Shape, material: Material, edge: LineBasicMaterial): Object3D {
  const geometry = geometryOf(shape);
  const mesh = new Mesh(geometry, shape.kind === "cradle" ? new MeshLambertMaterial({ color: "#3ecf8e" }) : material);
  mesh.add(new LineSegments(new EdgesGeometry(geometry, 20), edge));
  mesh.rotation.y = -(shape.heading * Math.PI) / 180;
  mesh.position.set(shape.x, shape.kind === "ramp" ? 0 : heightOf(shape) / 2, -shape.y);
  return mesh;
}

function heightOf(shape: Shape): number {
  return shape.kind === "cradle" ? 0.6 : shape.height;
}

function geometryOf(shape: Shape): BufferGeometry {
  switch (shape.kind) {
    case "ramp":
      return wedge(shape.width, shape.depth, shape.height);
    case "pin":
    case "cradle":
      return new CylinderGeometry(shape.width / 2, shape.width / 2, heightOf(shape), 24);
    default:
      return new BoxGeometry(shape.width, shape.height, shape.depth);
  }
}

/** A slope that rises from the floor, at its south edge, to its height, at its north edge. */
function wedge(width: number, depth: number, height: number): BufferGeometry {
  const [w, d] = [width / 2, depth / 2];
  const corners = [
    [-w, 0, d], [w, 0, d], [-w, 0, -d], [w, 0, -d], [-w, height, -d], [w, height, -d],
  ]; // prettier-ignore
  const faces = [0, 1, 5, 0, 5, 4, 2, 4, 5, 2, 5, 3, 0, 4, 2, 1, 3, 5];
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(faces.flatMap((i) => corners[i]!)), 3));
  geometry.computeVertexNormals();
  return geometry;
}
