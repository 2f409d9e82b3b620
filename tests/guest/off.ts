import { startApp } from "../../electron/app.ts";
import type { listLine } from "../../electron/cli/line.ts";
import { list } from "../../electron/cli/list.ts";
import { hostControllers } from "../../electron/machine/cgroup-controllers.ts";
import type { Sample } from "../../shared/figures.ts";
import type { Finding } from "../../shared/model/finding.ts";
import { words } from "../../shared/words/words.ts";
import { make, start } from "./boxes.ts";
import { filesOf, tell, until } from "./kernel.ts";

// Runs inside a guest whose kernel was told cgroup_disable=memory, as a Raspberry Pi's is: the whole app over one container
// that holds 24 MiB, and `tare list --json` beside it.

/** What came of it. */
export type Off = {
  readonly controllers: readonly string[] | null;
  readonly files: Readonly<Record<string, string | null>>;
  readonly line: ReturnType<typeof listLine>;
  readonly sample: Sample;
  readonly findings: readonly Finding[];
};

const name = "tare-off";
const id = `lxc:${name}`;
const folder = make(`lxc.payload.${name}`);
start(folder, "dd if=/dev/zero bs=24M count=1 | sleep 1000");
const app = await startApp({
  ...{ version: "0", replay: null, sample: null, services: false },
  dataDirectory: "/tmp/tare",
});
const stop = new AbortController();
let sample: Sample | null = null;
app.source.listen(({ samples }) => {
  sample = samples.get(id) ?? sample;
}, stop.signal);
await until("it is found", () => app.findings.open().some(({ rule }) => rule === "controller-off"));
const lines: string[] = [];
await list(
  app,
  { json: true, directory: null },
  {
    print: (line) => void lines.push(line),
    remark: () => undefined,
    write: () => undefined,
    ...{
      colour: false,
      screen: false,
      offset: 0,
      say: words.en.terminal,
      language: "en",
      pageLanguage: null,
    },
    signal: stop.signal,
  },
);
tell("off", {
  controllers: hostControllers(),
  files: filesOf(folder),
  line: lines.map((line) => JSON.parse(line)).find((line) => line.id === id),
  sample,
  findings: app.findings.open(),
});
process.exit(0);
