import { bytes, count, visible } from "../../shared/format.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Doctor } from "../../shared/wire/calls.ts";
import { engineNames } from "../../shared/words/engine-names.ts";
import { tellTrouble } from "../../shared/words/mends.ts";
import { words } from "../../shared/words/words.ts";
import type { App } from "../app.ts";
import { ask } from "./ask.ts";
import { follow } from "./follow.ts";
import { jsonLine } from "./line.ts";
import { type Permissions, readPermissions } from "./permissions.ts";
import { type Colour, paint } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** An engine that is still looked for by then is told as such. */
const patience = 10_000;

/** `tare doctor`: every engine, where it was looked for, whether it was found and what to do; and what this user may do. */
export async function doctor(app: App, json: boolean, terminal: Terminal): Promise<number> {
  await follow(
    app,
    terminal.signal,
    (world) => world.engines().every(({ state }) => state !== "searching"),
    patience,
  );
  const told = await ask(app, "doctor", {});
  const permissions = readPermissions();
  if (json) {
    terminal.print(
      jsonLine({
        ...told,
        engines: told.engines.map((status) => ({ ...status, mend: toldOf(status, terminal) })),
        permissions,
      }),
    );
    return 0;
  }
  for (const line of [
    ...host(told, terminal),
    "",
    ...engines(told, terminal),
    "",
    ...allowed(permissions, terminal),
  ])
    terminal.print(line);
  return 0;
}

function host({ version, node, facts, controllers }: Doctor, terminal: Terminal): readonly string[] {
  const say = terminal.say.doctor;
  return [
    paint(terminal, say.host, "bold"),
    `  Tare ${version}, Node ${node}`,
    `  ${visible(facts.os)}, ${visible(facts.kernel)}, ${visible(facts.cpu)}`,
    `  ${say.size(count(facts.threads), bytes(facts.memory))}`,
    `  ${say.cgroup(facts.cgroup)}, ${say.controllers(controllers.join(" "))}`,
  ];
}

const colours: { readonly [state in EngineStatus["state"]]: Colour } = {
  searching: "dim",
  ready: "container",
  silent: "over",
  lost: "over",
  absent: "dim",
  denied: "over",
};

function engines({ engines: all }: Doctor, terminal: Terminal): readonly string[] {
  const { doctor: say, engineStates } = terminal.say;
  const told = (status: EngineStatus) => {
    const trouble = toldOf(status, terminal);
    if (!trouble) return [];
    const cause = status.trouble?.cause;
    return [
      `    ${trouble.what}${cause ? ` (${visible(cause)})` : ""}`,
      `    ${trouble.mend}`,
      ...(trouble.command === null ? [] : [`      ${paint(terminal, trouble.command, "bold")}`]),
      ...(trouble.risk === null ? [] : [`      ${trouble.risk}`]),
    ];
  };
  return [
    paint(terminal, say.engines, "bold"),
    ...all.flatMap((status) => [
      [
        `  ${paint(terminal, engineNames[status.engine].padEnd(11), "bold")} ${paint(terminal, engineStates[status.state], colours[status.state])}`,
        ...(status.version === null ? [] : [say.version(visible(status.version))]),
        ...(status.where === null ? [] : [visible(status.where)]),
      ].join(", "),
      ...status.looked.map((one) => `    ${visible(one.where)}: ${one.found ? say.found : say.notFound}`),
      ...told(status),
    ]),
  ];
}

const toldOf = ({ engine, trouble }: EngineStatus, { language }: Terminal) =>
  trouble && tellTrouble(trouble, engine, words[language].engines);

function allowed({ user, cgroup, processes, kvm }: Permissions, terminal: Terminal): readonly string[] {
  const say = terminal.say.doctor;
  const line = (what: string, may: boolean) =>
    `  ${paint(terminal, may ? say.may : say.mayNot, may ? "container" : "over")}  ${what}`;
  return [
    paint(terminal, say.permissions, "bold"),
    ...(user === null ? [] : [`  ${say.user(user, user === 0)}`]),
    ...(cgroup === null ? [] : [line(say.limits(visible(cgroup.path)), cgroup.may)]),
    ...(processes === null ? [] : [line(say.helpers, processes)]),
    ...(processes === false ? [`      ${say.helpersMend}`] : []),
    ...(kvm === null ? [] : [line(say.kvm, kvm)]),
  ];
}
