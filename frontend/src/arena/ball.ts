/** One BOLT in the arena: shell, face, lights, shadow, trail, and a ring in its colour to find it by. */

import {
  AdditiveBlending,
  CanvasTexture,
  CircleGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshPhongMaterial,
  PlaneGeometry,
  RingGeometry,
  SRGBColorSpace,
  ShaderMaterial,
  SphereGeometry,
  Sprite,
  SpriteMaterial,
  type Texture,
} from "three";

import { DARK, DARK_PICTURE, glow, luminance, type Picture } from "../model/colors.ts";
import { PAINTED, paintFace } from "../face-painter.ts";
import { Ribbon, type Point } from "./ribbon.ts";

/** cm */
export const RADIUS = 3.65;
const TRAIL_STEP = 1.5;

/** Where the middle of a ball is: cm, degrees clockwise from +y; and how it leans, degrees forward and to the right. */
export interface Pose {
  x: number;
  y: number;
  z: number;
  heading: number;
  pitch: number;
  roll: number;
}

const START: Pose = { x: 0, y: 0, z: RADIUS, heading: 0, pitch: 0, roll: 0 };

export class BallMesh extends Group {
  readonly trail: Ribbon;
  private readonly rolling = new Group();
  private readonly faceCanvas = document.createElement("canvas");
  private readonly faceTexture: Texture;
  private readonly ring: Mesh<RingGeometry, MeshBasicMaterial>;
  private readonly pool: Mesh<CircleGeometry, MeshBasicMaterial>;
  private readonly front: Sprite;
  private readonly back: Sprite;
  private shown: Picture = DARK_PICTURE;
  private readonly at: Pose = { ...START };
  private to: Pose = START;
  private trailEnd: Point | null = null;
  private placed = false;

  constructor(color: string, blob: Texture) {
    super();
    this.trail = new Ribbon(color, 1.6);
    const size = RADIUS * 1.22 * PAINTED;
    this.faceCanvas.width = this.faceCanvas.height = 256;
    paintFace(this.faceCanvas, DARK_PICTURE);
    this.faceTexture = new CanvasTexture(this.faceCanvas);
    this.faceTexture.anisotropy = 4;
    this.faceTexture.colorSpace = SRGBColorSpace;
    const face = new Mesh(disc(RADIUS * 0.86, size), new MeshBasicMaterial({ map: this.faceTexture }));
    face.rotation.x = -Math.PI / 2;
    face.position.y = RADIUS * 0.42;
    const belly = new Mesh(
      new SphereGeometry(RADIUS * 0.93, 32, 20, 0, Math.PI * 2, Math.PI * 0.36, Math.PI * 0.64),
      new MeshPhongMaterial({ color: 0x5d6a80, shininess: 60, specular: 0x8894a8 }),
    );
    const deck = new Mesh(
      new CircleGeometry(RADIUS * 0.845, 40),
      new MeshPhongMaterial({ color: 0x12151d, shininess: 20 }),
    );
    deck.rotation.x = -Math.PI / 2;
    deck.position.y = RADIUS * 0.4;
    const shell = new Mesh(new SphereGeometry(RADIUS, 48, 32), shellMaterial());
    shell.renderOrder = 3;
    const band = new Mesh(
      new RingGeometry(RADIUS * 0.86, RADIUS * 0.93, 48),
      new MeshBasicMaterial({ color, side: 2 }),
    );
    band.rotation.x = -Math.PI / 2;
    band.position.y = RADIUS * 0.405;
    this.front = lamp(blob, -RADIUS * 0.9);
    this.back = lamp(blob, RADIUS * 0.9);
    this.rolling.add(belly, deck, face, band, shell, this.front, this.back);
    this.rolling.position.y = RADIUS;
    this.rolling.rotation.order = "YXZ";
    this.ring = new Mesh(
      new RingGeometry(RADIUS * 1.5, RADIUS * 1.72, 48),
      new MeshBasicMaterial({ color, transparent: true, opacity: 0.55, depthWrite: false }),
    );
    this.ring.rotation.x = -Math.PI / 2;
    this.ring.position.y = 0.25;
    const shadow = new Mesh(
      new PlaneGeometry(RADIUS * 4, RADIUS * 4),
      new MeshBasicMaterial({ map: blob, color: 0x000000, transparent: true, opacity: 0.5, depthWrite: false }),
    );
    shadow.rotation.x = -Math.PI / 2;
    shadow.position.y = 0.15;
    this.pool = new Mesh(
      new CircleGeometry(RADIUS * 7, 40),
      new MeshBasicMaterial({
        map: blob,
        transparent: true,
        opacity: 0,
        depthWrite: false,
        blending: AdditiveBlending,
      }),
    );
    this.pool.rotation.x = -Math.PI / 2;
    this.pool.position.y = 0.2;
    this.add(this.pool, shadow, this.ring, this.rolling);
  }

  /** Where it is drawn now. */
  get pose(): Pose {
    return this.at;
  }

  set selected(selected: boolean) {
    this.ring.material.opacity = selected ? 0.9 : 0.3;
  }

