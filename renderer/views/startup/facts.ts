import { milliseconds, tick, visible, wholeBytes } from "../../../shared/format.ts";
import type { HostFacts } from "../../../shared/model/host.ts";
import type { Environment, LabPart, Wish } from "../../../shared/model/race.ts";
import { dockerName } from "../../../shared/race/docker-name.ts";
import type { Words } from "../../../shared/words/words.ts";

type EnvironmentWords = Words["startup"]["environment"];
const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== "").join(", ");

/** Where a race ran, as short lines for the foot. All of it foreign text, made visible. */
export function environmentLines(
  {
    cpu,
    threads,
    os,
    docker,
    storage,
    cgroup,
    qemu,
    accelerator,
    machine,
    kernel,
    boot,
    overhead,
  }: Environment,
  words: EnvironmentWords,
): readonly string[] {
  const lines = [
    words.threads(cpu, threads),
    os,
    docker === null
      ? ""
      : joined([
          dockerName(docker),
          storage,
          cgroup === null ? null : words.cgroup(cgroup.replace(/^v?/, "v")),
        ]),
    qemu === null
      ? ""
      : joined([
          words.qemu(qemu),
          accelerator === null ? null : accelerator.toUpperCase(),
          machine,
          boot === null ? null : words.boots[boot],
          kernel === null ? null : words.kernel(kernel),
        ]),
    overhead === null ? "" : words.overhead(`${milliseconds(overhead)} ms`),
  ];
  return lines.filter((line) => line !== "").map((line) => visible(line, 160));
}

/** What was wished: image, size and probe. */
export function wishLines(
  { cpus, memory, probe }: Wish,
  image: string,
  words: EnvironmentWords,
): readonly string[] {
  const size = joined([image, words.cpus(tick(cpus)), wholeBytes(memory)]);
  const ready =
    probe.kind === "port"
      ? words.ready.port(`${probe.port}`)
      : probe.kind === "line"
        ? words.ready.line(probe.pattern)
        : words.ready[probe.kind];
  return [size, ready].map((line) => visible(line, 160));
}

/** The same before a race: what is known of this computer and its parts. */
export function computerLines(
  facts: HostFacts | null,
  parts: readonly LabPart[] | null,
  words: EnvironmentWords,
): readonly string[] {
  const value = (name: LabPart["part"]) =>
    parts?.find(({ part, state }) => part === name && state === "ready")?.value ?? null;
  const known = (name: LabPart["part"]) =>
    parts?.some(({ part, state }) => part === name && state === "missing");
  const [docker, qemu] = [value("docker"), value("qemu")];
  const lines = [
    facts === null ? "" : words.threads(facts.cpu, facts.threads),
    facts?.kernel ?? "",
    docker !== null ? dockerName(docker) : known("docker") ? words.noDocker : "",
    qemu !== null
      ? joined([words.qemu(qemu), value("accelerator")?.toUpperCase() ?? null, value("machine")])
      : known("qemu")
        ? words.noQemu
        : "",
  ];
  return lines.filter((line) => line !== "").map((line) => visible(line, 160));
}
