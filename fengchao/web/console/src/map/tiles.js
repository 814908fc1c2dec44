// The base map: square pictures of a Web Mercator source, laid under the drawing where one looks.

const NAMESPACE = "http://www.w3.org/2000/svg";
const PIXELS = 256;
const MOST = 80; // pictures on screen

export function start(view) {
  const { tiles: address, west, north, unit, height } = view.svg.dataset;
  const place = view.svg.querySelector(".tiles");
  const shown = new Map();

  view.watchers.push((now, k) => {
    const perPixel = Number(unit) * k; // widths of the world
    const level = Math.max(0, Math.min(18, Math.round(-Math.log2(perPixel * PIXELS))));
    const count = 2 ** level;
    const size = 1 / count / Number(unit); // units of the sheet
    const bottom = Math.min(now.y + now.height, Number(height)); // below the map stands the schematic
    const [left, right] = [now.x, now.x + now.width].map((x) => tile(x, Number(west), Number(unit), count));
    const [top, last] = [now.y, bottom].map((y) => tile(y, Number(north), Number(unit), count));
    if ((right - left + 1) * (last - top + 1) > MOST) return;
    const wanted = new Set();
    for (let x = left; x <= right; x++) for (let y = top; y <= last; y++) wanted.add(`${level}/${x}/${y}`);
    for (const [key, image] of shown) if (!wanted.has(key)) image.remove(), shown.delete(key);
    for (const key of wanted) if (!shown.has(key)) shown.set(key, add(key));

    function add(key) {
      const [z, x, y] = key.split("/").map(Number);
      const image = document.createElementNS(NAMESPACE, "image");
      image.setAttribute("href", address.replace("{z}", z).replace("{x}", x).replace("{y}", y));
      image.setAttribute("x", (x / count - Number(west)) / Number(unit));
      image.setAttribute("y", (y / count - Number(north)) / Number(unit));
      image.setAttribute("width", size);
      image.setAttribute("height", size);
      place.append(image);
      return image;
    }
  });
  view.draw();
}

function tile(at, origin, unit, count) {
  return Math.max(0, Math.min(count - 1, Math.floor((origin + at * unit) * count)));
}
