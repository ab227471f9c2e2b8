/** A sheet that lies over the left side of the page, so that the robot stays in sight. One at a time. */

import { h, iconButton } from "../dom.ts";
import { t } from "../texts/index.ts";

export interface Sheet {
  title: string;
  body: HTMLElement;
  /** Called when it goes. */
  onClose?: () => void;
}

let open: { element: HTMLElement; sheet: Sheet; opener: Element | null } | null = null;

export function openSheet(sheet: Sheet): void {
  closeSheet();
  const element = h(
    "section",
    { class: "sheet", role: "dialog", "aria-label": sheet.title },
    h("div", { class: "panel-head" }, h("h2", {}, sheet.title), iconButton("close", t.close, closeSheet)),
    sheet.body,
  );
  open = { element, sheet, opener: document.activeElement };
  document.getElementById("app")!.append(element);
  const first = element.querySelector<HTMLElement>(".sheet-body button, .sheet-body input, .sheet-body [tabindex]");
  (first ?? element.querySelector("button"))?.focus();
}

/** Returns whether there was one. */
export function closeSheet(): boolean {
  if (!open) return false;
  const { element, sheet, opener } = open;
  open = null;
  element.remove();
  sheet.onClose?.();
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  return true;
}
