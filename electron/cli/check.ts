import { visible } from "../../shared/format.ts";
import type { Finding } from "../../shared/model/finding.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Tick } from "../../shared/model/tick.ts";
import type { Millis } from "../../shared/model/units.ts";
import { judging } from "../../shared/rules/judging.ts";
import { hostRules, rules } from "../../shared/rules/rules.ts";
import { worstFirst } from "../../shared/rules/worst-first.ts";
import { words } from "../../shared/words/words.ts";
import type { App } from "../app.ts";
import { checkJson } from "./check/check-json.ts";
import { checkLines } from "./check/check-lines.ts";
import { junit } from "./check/junit.ts";
import { fails, type Report } from "./check/report.ts";
import { reported } from "./check/reported.ts";
import { sarif } from "./check/sarif.ts";
import type { CheckCommand } from "./check-args.ts";
import { matches } from "./glob.ts";
import { jsonLine } from "./line.ts";
import type { Terminal } from "./terminal.ts";
import { troubleLines } from "./troubles.ts";

/** All that was there while it was looked, and what was found of it, also what is over by now. */
type Seen = {
  readonly instances: ReadonlyMap<string, Instance>;
  readonly findings: readonly Finding[];
  readonly from: Millis;
  readonly to: Millis;
};

/**
 * `tare check`: looks for as long as it was asked to, or through the whole of a recording, and says what is over its limits.
 * 1 where something is found that it was to fail on, also if it is over by now; else 0.
 */
export async function check(
  app: App,
  command: CheckCommand,
  version: string,
  terminal: Terminal,
): Promise<number> {
  const { source } = app;
  const seen = source.live ? await look(app, command.for, terminal) : through(app);
  const meant = (id: string | null) => {
    if (command.only.length === 0) return true;
    const instance = id === null ? undefined : seen.instances.get(id);
    const names = instance ? [instance.name, instance.group ?? "", instance.id] : [];
    return command.only.some((pattern) => names.some((name) => matches(pattern, name)));
  };
  const instanceOf = ({ instance }: Finding) =>
    instance === null ? null : (seen.instances.get(instance) ?? null);
  const instances = [...seen.instances.values()].filter(({ id }) => meant(id));
  const say = words[terminal.language];
  const report: Report = {
    version,
    host: source.facts.name,
    from: seen.from,
    to: seen.to,
    failOn: command.failOn,
    instances,
    found: seen.findings
      .filter(({ instance }) => meant(instance))
      .sort(worstFirst)
      .map((finding) => reported(finding, instanceOf(finding), source.facts.name, say)),
    ruleName: say.findings.rule,
  };
  print(report, command, terminal);
  return report.found.some(({ finding }) => fails(finding, command.failOn)) ? 1 : 0;
}

function print(report: Report, { format }: CheckCommand, terminal: Terminal): void {
  if (format === "json") terminal.print(jsonLine(checkJson(report)));
  else if (format === "sarif") terminal.print(jsonLine(sarif(report)));
  else if (format === "junit") terminal.write(junit(report));
  else for (const line of checkLines(report, terminal)) terminal.print(line);
}

/** This computer, from now on for `length` ms, or until Ctrl-C. */
async function look(app: App, length: Millis, terminal: Terminal): Promise<Seen> {
  const { source } = app;
  const seen = seeing(app);
  const over = new AbortController();
  const end = () => over.abort();
  terminal.signal.addEventListener("abort", end, { once: true });
  terminal.remark(terminal.say.checking(terminal.say.duration(length)));
  let engines: Tick["engines"] = [];
  let timer: NodeJS.Timeout | null = null;
  await new Promise<void>((resolve) => {
    over.signal.addEventListener("abort", () => resolve(), { once: true });
    if (terminal.signal.aborted) return end();
    source.listen((tick) => {
      seen.take(tick);
      engines = tick.engines;
      // It begins when every engine has answered, or won't: an engine takes a moment, and nobody wants that moment checked.
      if (timer === null && tick.engines.every(({ state }) => state !== "searching"))
        timer = setTimeout(end, length);
    }, over.signal);
  });
  if (timer) clearTimeout(timer);
  terminal.signal.removeEventListener("abort", end);
  for (const line of troubleLines(engines, terminal)) terminal.remark(visible(line, 1_000));
  return seen.all();
}

/** A recording, from its beginning to its end, as fast as it is read. */
function through(app: App): Seen {
  const { source } = app;
  source.steer({ position: Number.MAX_SAFE_INTEGER, playing: false });
  const seen = seeing(app);
  for (const tick of source.past(0)) seen.take(tick);
  return seen.all();
}

/** Judges ticks, and keeps what was there and what was found. */
function seeing({ source, thresholds }: Pick<App, "source" | "thresholds">) {
  const judge = judging(() => source.facts, rules, hostRules);
  const instances = new Map<string, Instance>();
  const findings = new Map<string, Finding>();
  let from: Millis | null = null;
  let to: Millis = 0;
  return {
    take(tick: Tick) {
      from ??= tick.at;
      to = tick.at;
      for (const instance of tick.came) instances.set(instance.id, instance);
      for (const finding of judge.take(tick, thresholds())) {
        const before = findings.get(finding.id);
        // The worst that it was is what is told: one that cleared as a warning was one.
        findings.set(finding.id, before ? worse(before, finding) : finding);
      }
    },
    all: (): Seen => ({ instances, findings: [...findings.values()], from: from ?? to, to }),
  };
}

const worse = (before: Finding, now: Finding): Finding =>
  fails(now, "critical") || !fails(before, "critical") ? now : { ...before, clearedAt: now.clearedAt };
