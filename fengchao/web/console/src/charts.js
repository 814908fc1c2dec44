// Charts, loaded only by pages that have one: <div data-chart="ID of a json_script"></div>, with a table beside it for
// who cannot see it.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

for (const place of document.querySelectorAll("[data-chart]")) {
  const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption({ aria: { enabled: true, decal: { show: true } }, animation: false, ...option });
  window.addEventListener("resize", () => chart.resize());
}
