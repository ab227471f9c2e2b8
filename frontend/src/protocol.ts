// Generated from bolt_agent/studio/protocol by `python -m bolt_agent.studio.typescript`: do not edit.

export const PROTOCOL = "bolt-studio/1";
export const SAMPLE_RATE = 16000;

/** An animation for the face. frames: 8 rows of 8 hex digits each, indices of the palette. */
export interface Animation {
  fps: number;
  transition: boolean;
  loop: boolean;
  duration: number;
  palette: string[];
  frames: string[][];
}

/** Answer an ApprovalAsked. */
export interface Answer {
  id?: string | null;
  robot?: string | null;
  type: "answer";
  approval: string;
  yes: boolean;
}

/** A program wants something that a person must allow; it waits for the answer to this id. */
export interface ApprovalAsked {
  item: "asked";
  id: string;
  question: string;
}

/** Sound; `text` is what is said in it. */
export interface Audio {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "audio";
  mime: string;
  data: string;
}

/** The next piece of a message. */
export interface Chunk {
  item: "chunk";
  id: string;
  text: string;
}

/** Forget where a robot has been. */
export interface ClearTrail {
  id?: string | null;
  robot?: string | null;
  type: "clear_trail";
}

/** A program, in `text`. */
export interface Code {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "code";
}

/** Try again to reach a robot that could not be reached. */
export interface Connect {
  id?: string | null;
  robot?: string | null;
  type: "connect";
}

/** A conversation that can be replayed. */
export interface Conversation {
  id: string;
  ended: string | null;
  title: string;
  turns: number;
  seconds: number;
  world: string | null;
}

/** GET /api/conversations: the newest first. */
export interface Conversations {
  conversations: Conversation[];
}

/** Something happened to the robot: a collision, a stop, a motion that ended; `text` says it in words. */
export interface Event {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "event";
  name: string;
  data: Record<string, unknown>;
}

/** What this page asked for did not work. request: the id it gave its message. */
export interface Failed {
  type: "failed";
  request: string | null;
  text: string;
}

/**
 * What is wrong with the radio of a virtual robot.
 *
 * drop, duplicate, reorder, corrupt: the share of packets, 0 to 1.   delay: seconds at most.   reach: False is away.
 */
export interface Faults {
  drop: number;
  duplicate: number;
  reorder: number;
  corrupt: number;
  delay: number;
  reach: boolean;
}

/** The radio of a virtual robot is another. */
export interface FaultsChanged {
  type: "faults";
  robot: string;
  faults: Faults;
}

/** Where a robot may roll: a circle around (x, y), where it started, or corners. */
export interface Fence {
  x: number;
  y: number;
  radius: number | null;
  corners: [number, number][] | null;
}

/** A line on the floor. */
export interface FloorLine {
  points: [number, number][];
  width: number;
  color: string;
}

/** GET /api/gallery: what is kept. */
export interface Gallery {
  moves: KeptMove[];
  animations: KeptAnimation[];
}

/** Moves or animations were saved, renamed or deleted: read /api/gallery again. */
export interface GalleryChanged {
  type: "gallery";
}

/** A message begins to grow. */
export interface Head {
  item: "head";
  id: string;
  kind: "text" | "reasoning" | "code";
  role: "person" | "robot" | "program" | "world";
}

/** What the server understood of this page's microphone. A final, accepted one is said to the robot. */
export interface Heard {
  type: "heard";
  text: string;
  final: boolean;
  accepted: boolean;
}

/**
 * All that there is to show. Comes first, and again when another world was chosen or a page fell too far behind.
 *
 * version: of the program.   t: the time of the robots' clock.   pace: None where all robots are real.
 */
export interface Hello {
  type: "hello";
  protocol: string;
  version: string;
  languages: string[];
  robots: Robot[];
  world: World | null;
  things: [number, number, number, number, number, number, number][];
  worlds: WorldName[];
  top_speed: number;
  t: number;
  pace: Pace | null;
  microphone: Microphone;
}

/** A picture; `text` says what it shows. */
export interface Image {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "image";
  mime: string;
  data: string;
}

/** The next item of a robot's conversation. */
export interface ItemCame {
  type: "item";
  robot: string;
  item: Item;
}

/** An animation that is kept. animation: None where its file was changed by hand beyond what the editor can show. */
export interface KeptAnimation {
  name: string;
  description: string;
  source: string;
  animation: Animation | null;
  picture: string;
  version: string;
}

/** A move that is kept. picture: where its picture is.   version: changes with its file. */
export interface KeptMove {
  name: string;
  description: string;
  source: string;
  ran_well: string | null;
  picture: string;
  version: string;
}

