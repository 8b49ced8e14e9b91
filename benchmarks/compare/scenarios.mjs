// What is compared. A scenario is a line: what it is called, what hubload does, and which figures count.

/** How to read a figure out of hubload's JSON, and how to show it. `better` says which way is good. */
export const FIGURES = {
  rate: { of: (run) => run.rate, unit: (run) => `${run.unit}/s`, better: "more" },
  cpu: { of: (run) => run.server.cpu_us_per_op, unit: (run) => `server CPU µs per ${singular(run.unit)}`, better: "less" },
  p50: { of: (run) => latency(run).p50, unit: () => "p50 µs", better: "less" },
  p99: { of: (run) => latency(run).p99, unit: () => "p99 µs", better: "less" },
  memory: { of: (run) => run.server.rss_per_connection, unit: () => "memory bytes per connection", better: "less" },
  connectRate: { of: (run) => run.connect_rate, unit: () => "connections opened/s, cold", better: "more" },
};

const LOAD = ["rate", "cpu", "p50", "p99"];

export const SCENARIOS = [
  { name: "echo-1", title: "echo, 50 connections, 1 in flight", load: ["echo", "-c", "50", "-d", "1"], figures: LOAD },
  { name: "echo-10", title: "echo, 50 connections, 10 in flight", load: ["echo", "-c", "50", "-d", "10"], figures: LOAD },
  { name: "echo-paced", title: "echo, 50 connections, 2,000/s in all", load: ["echo", "-c", "50", "--pace", "2000"], figures: ["cpu", "p50", "p99"] },
  { name: "echo-sse", title: "echo over server-sent events, 50 connections", load: ["echo", "-c", "50", "-x", "sse"], figures: LOAD },
  { name: "echo-lp", title: "echo over long polling, 50 connections", load: ["echo", "-c", "50", "-x", "lp"], figures: LOAD },
  { name: "broadcast", title: "broadcast to 500 connections", load: ["broadcast", "-c", "500", "-d", "4"], figures: LOAD },
  { name: "broadcast-sse", title: "broadcast to 500 connections over server-sent events", load: ["broadcast", "-c", "500", "-x", "sse"], figures: LOAD },
  { name: "stream", title: "streams of 1,000 items, 20 connections", load: ["stream", "-c", "20", "-d", "1", "--count", "1000"], figures: LOAD },
  { name: "upload", title: "uploads of 1,000 texts, 20 connections", load: ["upload", "-c", "20", "-d", "16", "--count", "1000"], figures: LOAD },
  { name: "idle", title: "2,000 idle connections", load: ["idle", "-c", "2000"], figures: ["memory", "connectRate"] },
  { name: "connect", title: "connect and close, 20 at a time", load: ["connect", "-c", "20"], figures: LOAD },
];

function latency(run) {
  return run.latency_us.count > 0 ? run.latency_us : run.connect_latency_us;
}

function singular(unit) {
  return unit === "deliveries" ? "delivery" : unit.replace(/s$/, "");
}
