import { useChanges } from "../../../renderer/state/changes.ts";
import type { Ui } from "../../../renderer/state/ui.ts";
import type {
  Change,
  ChangeTrouble,
  ChangeWish,
  DiffLine,
  Mend,
  Prepared,
} from "../../../shared/model/change.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { mib, startOfTime, usual } from "../../fixtures/synthetic-bodies.ts";
import { type OpenPage, openPage } from "../page.tsx";

/** Fetched when it is shown first, which takes longer than a test waits on a busy machine. */
await import("../../../renderer/views/limits/limits-view.tsx");

const loki = usual().find(({ instance }) => instance.name === "observ-loki-1")?.instance;
if (!loki) throw new Error("no loki");
export const { id, name } = loki;

const line = (kind: DiffLine["kind"], number: number | null, text: string): DiffLine => ({
  kind,
  line: number,
  text,
});

/** The machine's side of changes, as a page sees it: one container under 192 MiB. */
export type Machine = {
  limit: number | null;
  use: number;
  /** This door asks in a dialog of its own. */
  asks: boolean;
  /** What the next prepare, commit or undo is refused with. */
  refusePrepare: ChangeTrouble | null;
  refuseCommit: ChangeTrouble | null;
  refuseUndo: ChangeTrouble | null;
  /** null: no file made it. */
  file: "compose" | "unclear" | null;
  readonly changes: Change[];
  readonly wishes: ChangeWish[];
};

export const trouble = (code: ChangeTrouble["code"], cause: string | null = null): ChangeTrouble => ({
  code,
  where: "/srv/observ/compose.yaml",
  cause,
});

function handlersOf(machine: Machine): Partial<Handlers> {
  let nonce = 0;
  let prepared: Prepared | null = null;
  const mends = (to: number): readonly Mend[] => {
    const amount = `${Math.round(to / mib)}m`;
    const command: Mend = {
      target: "docker",
      now: true,
      text: `docker update --memory ${amount} --memory-swap ${amount} ${name}`,
      file: null,
      appliable: true,
      trouble: null,
    };
    const file: Mend = {
      target: "compose",
      now: false,
      text: `services:\n  loki:\n    mem_limit: ${amount}\n`,
      file: {
        path: "/srv/observ/compose.yaml",
        diff: [
          line("same", 18, "  loki:"),
          line("same", 19, "    image: grafana/loki:3.1"),
          line("removed", 20, "    mem_limit: 192m  # enough for a week"),
          line("added", 20, `    mem_limit: ${amount}  # enough for a week`),
          line("same", 21, "    cpus: 0.5"),
        ],
      },
      appliable: machine.file === "compose",
      trouble: machine.file === "unclear" ? trouble("file-unclear", "$LOKI_MEMORY") : null,
    };
    return machine.file === null ? [command] : [command, file];
  };
  return {
    mends: ({ to }) => mends(to),
    prepareChange(wish) {
      machine.wishes.push(wish);
      if (machine.refusePrepare) return { trouble: machine.refusePrepare };
      const floor = machine.use * 1.1;
      const dangerous = wish.now && wish.to < floor;
      prepared = {
        nonce: `${++nonce}`,
        until: startOfTime + 60_000,
        instance: id,
        name,
        resource: wish.resource,
        from: machine.limit,
        // As the real one: whole MiB.
        to: Math.round(wish.to / mib) * mib,
        use: machine.use,
        parts: { own: machine.use - 23 * mib, kernel: 5 * mib, cache: 18 * mib },
        floor,
        dangerous,
        needsName: dangerous || !machine.asks,
        steps: mends(wish.to),
        inspect: [
          line("removed", null, `Memory      ${machine.limit ?? 0}`),
          line("added", null, `Memory      ${wish.to} (${Math.round(wish.to / mib)} MiB)`),
        ],
      };
      return prepared;
    },
    commitChange({ nonce: given, name: typed }) {
      if (machine.refuseCommit) return { trouble: machine.refuseCommit };
      if (prepared === null || given !== prepared.nonce) return { trouble: trouble("expired") };
      if (prepared.needsName && typed !== name) return { trouble: trouble("name") };
      const change: Change = {
        id: machine.changes.length + 1,
        at: startOfTime,
        instance: id,
        name,
        resource: prepared.resource,
        from: machine.limit,
        to: prepared.to,
        readBack: prepared.to,
        file: machine.file === "compose" ? "/srv/observ/compose.yaml" : null,
        state: "applied",
        undoable: true,
        trouble: null,
      };
      machine.limit = prepared.to;
      machine.changes.unshift(change);
      return { change };
    },
    undoChange({ id: which, name: typed }) {
      if (machine.refuseUndo) {
        const refused = machine.refuseUndo;
        if (typed === name) machine.refuseUndo = null;
        else return { trouble: refused };
      }
      const at = machine.changes.findIndex((one) => one.id === which);
      const change = machine.changes[at];
      if (!change) return { trouble: trouble("gone") };
      const undone: Change = { ...change, state: "undone", undoable: false, readBack: change.from };
      machine.changes[at] = undone;
      machine.limit = change.from;
      return { change: undone };
    },
    changes: () => machine.changes,
  };
}

/** The page on Limits with one finding, whose proposal is 320 MiB (or `to`), and the machine behind it. */
export async function openApply(
  given: Partial<Machine> & { readonly to?: number } = {},
  ui: Partial<Ui> = {},
): Promise<OpenPage & { readonly machine: Machine }> {
  useChanges.setState({ list: null, failed: false });
  const { to = 320 * mib, ...rest } = given;
  const machine: Machine = {
    limit: 192 * mib,
    use: 191 * mib,
    asks: true,
    refusePrepare: null,
    refuseCommit: null,
    refuseUndo: null,
    file: "compose",
    changes: [],
    wishes: [],
    ...rest,
  };
  const finding = madeFinding({
    rule: "memory-killed",
    severity: "critical",
    instance: id,
    openedAt: startOfTime,
    facts: { kills: 2, limit: 192 * mib },
    proposal: {
      resource: "memory",
      from: machine.limit,
      to,
      basis: { peak: 192 * mib, p99: 190 * mib, over: 3_600_000, headroom: 0.25, sure: "never-unhindered" },
    },
  });
  const page = await openPage(
    [0, 1].map((second) => frameOf(usual(), second, second === 0 ? { findings: [finding] } : {})),
    { screen: "limits", selected: id, ...ui },
    handlersOf(machine),
  );
  return { ...page, machine };
}
