/** The telemetry: four small plots of the last seconds. They are drawn a few times a second, and only while seen. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { h } from "../dom.ts";
import { SERIES, SPAN, type SeriesName, type Telemetry } from "../model/telemetry.ts";
import { t } from "../texts/index.ts";

const HEIGHT = 70;
const PAUSE = 200; // ms between two drawings

const RANGES: Record<SeriesName, (low: number, high: number) => [number, number]> = {
  speed: (_, high) => [0, Math.max(40, high * 1.1)],
  heading: () => [0, 360],
  acceleration: (_, high) => [0, Math.max(0.5, high * 1.1)],
  battery: () => [0, 100],
};

const TITLES: Record<SeriesName, string> = {
  speed: t.plotSpeed,
  heading: t.plotHeading,
  acceleration: t.plotAcceleration,
  battery: t.plotBattery,
};

export class Plots {
  readonly element = h("div", { class: "plots" });
  private telemetry: Telemetry | null = null;
  private plots: { name: SeriesName; plot: uPlot }[] = [];
  private drawn = -1;

  constructor() {
    setInterval(() => this.draw(), PAUSE);
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  show(telemetry: Telemetry): void {
    this.telemetry = telemetry;
    this.drawn = -1;
  }

  /** Builds the plots; again when the colours changed. */
  build(): void {
    for (const { plot } of this.plots) plot.destroy();
    this.element.replaceChildren();
    const style = getComputedStyle(document.documentElement);
    const [line, muted, accent] = ["--line", "--muted", "--accent"].map((name) => style.getPropertyValue(name).trim());
    this.plots = SERIES.map((name) => {
      const box = h("div", { class: "plot" }, h("h3", {}, TITLES[name]));
      this.element.append(box);
      const axis = { stroke: muted!, font: "10px system-ui", ticks: { show: false } };
      const plot = new uPlot(
        {
          width: 240,
          height: HEIGHT,
          legend: { show: false },
          cursor: { show: false },
          padding: [16, 6, 6, 0],
          scales: { x: { time: false }, y: { range: (_, low, high) => RANGES[name](low, high) } },
          axes: [
            { ...axis, show: false },
            { ...axis, size: 34, space: 24, gap: 3, grid: { stroke: line!, width: 1 } },
          ],
          series: [{}, { stroke: accent!, width: 1.8, points: { show: false }, spanGaps: false }],
        },
        [[], []],
        box,
      );
      return { name, plot };
    });
    this.resize();
    this.drawn = -1;
  }

  private draw(): void {
    const { telemetry, element } = this;
    const last = telemetry?.times.at(-1) ?? -1;
    if (!telemetry || last === this.drawn || document.hidden || element.offsetParent === null) return;
    this.drawn = last;
    for (const { name, plot } of this.plots) {
      plot.setData([telemetry.times, telemetry.values[name]], false);
      plot.setScale("x", { min: last - SPAN, max: last });
    }
  }

  private resize(): void {
    const width = this.element.clientWidth - 16;
    if (width <= 0) return;
    for (const { plot } of this.plots) plot.setSize({ width, height: HEIGHT });
  }
}