  /** Where it really is; it is drawn there a moment later. */
  moveTo(pose: Pose): void {
    this.to = pose;
    if (!this.placed || Math.hypot(pose.x - this.at.x, pose.y - this.at.y) > 60) this.jump();
  }

  /** Where it has been since the last time. */
  trace(path: readonly Point[]): void {
    for (const point of path) {
      const last = this.trailEnd;
      if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < TRAIL_STEP) continue;
      this.trail.to(point);
      this.trailEnd = point;
    }
  }

  /** The trail so far, as a late comer is told it. */
  retrace(path: readonly Point[]): void {
    this.trail.wipe();
    this.trailEnd = null;
    this.trace(path);
  }

  wear(picture: Picture, front: string, back: string): void {
    for (const [sprite, color] of [
      [this.front, front],
      [this.back, back],
    ] as const) {
      sprite.visible = color !== DARK;
      if (sprite.visible) sprite.material.color.set(color);
    }
    if (picture === this.shown) return;
    this.shown = picture;
    paintFace(this.faceCanvas, picture);
    this.faceTexture.needsUpdate = true;
    const light = glow(picture);
    this.pool.visible = light.strength > 0;
    this.pool.material.color.set(light.color);
    this.pool.material.opacity = 0.22 * Math.min(1, 0.35 + light.strength) * (1.4 - luminance(light.color) * 0.6);
  }

  /** Goes on towards where it really is. Returns whether it is still on its way. `seconds`: since the last frame. */
  glide(seconds: number): boolean {
    const share = 1 - Math.exp(-seconds / 0.035);
    const [dx, dy, dz] = [this.to.x - this.at.x, this.to.y - this.at.y, this.to.z - this.at.z];
    const turn = ((this.to.heading - this.at.heading + 540) % 360) - 180;
    const [pitch, roll] = [this.to.pitch - this.at.pitch, this.to.roll - this.at.roll];
    if (Math.hypot(dx, dy, dz) < 0.02 && Math.hypot(turn, pitch, roll) < 0.1) {
      this.jump();
      return false;
    }
    this.at.x += dx * share;
    this.at.y += dy * share;
    this.at.z += dz * share;
    this.at.heading += turn * share;
    this.at.pitch += pitch * share;
    this.at.roll += roll * share;
    this.place();
    return true;
  }

  /** Larger from afar, so that it is never a dot. */
  magnify(factor: number): void {
    this.rolling.scale.setScalar(factor);
    this.rolling.position.y = this.height;
    this.ring.scale.setScalar(factor);
  }

  /** Of its middle as it is drawn: a larger one stands on the floor, too. */
  private get height(): number {
    return this.at.z + RADIUS * (this.rolling.scale.x - 1);
  }

  private jump(): void {
    this.placed = true;
    const { x, y, z, heading, pitch, roll } = this.to;
    Object.assign(this.at, { x, y, z, heading, pitch, roll });
    this.place();
  }

  private place(): void {
    this.position.set(this.at.x, 0, -this.at.y);
    this.rolling.position.y = this.height;
    const { pitch, heading, roll } = this.at;
    this.rolling.rotation.set(-radians(pitch), -radians(heading), -radians(roll));
  }
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** A round piece of a square picture of that size: its corners would stick out of the shell. */
function disc(radius: number, size: number): CircleGeometry {
  const geometry = new CircleGeometry(radius, 48);
  const { position, uv } = geometry.attributes;
  for (let i = 0; i < position!.count; i++) {
    uv!.setXY(i, 0.5 + position!.getX(i) / size, 0.5 + position!.getY(i) / size);
  }
  return geometry;
}

/** Clear plastic: nothing where one looks through it, bright at its rim, with one reflection of a window. */
function shellMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    vertexShader: `
      varying vec3 vNormal;
      varying vec3 vView;
      void main() {
        vec4 place = modelViewMatrix * vec4(position, 1.0);
        vNormal = normalize(normalMatrix * normal);
        vView = normalize(-place.xyz);
        gl_Position = projectionMatrix * place;
      }`,
    fragmentShader: `
      varying vec3 vNormal;
      varying vec3 vView;
      void main() {
        float rim = pow(1.0 - max(dot(vNormal, vView), 0.0), 2.2);
        float shine = pow(max(dot(reflect(-vView, vNormal), normalize(vec3(-0.5, 0.75, 0.5))), 0.0), 36.0);
        vec3 color = mix(vec3(0.72, 0.82, 0.95), vec3(1.0), shine);
        gl_FragColor = vec4(color, 0.1 + 0.85 * rim + 0.8 * shine);
      }`,
  });
}

function lamp(blob: Texture, z: number): Sprite {
  const sprite = new Sprite(
    new SpriteMaterial({ map: blob, blending: AdditiveBlending, transparent: true, depthWrite: false }),
  );
  sprite.position.set(0, 0.4, z);
  sprite.scale.setScalar(RADIUS * 1.5);
  sprite.visible = false;
  sprite.renderOrder = 4;
  return sprite;
}
