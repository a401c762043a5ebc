// Plots over time, by uPlot, in the colours of the page.

const LIBRARY = '/webjars/uplot/1.6.30/dist/uPlot.iife.min.js';
const HEIGHT = 140;

let library = null;

/** uPlot, loaded by the first page that draws. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = LIBRARY;
    script.addEventListener('load', () => resolve(window.uPlot));
    script.addEventListener('error', () => reject(new Error('The plots could not be loaded.')));
    document.head.append(script);
  });
  return library;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One plot in `root`, with lines `{label, colour, fill, dash}`; colours are names of custom properties. `values(number)` writes a value. */
export class Plot {
  #root;
  #lines;
  #values;
  #plot = null;
  #data = null;
  #resized = new ResizeObserver(() => this.#fit());
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #recolour = () => this.#make();

  constructor(root, lines, values) {
    this.#root = root;
    this.#lines = lines;
    this.#values = values;
    this.#dark.addEventListener('change', this.#recolour);
    this.#resized.observe(root);
  }

  /** `times` in seconds, and an array of numbers or null for each line. */
  async show(times, ...series) {
    const first = this.#data === null;
    this.#data = [times, ...series];
    if (first) await this.#make();
    else this.#plot?.setData(this.#data);
    this.#tellLatest();
  }

  /** Other lines, such as when another node has come. */
  async relabel(lines) {
    if (lines.map(({ label }) => label).join() === this.#lines.map(({ label }) => label).join()) return;
    this.#lines = lines;
    if (this.#data !== null) this.#plot?.destroy();
    this.#plot = null;
    this.#data = null;
  }

  destroy() {
    this.#resized.disconnect();
    this.#dark.removeEventListener('change', this.#recolour);
    this.#plot?.destroy();
    this.#plot = null;
    this.#data = null;
  }

  async #make() {
    const UPlot = await load();
    if (this.#data === null) return;
    this.#plot?.destroy();
    const axis = { stroke: colour('--soft'), font: '11px system-ui, sans-serif', grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    this.#plot = new UPlot({
      width: Math.max(200, this.#root.clientWidth),
      height: HEIGHT,
      padding: [8, 24, 0, 0],
      cursor: { y: false, points: { size: 6 } },
      legend: { live: true },
      hooks: { setCursor: [() => this.#tellLatest()] },
      scales: { y: { range: (self, min, max) => [0, Math.max(1, (max ?? 1) * 1.1)] } },
      axes: [
        { ...axis, size: 26, space: 76, values: (self, ticks, axis, space, step) => ticks.map((tick) => (step < 60 ? precise : clock).format(tick * 1000)) },
        { ...axis, size: 52, space: 34, values: (self, ticks) => ticks.map(this.#values) },
      ],
      series: [
        {},
        ...this.#lines.map((line) => ({
          label: line.label,
          stroke: colour(line.colour),
          fill: line.fill ? `${colour(line.colour)}22` : undefined,
          width: 1.75,
          dash: line.dash,
          points: { show: false },
          value: (self, value) => (value === null || value === undefined ? '\u2013' : this.#values(value)),
        })),
      ],
    }, this.#data, this.#root);
    this.#tellLatest();
  }

  // Where nobody points at a time, the legend has the newest values.
  #tellLatest() {
    const newest = this.#data[0].length - 1;
    if (this.#plot && newest >= 0 && this.#plot.cursor.idx == null) this.#plot.setLegend({ idx: newest }, false);
  }

  #fit() {
    if (this.#plot && this.#root.clientWidth > 0) this.#plot.setSize({ width: this.#root.clientWidth, height: HEIGHT });
  }
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
// Of a node that has just started there is less to show than a minute.
const precise = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
