/** A value that tells who listens when it changes; the page's only way of passing state around. */

export interface Readable<T> {
  readonly value: T;
  /** Calls back with the present value at once, and with every later one. Returns how to end it. */
  watch(listener: (value: T) => void): () => void;
}

export class Signal<T> implements Readable<T> {
  private readonly listeners = new Set<(value: T) => void>();
  private current: T;

  constructor(initial: T) {
    this.current = initial;
  }

  get value(): T {
    return this.current;
  }

  set value(next: T) {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const listener of [...this.listeners]) listener(next);
  }

  watch(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    listener(this.current);
    return () => this.listeners.delete(listener);
  }
}

/** Calls `draw` at most once a frame, however often it is asked for. */
export function onceAFrame(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
