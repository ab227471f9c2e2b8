/** The way to the server: one WebSocket that comes back by itself, and plain requests. */

import type { ClientMessage, ServerMessage } from "./protocol.ts";
import { Signal } from "./signal.ts";

export type ConnectionState = "connecting" | "open" | "lost" | "refused";

/** What a server closes a WebSocket with that the page may not open: policy violation. */
const REFUSED = 1008;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 3000;

export class Connection {
  readonly state = new Signal<ConnectionState>("connecting");
  onMessage: (message: ServerMessage) => void = () => undefined;
  private socket: WebSocket | null = null;
  private pause = FIRST_PAUSE;

  open(): void {
    const address = here("ws");
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<string>) => {
      this.pause = FIRST_PAUSE;
      this.state.value = "open";
      this.onMessage(JSON.parse(event.data) as ServerMessage);
    };
    socket.onclose = (event) => {
      this.socket = null;
      this.state.value = event.code === REFUSED ? "refused" : "lost";
      if (event.code !== REFUSED) setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.7);
    };
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Returns false where there is no connection: nothing is kept to be done later, a robot must not act on old words. */
  send(message: ClientMessage): boolean {
    if (!this.isOpen) return false;
    this.socket?.send(JSON.stringify(message));
    return true;
  }

  sendSound(samples: ArrayBuffer): void {
    if (this.isOpen) this.socket?.send(samples);
  }

  /** A new Hello: all that there is now. */
  again(): void {
    this.pause = 0;
    this.socket?.close();
  }
}

/** An address of the server, with the token that this page was opened with. */
export function here(path: string): URL {
  const address = new URL(path, document.baseURI);
  const token = new URLSearchParams(location.search).get("token");
  if (token !== null) address.searchParams.set("token", token);
  return address;
}

/** Asks the server, and returns its answer. Throws an Error that says in words why not. */
export async function request(path: string, options: RequestInit & { json?: unknown } = {}): Promise<Response> {
  const { json, ...rest } = options;
  if (json !== undefined) {
    rest.body = JSON.stringify(json);
    rest.headers = { "content-type": "application/json" };
  }
  const response = await fetch(here(path), rest);
  if (!response.ok) throw new Error(await reason(response));
  return response;
}

export async function read<T>(path: string): Promise<T> {
  return (await (await request(path)).json()) as T;
}

async function reason(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const answer = JSON.parse(text) as { error?: string; text?: string; detail?: string };
    return answer.error ?? answer.text ?? answer.detail ?? text;
  } catch {
    return text || response.statusText;
  }
}