/** The robot begins what this line of the newest program asked for. line: from 1.   track: 'ball', 'face' ... */
export interface Line {
  item: "line";
  line: number;
  track: string;
}

/** How the way to a robot is. text: the reason, in words for people; empty while all is well. */
export interface Link {
  status: "connecting" | "connected" | "lost" | "failed";
  text: string;
}

/** The way to a robot is another. brain: the name of its mind; None: not known yet. */
export interface LinkChanged {
  type: "link";
  robot: string;
  link: Link;
  brain: string | null;
}

/** Sound follows as binary frames (see SAMPLE_RATE), or is over: what was said is decoded then. */
export interface Listen {
  id?: string | null;
  robot?: string | null;
  type: "listen";
  on: boolean;
}

/** Whether the server can understand speech; text: why not, and what to do. */
export interface Microphone {
  available: boolean;
  text: string;
}

/** POST /api/moves: keep what a program makes the ball do. */
export interface NewMove {
  name: string;
  description: string;
  code: string;
}

/** What the program itself tells the person: a model fell back, a line was dropped, a yes is waited for. */
export interface Notice {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "notice";
}

/** How fast simulated time passes. rate: seconds of it in a second, 0.25 to 8. */
export interface Pace {
  rate: number;
  paused: boolean;
}

/** Simulated time passes differently. */
export interface PaceChanged {
  type: "pace";
  pace: Pace;
}

/** Perform a kept move, or play a kept animation. */
export interface Perform {
  id?: string | null;
  robot?: string | null;
  type: "perform";
  kind: "move" | "animation";
  name: string;
}

/** The path that a program would take which waits for an approval. */
export interface Predicted {
  type: "predicted";
  robot: string;
  approval: string;
  path: [number, number][];
}

/** Show an animation on the robot while it is being painted; the newest one counts. */
export interface Preview {
  id?: string | null;
  robot?: string | null;
  type: "preview";
  animation: Animation;
}

/** Painting is over: the face goes dark. */
export interface PreviewEnd {
  id?: string | null;
  robot?: string | null;
  type: "preview_end";
}

/** What a model thought before it answered: shown where asked for, never spoken, never given back to a model. */
export interface Reasoning {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "reasoning";
}

/** GET /api/conversations/ID, and the answer to a report that is posted to /api/recordings. */
export interface Recording {
  id: string;
  began: number;
  ended: number;
  world: World | null;
  robots: Track[];
  items: [number, Item][];
}

/** Take the latch of the emergency stop off. robot: all of them where none is named. */
export interface Release {
  id?: string | null;
  type: "release";
  robot?: string | null;
}

/**
 * Put the virtual robots back to where they started; trails, faces and the robots' clock begin anew.
 *
 * Their conversations go on, as far as they are kept: with `--store off` they begin anew, too.
 */
export interface Reset {
  id?: string | null;
  type: "reset";
}

/** What came of a program: `text` is what it printed. Every program that was begun has exactly one. */
export interface Result {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "result";
  answers: string;
  error: string | null;
  again: boolean;
}

/**
 * A robot, with what was said and done so far.
 *
 * color: tells it from the others.   messages, busy, asked: of its conversation, as it is now.
 * code: the id of the message with the program that runs.   line: the line of it that each track performs.
 */
export interface Robot {
  id: string;
  name: string;
  color: string;
  virtual: boolean;
  driver: string;
  brain: string;
  link: Link;
  stopped: boolean;
  busy: boolean;
  messages: Message[];
  asked: ApprovalAsked[];
  predicted: Record<string, [number, number][]>;
  code: string | null;
  line: Record<string, number>;
  state: RobotState;
  fence: Fence | null;
  faults: Faults | null;
}

/**
 * How a robot is now. face, front and back are None where nothing changed since the last message.
 *
 * pitch, roll: degrees of lean, forward and to the right.   speed: cm/s.   acceleration: g, right, forward, up.
 * trail: where it has been since the last message, (t, x, y).
 */
export interface RobotState {
  id: string;
  x: number;
  y: number;
  z: number;
  heading: number;
  pitch: number;
  roll: number;
  speed: number;
  acceleration: [number, number, number];
  battery: number;
  face: string | null;
  front: string | null;
  back: string | null;
  trail: [number, number, number][];
}

/** Run a program, as a ghost would. */
export interface Run {
  id?: string | null;
  robot?: string | null;
  type: "run";
  code: string;
}

/** Say something to a robot. */
export interface Say {
  id?: string | null;
  robot?: string | null;
  type: "say";
  text: string;
}

