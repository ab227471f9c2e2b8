/** CodeMirror, set up for the robot's programs. It lives in a shadow root, so that its styles need no exception of the page's security policy. */

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, StateEffect, StateField, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { NO_PROGRAM, type Program } from "./model/program.ts";
import { t } from "./texts/index.ts";

const setMarks = StateEffect.define<Program>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(old, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return marksOf(effect.value, transaction.state.doc);
    }
    return old.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The words of an error, under the line that it is about. */
class ErrorLine extends WidgetType {
  constructor(private readonly text: string) {
    super();
  }

  override eq(other: ErrorLine): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("div");
    element.className = "cm-error";
    element.textContent = this.text;
    return element;
  }
}

function marksOf(program: Program, text: Text): DecorationSet {
  const found: Range<Decoration>[] = [];
  const tracks = new Map<number, string[]>();
  for (const [track, line] of Object.entries(program.lines)) {
    if (line >= 1 && line <= text.lines) tracks.set(line, [...(tracks.get(line) ?? []), track]);
  }
  for (const [line, names] of tracks) {
    const attributes = { "data-tracks": names.join(" "), "aria-current": "step" };
    found.push(Decoration.line({ class: "cm-running", attributes }).range(text.line(line).from));
  }
  if (program.error) {
    const line = text.line(Math.min(text.lines, Math.max(1, program.error.line ?? text.lines)));
    found.push(Decoration.line({ class: "cm-failed" }).range(line.from));
    found.push(Decoration.widget({ widget: new ErrorLine(program.error.text), block: true, side: 1 }).range(line.to));
  }
  return Decoration.set(found, true);
}

const colors = HighlightStyle.define([
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "tok-number" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "tok-function" },
  { tag: tags.definition(tags.variableName), class: "tok-definition" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "13.5px", color: "var(--text)", backgroundColor: "transparent" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-content": { outline: "none" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "none", paddingLeft: "8px" },
  ".cm-line": { padding: "0 14px 0 8px", borderLeft: "3px solid transparent" },
  ".cm-running": { backgroundColor: "var(--running)", borderLeftColor: "#e8a317" },
  ".cm-failed": { backgroundColor: "var(--bad-soft)", borderLeftColor: "var(--bad)" },
  ".cm-error": {
    padding: "4px 14px 6px 14px",
    backgroundColor: "var(--bad-soft)",
    color: "var(--bad)",
    whiteSpace: "pre-wrap",
    fontSize: "12.5px",
  },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "var(--accent-soft)" },
  ".tok-keyword": { color: "var(--tok-keyword)" },
  ".tok-string": { color: "var(--tok-string)" },
  ".tok-number": { color: "var(--tok-number)" },
  ".tok-comment": { color: "var(--muted)", fontStyle: "italic" },
  ".tok-function": { color: "var(--tok-function)" },
  ".tok-definition": { fontWeight: "600" },
});

export class CodeEditor {
  private readonly view: EditorView;
  private readonly writable = new Compartment();

  constructor(place: HTMLElement, { onChange, onRun }: { onChange: () => void; onRun: () => void }) {
    const root = place.attachShadow({ mode: "open" });
    const run = { key: "Mod-Enter", run: () => (onRun(), true) };
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          history(),
          python(),
          indentUnit.of("    "),
          syntaxHighlighting(colors),
          marks,
          look,
          this.writable.of([]),
          // Tab leaves the editor after Escape, as everywhere in CodeMirror.
          keymap.of([run, indentWithTab, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ "aria-label": t.codeLabel, tabindex: "0" }),
          EditorView.updateListener.of((update) => update.docChanged && onChange()),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Shows a program as it is now; while it is being written only what is new is put in, and nobody else may write. */
  show(program: Program): void {
    const before = this.text;
    const grows = before !== "" && program.text.startsWith(before);
    const changes = grows
      ? { from: before.length, insert: program.text.slice(before.length) }
      : { from: 0, to: before.length, insert: program.text };
    const locked = program.status === "writing";
    this.view.dispatch({
      changes: before === program.text ? undefined : changes,
      effects: this.writable.reconfigure(locked ? EditorState.readOnly.of(true) : []),
    });
    this.mark(program);
    if (locked) this.view.scrollDOM.scrollTop = this.view.scrollDOM.scrollHeight;
  }

  /** Marks the lines that run, and the error, in whatever text there is. */
  mark(program: Program): void {
    this.view.dispatch({ effects: setMarks.of(program) });
    const running = Object.values(program.lines)[0];
    if (running === undefined || running > this.view.state.doc.lines) return;
    this.view.dispatch({
      effects: EditorView.scrollIntoView(this.view.state.doc.line(running).from, { y: "nearest" }),
    });
  }

  replace(text: string): void {
    this.show({ ...NO_PROGRAM, text });
  }

  get hasFocus(): boolean {
    return this.view.hasFocus;
  }

  focus(): void {
    this.view.focus();
  }
}
