/** A stream of `bolt-messages/1` folded into its messages, so that a late comer sees what the others saw. */

import type { Item, Message } from "../protocol.ts";

export class Transcript {
  private readonly byId = new Map<string, Message>();
  private readonly growing = new Set<string>();

  constructor(messages: readonly Message[] = []) {
    for (const message of messages) this.byId.set(message.id, message);
  }

  /** In their order, the growing ones as far as they are there. */
  get messages(): Message[] {
    return [...this.byId.values()];
  }

  get(id: string): Message | undefined {
    return this.byId.get(id);
  }

  isGrowing(id: string): boolean {
    return this.growing.has(id);
  }

  /** Takes in the next item. Returns the message that is new or changed, if one is. */
  add(item: Item): Message | undefined {
    switch (item.item) {
      case "began": {
        if (item.say === "") return undefined;
        return this.put({ id: `${item.turn}.0`, kind: "text", role: "person", text: item.say, memory: null });
      }
      case "head": {
        this.growing.add(item.id);
        return this.put({ id: item.id, kind: item.kind, role: item.role, text: "", memory: null });
      }
      case "chunk": {
        const message = this.byId.get(item.id);
        return message && this.put({ ...message, text: message.text + item.text });
      }
      case "tail": {
        this.growing.delete(item.message.id);
        return this.put(item.message);
      }
      case "ended": {
        this.growing.clear(); // a turn that was cut short leaves heads without tails
        return undefined;
      }
      default:
        return undefined;
    }
  }

  private put(message: Message): Message {
    this.byId.set(message.id, message);
    return message;
  }
}
