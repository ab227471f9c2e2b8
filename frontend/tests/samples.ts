/** What a server says first, for tests. */

import { restingState } from "../src/model/page.ts";
import type { Hello } from "../src/protocol.ts";

export const HELLO: Hello = {
  type: "hello",
  protocol: "bolt-studio/1",
  version: "1",
  languages: ["en", "zh"],
  robots: [
    {
      id: "SB-1",
      name: "SB-1",
      color: "#3f8fe0",
      virtual: true,
      driver: "sim",
      brain: "reflex",
      link: { status: "connected", text: "" },
      stopped: false,
      busy: false,
      messages: [],
      asked: [],
      predicted: {},
      code: null,
      line: {},
      state: restingState("SB-1"),
      fence: null,
      faults: null,
    },
  ],
  world: null,
  things: [],
  worlds: [],
  top_speed: 255,
  t: 0,
  pace: null,
  microphone: { available: true, text: "" },
};
