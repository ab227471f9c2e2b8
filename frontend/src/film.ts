/** Records what the arena shows, in the browser: MP4 where it can, WebM elsewhere. */

const KINDS = [
  { mime: "video/mp4;codecs=avc1.42E01E", ending: "mp4" },
  { mime: "video/webm;codecs=vp9", ending: "webm" },
  { mime: "video/webm", ending: "webm" },
] as const;

export class Film {
  private recorder: MediaRecorder | null = null;
  private pieces: Blob[] = [];
  private ending = "webm";

  static get isPossible(): boolean {
    return typeof MediaRecorder !== "undefined" && "captureStream" in HTMLCanvasElement.prototype;
  }

  get running(): boolean {
    return this.recorder?.state === "recording";
  }

  start(stream: MediaStream): void {
    const kind = KINDS.find(({ mime }) => MediaRecorder.isTypeSupported(mime));
    this.ending = kind?.ending ?? "webm";
    this.pieces = [];
    this.recorder = new MediaRecorder(stream, kind ? { mimeType: kind.mime, videoBitsPerSecond: 4_000_000 } : {});
    this.recorder.ondataavailable = ({ data }) => this.pieces.push(data);
    this.recorder.start(1000);
  }

  end(): Promise<{ blob: Blob; ending: string }> {
    const recorder = this.recorder;
    return new Promise((resolve) => {
      if (!recorder) return;
      recorder.onstop = () => {
        for (const track of recorder.stream.getTracks()) track.stop();
        resolve({ blob: new Blob(this.pieces, { type: recorder.mimeType }), ending: this.ending });
      };
      recorder.stop();
    });
  }
}
