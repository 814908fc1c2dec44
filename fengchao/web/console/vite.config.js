// Fixed names: Django's templates ask for console.css, console.js, charts.js and map.js; the version in the URL breaks caches.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../static/built/console",
    emptyOutDir: true,
    target: "chrome87",
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      checks: { eval: false }, // htmx has an eval that its configuration (base.html) and the page's policy forbid
      input: { console: "src/console.js", charts: "src/charts.js", map: "src/map/map.js" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
