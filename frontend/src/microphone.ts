/** The browser's microphone: its sound goes to the server as 16-bit samples, which understands it. */

import { SAMPLE_RATE } from "./protocol.ts";
import type { Studio } from "./studio.ts";
import { t } from "./texts/index.ts";
import workletUrl from "./microphone-worklet.js?url";

type State = "idle" | "listening" | "failed";

export class Microphone {
  private stream: MediaStream | null = null;
  private context: AudioContext | null = null;

  constructor(
    private readonly studio: Studio,
    private readonly onChange: (state: State, text: string) => void,
  ) {}

  async toggle(): Promise<void> {
    if (this.stream) this.end();
    else await this.begin();
  }

  private async begin(): Promise<void> {
    const server = this.studio.page.hello.value?.microphone;
    if (server && !server.available) {
      this.onChange("failed", server.text);
      return;
    }
    // Typed as always there, but missing on a plain http page of another machine.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices || !isSecureContext) {
      this.onChange("failed", t.micInsecure);
      return;
    }
    try {
      this.stream = await devices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
      });
    } catch (error) {
      const missing = error instanceof DOMException && error.name === "NotFoundError";
      this.onChange("failed", missing ? t.micMissing : t.micDenied);
      return;
    }
    if (!this.studio.send({ type: "listen", on: true })) {
      this.end();
      return;
    }
    this.context = new AudioContext({ sampleRate: SAMPLE_RATE });
    await this.context.audioWorklet.addModule(workletUrl);
    const recorder = new AudioWorkletNode(this.context, "samples", { numberOfOutputs: 0 });
    recorder.port.onmessage = (event: MessageEvent<ArrayBuffer>) => this.studio.connection.sendSound(event.data);
    this.context.createMediaStreamSource(this.stream).connect(recorder);
    this.onChange("listening", t.micListening);
  }

  private end(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    void this.context?.close();
    this.stream = this.context = null;
    this.studio.send({ type: "listen", on: false });
    this.onChange("idle", "");
  }
}
