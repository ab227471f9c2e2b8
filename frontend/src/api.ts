/** What the page asks for by plain requests: what is kept, and what was recorded. */

import { here, read, request } from "./connection.ts";
import type { Animation, Conversations, Gallery, NewMove, Recording } from "./protocol.ts";

export type Kind = "moves" | "animations";
export type Format = "gif" | "webp" | "mp4";

const place = (kind: Kind, name: string): string => `api/${kind}/${encodeURIComponent(name)}`;

export const api = {
  gallery: () => read<Gallery>("api/gallery"),
  picture: (address: string) => here(address).href,
  keepMove: (move: NewMove) => request("api/moves", { method: "POST", json: move }),
  keepAnimation: (name: string, description: string, animation: Animation) =>
    request(place("animations", name), { method: "PUT", json: { description, animation } }),
  rename: (kind: Kind, name: string, to: string) =>
    request(`${place(kind, name)}/name`, { method: "POST", json: { name: to } }),
  remove: (kind: Kind, name: string) => request(place(kind, name), { method: "DELETE" }),
  conversations: async () => (await read<Conversations>("api/conversations")).conversations,
  recording: (id: string) => read<Recording>(`api/conversations/${encodeURIComponent(id)}`),
  readReport: async (report: string) =>
    (await (
      await request("api/recordings", { method: "POST", body: report, headers: { "content-type": "application/json" } })
    ).json()) as Recording,
  render: async (id: string, format: Format) =>
    (await request(`api/conversations/${encodeURIComponent(id)}.${format}`)).blob(),
};
