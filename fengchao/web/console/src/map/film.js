// A day again: ten minutes after ten minutes each place takes the colour it had. Only what changes is touched.

const SECONDS = 0.12; // for ten minutes
const STEPS = 5;

export function start(player, svg) {
  const film = JSON.parse(document.getElementById(player.dataset.film).textContent);
  const slider = player.querySelector("input[type=range]");
  const button = player.querySelector("[data-play]");
  const words = [button.textContent, button.dataset.pauseWords];
  const places = placesOf(film, svg);
  let playing = null;

  svg.classList.remove("left");
  svg.classList.add("done");
  show(Number(slider.value));
  slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
  button.addEventListener("click", () => (playing ? stop() : play()));

  function play() {
    const from = Number(slider.value) >= film.last ? film.first : Number(slider.value);
    button.textContent = words[1];
    let begun = null;
    const step = (time) => {
      begun ??= time;
      const slot = Math.min(film.last, from + Math.floor((time - begun) / 1000 / SECONDS));
      if (slot !== Number(slider.value)) show(slot);
      if (slot >= film.last) stop();
      else playing = requestAnimationFrame(step);
    };
    playing = requestAnimationFrame(step);
  }

  function stop() {
    if (playing) cancelAnimationFrame(playing);
    playing = null;
    button.textContent = words[0];
  }

  function show(slot) {
    slider.value = slot;
    const minutes = Math.min((slot + 1) * 10, 24 * 60);
    const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    player.querySelector("[data-time]").textContent = clock;
    slider.setAttribute("aria-valuetext", clock);
    player.querySelector("[data-visits]").textContent = film.visits.slice(0, slot + 1).reduce((sum, n) => sum + n, 0);
    for (const place of places) colour(place, slot);
  }
}

function placesOf(film, svg) {
  return [...svg.querySelectorAll("[data-key]")].map((path) => {
    const key = path.dataset.key;
    return { path, steps: film.done[key] ?? [], total: film.totals[key] ?? 0, name: path.querySelector("title") };
  });
}

function colour(place, slot) {
  const done = doneAt(place.steps, slot);
  const step = place.total ? `s-${Math.min(STEPS, Math.floor((done * STEPS) / place.total))}` : "s-empty";
  if (place.step === step) return;
  place.step = step;
  place.path.setAttribute("class", `${place.path.classList[0]} ${step}`);
}

// The last change at or before a slot, by halving.
function doneAt(steps, slot) {
  let low = 0, high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= slot) low = middle + 1;
    else high = middle;
  }
  return low ? Math.max(0, steps[low - 1][1]) : 0;
}
