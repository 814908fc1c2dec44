// Where one looks: wheel, drag, pinch, arrow keys and buttons move the viewBox, at most once a frame. `--k` is how many
// units of the sheet a pixel is, so that letters and marks stay as large as they can be read; each name says up to which
// it meets no other. It is told to these alone and when the hand rests. The numbers of buildings, and names where there
// are many, wait until then: letters of another size are laid out anew, which on an office PC costs more than all outlines
// together.

const CLOSEST = 60; // of the whole width
const RESTS = 150; // milliseconds
const NEAR = 0.5; // units a pixel: from here on buildings show their numbers,
const WALL = 1.6; // letters of a printed sheet are so much larger: it hangs on a wall
const FEW = 40; // or always, where there are only so many

export class View {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    const { width, height } = this.svg.viewBox.baseVal;
    this.whole = { x: 0, y: 0, width, height };
    this.now = { ...this.whole };
    this.pointers = new Map();
    this.watchers = [];
    this.numbers = figure.querySelector(".numbers");
    this.names = figure.querySelector(".names");
    this.fitted = figure.querySelectorAll("[data-fits]");
    this.letters = figure.querySelectorAll(".names, .numbers, .marks");
    figure.tabIndex = 0;
    this.#listen();
    this.draw();
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  #listen() {
    const { figure, svg } = this;
    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 100) / 300), this.#unit(event));
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      svg.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    }
    svg.addEventListener("click", (event) => this.dragged && event.preventDefault(), true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    figure.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) this.zoom(Number(button.dataset.zoom));
    });
    figure.addEventListener("keydown", (event) => this.#key(event));
    // On paper the whole sheet stands, wherever one was looking, in letters for a wall.
    window.addEventListener("beforeprint", () => {
      this.zoom(0);
      this.draw();
      clearTimeout(this.resting);
      this.#rest(this.k * WALL);
    });
    window.addEventListener("afterprint", () => this.draw());
  }

  // Where the pointer is on the sheet, which stands in the middle of its box.
  #unit(event) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    const { now, k } = this;
    return {
      x: now.x + now.width / 2 + (event.clientX - left - width / 2) * k,
      y: now.y + now.height / 2 + (event.clientY - top - height / 2) * k,
    };
  }

  get k() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (!width) return this.told ?? 1; // not on screen just now
    return Math.max(this.now.width / width, this.now.height / height);
  }

  #down(event) {
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.dragged = false;
  }

  #move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const after = { x: event.clientX, y: event.clientY };
    const moved = Math.hypot(after.x - before.x, after.y - before.y);
    if (!this.dragged && moved < 4) return;
    this.dragged = true;
    if (this.pointers.size === 2) this.#pinch(event.pointerId, before, after);
    else this.pan((before.x - after.x) * this.k, (before.y - after.y) * this.k);
    this.pointers.set(event.pointerId, after);
  }

  #pinch(id, before, after) {
    const [other] = [...this.pointers].filter(([key]) => key !== id).map(([, at]) => at);
    const apart = (at) => Math.hypot(at.x - other.x, at.y - other.y) || 1;
    this.zoom(apart(after) / apart(before), this.#unit({ clientX: other.x, clientY: other.y }));
  }

  #key(event) {
    if (event.target.closest("button")) return;
    const step = this.now.width / 10;
    const act = {
      ArrowLeft: () => this.pan(-step, 0), ArrowRight: () => this.pan(step, 0), ArrowUp: () => this.pan(0, -step),
      ArrowDown: () => this.pan(0, step), "+": () => this.zoom(1.5), "=": () => this.zoom(1.5),
      "-": () => this.zoom(1 / 1.5), 0: () => this.zoom(0),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // Closer by `factor` around a point that stays where it is; 0 shows everything.
  zoom(factor, around = { x: this.now.x + this.now.width / 2, y: this.now.y + this.now.height / 2 }) {
    const { whole, now } = this;
    const width = factor ? Math.min(whole.width, Math.max(whole.width / CLOSEST, now.width / factor)) : whole.width;
    const scale = width / now.width;
    this.now = {
      x: around.x - (around.x - now.x) * scale, y: around.y - (around.y - now.y) * scale,
      width, height: now.height * scale,
    };
    this.#inside();
    this.#soon();
  }

  pan(x, y) {
    this.now.x += x;
    this.now.y += y;
    this.#inside();
    this.#soon();
  }

  #inside() {
    const { whole, now } = this;
    now.x = Math.min(Math.max(now.x, 0), whole.width - now.width);
    now.y = Math.min(Math.max(now.y, 0), whole.height - now.height);
  }

  #soon() {
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    const { svg, now } = this;
    svg.setAttribute("viewBox", `${now.x} ${now.y} ${now.width} ${now.height}`);
    const k = this.k;
    if (k !== this.told) {
      this.numbers?.toggleAttribute("hidden", true);
      if (this.names?.childElementCount > FEW) this.names.toggleAttribute("hidden", true);
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.#rest(k), this.told ? RESTS : 0);
    }
    for (const watch of this.watchers) watch(now, k);
  }

  #rest(k) {
    this.told = k;
    for (const group of this.letters) group.style.setProperty("--k", k.toFixed(3));
    for (const name of this.fitted) name.toggleAttribute("hidden", k > name.dataset.fits);
    this.names?.toggleAttribute("hidden", false);
    this.numbers?.toggleAttribute("hidden", k >= NEAR && this.numbers.childElementCount > FEW);
    this.svg.style.touchAction = this.now.width < this.whole.width ? "none" : "pan-y";
  }
}
