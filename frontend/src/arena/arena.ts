/** The arena in 3D. It draws only when something changed, and leaves the page most of its time, so that stop stays instant. */

import {
  AmbientLight,
  CanvasTexture,
  Color,
  DirectionalLight,
  Fog,
  HemisphereLight,
  PerspectiveCamera,
  Raycaster,
  Scene,
  Vector2,
  Vector3,
  WebGLRenderer,
  type Texture,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";

import { prefersLessMotion } from "../dom.ts";
import type { Fence, State, World } from "../protocol.ts";
import type { Picture } from "../model/colors.ts";
import { BallMesh, RADIUS, type Pose } from "./ball.ts";
import { Ground, type Look } from "./ground.ts";
import { Ribbon, resample, type Point } from "./ribbon.ts";

export type View = "follow" | "top" | "free";

/** Of the time of the page's only thread, how much drawing may take. */
const SHARE = 0.4;
const FASTEST = 1000 / 60;
/** Where the camera is from the ball, to begin with: behind and above. */
const HOME = new Vector3(0, 29, 40);

export class Arena {
  onView: (view: View) => void = () => undefined;
  onPick: (ball: string) => void = () => undefined;
  /** Frames drawn so far; for tests and for the curious. */
  frames = 0;

  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(40, 1, 2, 6000);
  private readonly controls: OrbitControls;
  private readonly balls = new Map<string, BallMesh>();
  private readonly blob: Texture = blobTexture();
  private ground: Ground | null = null;
  private fences: Ribbon[] = [];
  private readonly predicted = new Ribbon("#f5a623", 2.2, 4000, 0.5);
  private world: World | null = null;
  private selected: string | null = null;
  private view: View = "follow";
  private readonly target = new Vector3();
  private begun = false;
  private asked = false;
  private cost = 8;
  private last = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private look: Look,
  ) {
    this.renderer = new WebGLRenderer({
      canvas,
      antialias: true,
      powerPreference: "low-power",
      preserveDrawingBuffer: false,
    });
    this.renderer.debug.checkShaderErrors = false; // asking for them waits for the graphics card
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(-300, 800, 400);
    this.scene.add(new AmbientLight(0xffffff, 0.7), new HemisphereLight(0xffffff, 0x445066, 1.1), sun, this.predicted);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enableDamping = false;
    this.controls.maxPolarAngle = Math.PI / 2 - 0.04;
    this.controls.minDistance = 25;
    this.controls.maxDistance = 2500;
    this.controls.addEventListener("change", () => this.draw());
    canvas.addEventListener("click", (event) => this.pick(event));
    canvas.addEventListener("webglcontextrestored", () => this.draw());
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement!);
    this.placeCamera(HOME.clone());
    this.paint(look);
  }

  /** Begins to draw. Until the graphics card is ready for that, the page goes on. */
  async begin(): Promise<void> {
    await this.renderer.compileAsync(this.scene, this.camera);
    this.begun = true;
    this.draw();
  }

  /** Other colours: light or dark. */
  paint(look: Look): void {
    this.look = look;
    this.scene.background = new Color(look.sky);
    this.scene.fog = new Fog(look.sky, 700, 2600);
    if (this.world) this.build(this.world);
    this.draw();
  }

  build(world: World): void {
    this.world = world;
    if (this.ground) {
      this.scene.remove(this.ground);
      this.ground.dispose();
    }
    this.ground = new Ground(world, this.look);
    this.scene.add(this.ground);
    this.draw();
  }

  /** Where the balls may roll, each around its own start. */
  enclose(fences: readonly Fence[]): void {
    for (const ribbon of this.fences) {
      this.scene.remove(ribbon);
      ribbon.dispose();
    }
    this.fences = fences.map((fence) => {
      const outline = resample(outlineOf(fence), 6);
      const ribbon = new Ribbon("#e5484d", 1.6, outline.length + 1, 0.4);
      ribbon.draw(outline, 12);
      this.scene.add(ribbon);
      return ribbon;
    });
    this.draw();
  }

  predict(path: readonly Point[]): void {
    this.predicted.draw(resample(path, 3), 6);
    this.draw();
  }

  /** The balls there are, by id and colour; those that are gone go. */
  cast(balls: readonly { id: string; color: string }[]): void {
    for (const [id, ball] of this.balls) {
      if (balls.some((other) => other.id === id)) continue;
      this.scene.remove(ball, ball.trail);
      this.balls.delete(id);
    }
    for (const { id, color } of balls) {
      if (this.balls.has(id)) continue;
      const ball = new BallMesh(color, this.blob);
      this.balls.set(id, ball);
      this.scene.add(ball, ball.trail);
    }
    this.draw();
  }

  select(id: string): void {
    this.selected = id;
    for (const [other, ball] of this.balls) ball.selected = other === id;
    this.draw();
  }

  /** Where a ball is, and where it has been since the last time. */
  move(id: string, pose: Pose, path: readonly Point[]): void {
    const ball = this.balls.get(id);
    ball?.moveTo(pose);
    ball?.trace(path);
    this.draw();
  }

  push(things: NonNullable<State["things"]>): void {
    this.ground?.push(things);
    this.draw();
  }

  wear(id: string, picture: Picture, front: string, back: string): void {
    this.balls.get(id)?.wear(picture, front, back);
    this.draw();
  }

  retrace(id: string, path: readonly Point[]): void {
    this.balls.get(id)?.retrace(path);
    this.draw();
  }

  wipeTrails(): void {
    for (const ball of this.balls.values()) ball.retrace([]);
    this.draw();
  }

  /** For tests: pieces of its trail, and where a ball is drawn and how it leans. */
  describe(id: string): { trail: number; x: number; y: number; pitch: number } {
    const ball = this.balls.get(id);
    return {
      trail: ball?.trail.segments ?? 0,
      x: ball?.pose.x ?? 0,
      y: ball?.pose.y ?? 0,
      pitch: ball?.pose.pitch ?? 0,
    };
  }

  follow(on: boolean): void {
    if (on && this.view === "top") this.placeCamera(HOME.clone());
    this.setView(on ? "follow" : "free");
  }

  /** Straight down on the whole floor, or on what was rolled. */
  lookDown(): void {
    const world = this.world;
    if (!world) return;
    const tall = world.depth / 2;
    const wide = world.width / 2 / this.camera.aspect;
    const distance = (Math.max(tall, wide) * 1.08) / Math.tan((this.camera.fov * Math.PI) / 360);
    this.target.set(0, 0, 0);
    this.controls.target.set(0, 0, 0);
    this.camera.position.set(0, distance, 0.01);
    this.setView("top");
  }

  reset(): void {
    this.placeCamera(HOME.clone());
    this.setView("follow");
  }

  zoom(factor: number): void {
    const offset = this.camera.position.clone().sub(this.controls.target);
    offset.setLength(
      Math.min(this.controls.maxDistance, Math.max(this.controls.minDistance, offset.length() * factor)),
    );
    this.camera.position.copy(this.controls.target).add(offset);
    this.draw();
  }

  /** What is seen now, as a PNG. */
  async picture(): Promise<Blob> {
    this.render();
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))));
    });
  }

  stream(framesPerSecond: number): MediaStream {
    return this.canvas.captureStream(framesPerSecond);
  }

  /** Draw soon. */
  draw(): void {
    if (this.asked || !this.begun) return;
    this.asked = true;
    const pause = Math.max(FASTEST, this.cost / SHARE) - (performance.now() - this.last);
    if (pause > 8) setTimeout(() => requestAnimationFrame(this.frame), pause);
    else requestAnimationFrame(this.frame);
  }

  private readonly frame = (): void => {
    const now = performance.now();
    const seconds = Math.min(0.1, (now - this.last) / 1000);
    this.last = now;
    this.asked = false;
    let moving = false;
    for (const ball of this.balls.values()) moving = ball.glide(seconds) || moving;
    moving = this.aim(seconds) || moving;
    for (const ball of this.balls.values()) {
      ball.magnify(Math.min(3, Math.max(1, this.camera.position.distanceTo(ball.position) / 260)));
    }
    this.render();
    this.cost = 0.8 * this.cost + 0.2 * (performance.now() - now);
    if (moving) this.draw();
  };

  private render(): void {
    this.renderer.render(this.scene, this.camera);
    this.frames++;
  }

  /** The camera goes where the ball went. Returns whether it is still on its way. */
  private aim(seconds: number): boolean {
    const ball = this.selected === null ? undefined : this.balls.get(this.selected);
    if (this.view !== "follow" || !ball) return false;
    const wanted = new Vector3(ball.position.x, RADIUS, ball.position.z);
    const step = wanted.sub(this.target);
    const far = step.length() > 0.05;
    if (!prefersLessMotion() && step.length() < 400) step.multiplyScalar(1 - Math.exp(-seconds / 0.18));
    this.target.add(step);
    this.camera.position.add(step);
    this.controls.target.copy(this.target);
    this.camera.lookAt(this.target);
    return far;
  }

  private setView(view: View): void {
    this.view = view;
    this.controls.enablePan = view !== "follow";
    this.controls.update();
    this.onView(view);
    this.draw();
  }

  private placeCamera(offset: Vector3): void {
    const ball = this.selected === null ? undefined : this.balls.get(this.selected);
    if (ball) this.target.set(ball.position.x, RADIUS, ball.position.z);
    this.controls.target.copy(this.target);
    this.camera.position.copy(this.target).add(offset);
    this.camera.lookAt(this.target);
  }

  private pick(event: MouseEvent): void {
    const box = this.canvas.getBoundingClientRect();
    const at = new Vector2(
      ((event.clientX - box.left) / box.width) * 2 - 1,
      1 - ((event.clientY - box.top) / box.height) * 2,
    );
    const ray = new Raycaster();
    ray.setFromCamera(at, this.camera);
    for (const [id, ball] of this.balls) {
      if (ray.intersectObject(ball, true).length > 0) this.onPick(id);
    }
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement!;
    if (width === 0 || height === 0) return;
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }
}

function outlineOf(fence: Fence): Point[] {
  if (fence.corners) return [...fence.corners, fence.corners[0]!];
  const radius = fence.radius ?? 0;
  return Array.from({ length: 91 }, (_, i) => {
    const angle = (i / 90) * 2 * Math.PI;
    return [fence.x + radius * Math.sin(angle), fence.y + radius * Math.cos(angle)] as Point;
  });
}

/** A soft white spot: shadows and lights are coloured copies of it. */
function blobTexture(): Texture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 128;
  const context = canvas.getContext("2d")!;
  const gradient = context.createRadialGradient(64, 64, 0, 64, 64, 64);
  gradient.addColorStop(0, "rgba(255,255,255,1)");
  gradient.addColorStop(0.35, "rgba(255,255,255,0.55)");
  gradient.addColorStop(1, "rgba(255,255,255,0)");
  context.fillStyle = gradient;
  context.fillRect(0, 0, 128, 128);
  return new CanvasTexture(canvas);
}
