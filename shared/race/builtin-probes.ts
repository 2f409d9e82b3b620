import type { Probe, Subject } from "../model/race.ts";

type BuiltinName = Extract<Subject, { kind: "builtin" }>["name"];

/** When each built-in workload is ready; the web server listens above 1,024, so that it needs no privilege. */
export const builtinProbes = {
  true: { kind: "exit" },
  web: { kind: "port", port: 8080 },
  work: { kind: "exit" },
} as const satisfies Readonly<Record<BuiltinName, Probe>>;
