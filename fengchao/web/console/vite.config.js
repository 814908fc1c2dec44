// Fixed names: Django's templates ask for console.css, console.js, charts.js and map.js; the version in the URL breaks caches.
import { defineConfig } from "vite";
import { fallbacks } from "./fallbacks.js";

export default defineConfig({
  base: "./",
  css: { postcss: { plugins: [fallbacks()] } },
  build: {
    outDir: "../static/built/console",
    emptyOutDir: true,
    target: "chrome86", // with firefox78, which can what it can, the floor the guide states: office PCs of 2020
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      checks: { eval: false }, // htmx has an eval that its configuration (base.html) and the page's policy forbid
      input: { console: "src/console.js", charts: "src/charts.js", map: "src/map/map.js" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
