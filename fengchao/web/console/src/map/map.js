// The map, loaded only by pages that have one: the server has drawn it as SVG, here it is moved, filled with a base map
// if there is one, and played as a film.
import { start as film } from "./film.js";
import { start as tiles } from "./tiles.js";
import { View } from "./view.js";

for (const figure of document.querySelectorAll("[data-map]")) {
  const view = new View(figure);
  const svg = view.svg;
  if (svg.dataset.tiles) tiles(view);
  const player = document.querySelector("[data-film]");
  if (player) film(player, svg);
}