/** Make the radio of a virtual robot bad, or good again. */
export interface SetFaults {
  id?: string | null;
  robot?: string | null;
  type: "faults";
  faults: Faults;
}

/** Let simulated time pass at another rate, or stand still. None: as it was. */
export interface SetPace {
  id?: string | null;
  type: "pace";
  rate?: number | null;
  paused?: boolean | null;
}

/** Put the virtual robots into another world. Everything else is as with Reset. */
export interface SetWorld {
  id?: string | null;
  type: "world";
  name: string;
}

/** Something that stands in the world, seen from above: its middle, its extent before it is turned, its height. */
export interface Shape {
  kind: "wall" | "box" | "ramp" | "ledge" | "block" | "pin" | "cradle";
  x: number;
  y: number;
  width: number;
  depth: number;
  heading: number;
  height: number;
}

/** Robots that changed, up to 30 times a second; at least once a second. things: of the world, where one moved. */
export interface State {
  type: "state";
  t: number;
  robots: RobotState[];
  things: [number, number, number, number, number, number, number][] | null;
}

/** Let so many seconds of simulated time pass, then pause. */
export interface Step {
  id?: string | null;
  type: "step";
  seconds?: number;
}

/** Emergency stop. robot: all of them where none is named. */
export interface Stop {
  id?: string | null;
  type: "stop";
  robot?: string | null;
}

/** The emergency stop is latched, or is not any more. */
export interface StopChanged {
  type: "stopped";
  robot: string;
  stopped: boolean;
}

/** A message, whole. */
export interface Tail {
  item: "tail";
  message: Message;
}

/** Something said, by a person or by the robot. */
export interface Text {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "text";
}

/** A model called a tool that is not MOSS code. */
export interface ToolCall {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "call";
  name: string;
  arguments: Record<string, unknown>;
}

/** What a tool answered, in `text`. A call whose result got lost is given one that says so. */
export interface ToolResult {
  id: string;
  role: "person" | "robot" | "program" | "world";
  text: string;
  memory: string | null;
  kind: "answer";
  answers: string;
  error: boolean;
}

/**
 * What one robot did in a recording; everything with its time.
 *
 * path: (t, x, y, heading, speed).   faces: (t, 64 colours).   lights: (t, "front" or "back", colour).
 */
export interface Track {
  id: string;
  color: string;
  path: [number, number, number, number, number][];
  faces: [number, string][];
  lights: [number, string, string][];
  events: [number, string][];
}

/** The trail of a robot is this from now on. */
export interface TrailChanged {
  type: "trail";
  robot: string;
  trail: [number, number, number][];
}

/** One thing said, and what came of it. Times are seconds of the clock since the start. */
export interface Turn {
  say: string;
  reply: string;
  code: string | null;
  status: "ok" | "refused" | "error";
  error: string | null;
  t_start: number;
  t_end: number;
  model: string | null;
  tokens_in: number;
  tokens_out: number;
  cost: number;
}

/** A turn begins. turn: its number, from 1.   say: the person's words; empty when a program was given instead. */
export interface TurnBegan {
  item: "began";
  turn: number;
  say: string;
}

/** The turn is over: nothing finite is moving any more. */
export interface TurnEnded {
  item: "ended";
  turn: Turn;
}

/** The world of virtual robots. loose: what can be pushed; `State.things` says where it is, in this order. */
export interface World {
  name: string;
  about: string;
  width: number;
  depth: number;
  shapes: Shape[];
  loose: Shape[];
  zones: Zone[];
  lines: FloorLine[];
}

/** A world that can be chosen. */
export interface WorldName {
  name: string;
  about: string;
  balls: number;
}

/** A coloured part of the floor. */
export interface Zone {
  x: number;
  y: number;
  width: number;
  depth: number;
  heading: number;
  color: string;
  name: string;
}

export type Message =
  | Text
  | Reasoning
  | Code
  | Result
  | ToolCall
  | ToolResult
  | Event
  | Notice
  | Image
  | Audio;

export type Item =
  | TurnBegan
  | Head
  | Chunk
  | Tail
  | Line
  | ApprovalAsked
  | TurnEnded;

export type ServerMessage =
  | Hello
  | State
  | ItemCame
  | LinkChanged
  | StopChanged
  | Predicted
  | TrailChanged
  | PaceChanged
  | FaultsChanged
  | GalleryChanged
  | Heard
  | Failed;

export type ClientMessage =
  | Say
  | Run
  | Stop
  | Release
  | Answer
  | Perform
  | Preview
  | PreviewEnd
  | SetWorld
  | Reset
  | Connect
  | ClearTrail
  | SetPace
  | Step
  | SetFaults
  | Listen;
