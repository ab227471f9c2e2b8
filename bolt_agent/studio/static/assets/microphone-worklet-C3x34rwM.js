// Runs beside the page: gathers the microphone's sound into pieces of 16-bit samples, each an eighth of a second.

const PIECE = 2048;

class Samples extends AudioWorkletProcessor {
  piece = new Int16Array(PIECE);
  filled = 0;

  process([[channel]]) {
    for (const sample of channel ?? []) {
      this.piece[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.filled === PIECE) {
        this.port.postMessage(this.piece.buffer.slice(0));
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("samples", Samples);
