// From runs to a table.

import { FIGURES } from "./scenarios.mjs";

/** A Markdown table of medians. `runs` is by scenario name, then by side, a list of hubload's results. */
export function table(scenarios, runs, names) {
  const lines = [
    `| scenario | figure | ${names.ours} | ${names.theirs} | ratio |`,
    "|---|---|---|---|---|",
  ];
  for (const scenario of scenarios) {
    const { ours, theirs } = runs.get(scenario.name);
    scenario.figures.forEach((key, row) => {
      const figure = FIGURES[key];
      const mine = ours.map(figure.of);
      const other = theirs.map(figure.of);
      const ratio = median(mine) / median(other);
      const saturated = [...ours, ...theirs].some((run) => run.generator.saturated) ? " †" : "";
      lines.push(
        `| ${row === 0 ? scenario.title : ""} | ${figure.unit(ours[0])} | ${shown(mine)} | ${shown(other)} |` +
          ` ${Number.isFinite(ratio) ? ratio.toFixed(2) : "-"}${mark(ratio, figure.better)}${saturated} |`,
      );
    });
  }
  return lines.join("\n");
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median, with the least and the greatest where there are several. */
function shown(values) {
  const whole = number(median(values));
  return values.length === 1 ? whole : `${whole} (${number(Math.min(...values))}-${number(Math.max(...values))})`;
}

function number(value) {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function mark(ratio, better) {
  const good = better === "more" ? ratio > 1 : ratio < 1;
  return Number.isFinite(ratio) && good ? " +" : "";
}
