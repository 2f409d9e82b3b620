import { afterEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { choose, type Ui } from "../../renderer/state/ui.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import { engine, engines, frameOf, trouble } from "../fixtures/synthetic.ts";
import { type Body, many, startOfTime, usual } from "../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "./accessible.ts";
import { leave, openPage, picture } from "./page.tsx";
import { shoot } from "./shoot.ts";

afterEach(leave);

const minute = (bodies: readonly Body[], more: (second: number) => Partial<Frame> = () => ({})) =>
  Array.from({ length: 60 }, (_, second) => frameOf(bodies, second, more(second)));
const vmsOf = (bodies: readonly Body[]) => bodies.filter(({ instance }) => instance.kind === "vm");
const nameless = (bodies: readonly Body[]) =>
  bodies.map((body, index) =>
    body.instance.kind === "vm"
      ? body
      : {
          ...body,
          instance: {
            ...body.instance,
            name: `3f9c21d0${(index * 7919 + 4096).toString(16)}`,
            image: null,
            imageSize: null,
            group: null,
            detailed: false,
          },
        },
  );
const recording = {
  name: "kestrel",
  from: startOfTime,
  to: startOfTime + 3_600_000,
  position: startOfTime + 2_958_000,
  playing: true,
  speed: 10,
  sample: false,
};
const crowd = [
  ...many(291),
  ...vmsOf(usual()).map((body, index) => ({ ...body, instance: { ...body.instance, slot: 300 + index } })),
];
const absent = (["docker", "podman", "libvirt", "qemu"] as const).map((name) => engine(name, "absent"));

type Case = {
  readonly frames: () => readonly Frame[];
  readonly ui?: Partial<Ui>;
  readonly says: readonly RegExp[];
};
const cases: { readonly [name: string]: Case } = {
  linear: {
    frames: () => minute(usual()),
    says: [
      /14 containers weigh 1\.89.GiB\. 3 VMs weigh 7\.\d\d.GiB\./,
      /The box alone: 14\.4.MiB for a container/,
    ],
  },
  log: { frames: () => minute(usual()), ui: { mode: "log" }, says: [/Median of each kind/, /18×/] },
  area: {
    frames: () => minute(usual()),
    ui: { mode: "area" },
    says: [/Equal areas are equal memory/, /Host page cache/],
  },
  table: { frames: () => minute(usual()), ui: { asTable: true }, says: [/In use MiB/] },
  engine: { frames: () => minute(usual()), ui: { group: "engine" }, says: [/libvirt/] },
  "no-vm": {
    frames: () => minute(usual().slice(0, 9)),
    says: [/No VM to compare with yet/, /Race one of these images as a VM/],
  },
  none: {
    frames: () => [frameOf([], 0, { engines: absent }), frameOf([], 1)],
    says: [/Nothing to weigh yet/, /Looked for/, /\/run\/docker\.sock/, /Replay the sample/],
  },
  idle: {
    frames: () => [frameOf([], 0), frameOf([], 1)],
    says: [/Nothing runs here/, /Docker, libvirt, QEMU answer/],
  },
  connecting: { frames: () => [], says: [/Connecting/] },
  loading: {
    frames: () => {
      const read = usual().filter((_, index) => index < 4 || index > 13);
      return [0, 1].map((second) => ({ ...frameOf(usual(), second), rows: frameOf(read, second).rows }));
    },
    says: [/Weighing 17 instances…/, /3 VMs and 4 of 14 containers read\./, /4 read/],
  },
  denied: {
    frames: () =>
      minute(nameless(usual()), (second) =>
        second > 0
          ? {}
          : {
              engines: [
                engine("docker", "denied", { trouble: trouble("denied", "/var/run/docker.sock") }),
                ...engines.slice(1),
              ],
            },
      ),
    says: [
      /Docker is here, but you may not ask it/,
      /sudo usermod -aG docker \$USER/,
      /can become root/,
      /3f9c21d0/,
    ],
  },
  lost: {
    frames: () => {
      const now = Date.now();
      const silent = engine("docker", "silent", { since: now - 12_000, nextTry: now + 60_000 });
      return [
        ...minute(usual()),
        ...Array.from({ length: 12 }, (_, after) =>
          frameOf(vmsOf(usual()), 60 + after, after === 0 ? { engines: [silent, ...engines.slice(1)] } : {}),
        ),
      ];
    },
    says: [
      /3 VMs weigh .* 14 containers weighed .* 12 s ago\./,
      /Docker stopped answering 1\d s ago/,
      /next try in/,
      /as of 12 s ago/,
    ],
  },
  replay: {
    frames: () => {
      const killed = usual()[3]?.instance.id ?? null;
      const events = [1_030, 2_916].map((second) => ({
        at: startOfTime + second * 1000,
        kind: "oom-kill" as const,
        instance: killed,
        detail: null,
      }));
      return minute(usual(), (second) => ({ replay: recording, events: second === 0 ? events : [] }));
    },
    says: [/RECORDING/, /14 containers weighed/, /Back to live/],
  },
  sample: {
    frames: () =>
      minute(usual(), () => ({ replay: { ...recording, playing: false, speed: 1, sample: true } })),
    says: [/SAMPLE RECORDING/, /not this computer/],
  },
  many: {
    frames: () => minute(crowd),
    says: [/291 containers weigh/, /project-0/, /Group: project/],
  },
  nothing: {
    frames: () => minute(usual()),
    ui: { search: "no such thing" },
    says: [/Nothing fits the filter/],
  },
  help: { frames: () => minute(usual()), ui: { help: true }, says: [/Everything can be reached by them/] },
  present: {
    frames: () => minute(usual()),
    ui: { presenting: true },
    says: [/14 containers weigh/, /8 more, together/],
  },
};

describe.each(Object.entries(cases))("%s", (name, { frames, ui, says }) => {
  test("says what it is, looks as drawn, and is accessible in light and dark", async () => {
    await openPage(frames(), ui);
    const text = () => document.body.innerText.replace(/\s+/g, " ");
    for (const said of says) await expect.poll(text).toMatch(said);
    await picture(name);
    for (const theme of ["light", "dark"] as const) {
      choose({ theme });
      await expectAccessible();
    }
  });
  test("reads as well in Korean", async () => {
    await openPage(frames(), { ...ui, language: "ko" });
    await expect.poll(() => document.documentElement.lang).toBe("ko");
    // Names of projects and engines stay Latin; a sentence of our own that was left in English would show here.
    expect(document.body.innerText).not.toMatch(/\b(weigh|weighs|weighed|the|of|and|is|are|it)\b/);
    choose({ theme: "light" });
    await shoot(`../screenshots/${name}.ko.light.png`);
  });
});

test("a machine that stops answering leaves hollow figures, says so and counts down", async () => {
  const { cut } = await openPage(minute(usual()));
  await cut();
  await expect.element(page.getByText(/Tare stopped answering \d s ago/)).toBeVisible();
  await expect.element(page.getByText(/No connection/)).toBeVisible();
  await expect.poll(() => document.querySelectorAll(".row.hollow").length).toBe(17);
  await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent(/14 containers weighed/);
  await picture("feed-lost");
  await expectAccessible();
});
