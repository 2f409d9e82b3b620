import { afterEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { choose } from "../../../renderer/state/ui.ts";
import { engine, engines } from "../../fixtures/synthetic.ts";
import { startOfTime } from "../../fixtures/synthetic-bodies.ts";
import {
  earlierRaces,
  madeEnvironment,
  madeRace,
  madeTrial,
  partsWithoutQemu,
} from "../../fixtures/synthetic-races.ts";
import { expectAccessible } from "../accessible.ts";
import { leave, picture } from "../page.tsx";
import { shoot } from "../shoot.ts";
import { type LabGiven, openStartup } from "./startup-page.ts";

const shots = "../../screenshots/startup";
afterEach(leave);

const racing = madeRace({ id: "now", done: 28 });
const over = madeRace({ id: "now" });
const tcg = madeEnvironment({
  accelerator: "tcg",
  machine: "microvm",
  refused: [{ accelerator: "kvm", why: "the test firmware took 40 times as long as under TCG" }],
});
const failed = {
  code: "exited" as const,
  where: "nginx:1.27-alpine",
  cause: "exit code 1",
  output: [
    "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address in use)",
    "nginx: still could not bind()",
  ],
};
const recording = {
  name: "kestrel",
  from: startOfTime,
  to: startOfTime + 3_600_000,
  position: startOfTime + 60_000,
  playing: false,
  speed: 1,
  sample: true,
};

const cases: { readonly [name: string]: { readonly given: LabGiven; readonly says: readonly RegExp[] } } = {
  pick: {
    given: { races: earlierRaces },
    says: [
      /Start nginx 20 times as a container and 20 times as a VM\./,
      /40 runs and 1 cold run of each/,
      /ready to boot/,
      /about \d/,
    ],
  },
  noqemu: {
    given: { parts: partsWithoutQemu },
    says: [
      /QEMU is missing, so only the container can start here\./,
      /Time the container/,
      /sudo apt-get install qemu-system-x86/,
      /None yet\./,
    ],
  },
  racing: {
    given: {
      races: earlierRaces,
      news: { race: racing, revision: 40, doing: { kind: "container", moment: "netns" }, left: 50_000 },
    },
    says: [
      /nginx is ready 6\.\d times later in a VM, and weighs 15 times as much\./,
      /So far, after 13 of 20 runs of each/,
      /50 s left/,
      /Stop here/,
    ],
  },
  result: {
    given: { races: [over, ...earlierRaces], ui: {} },
    says: [
      /nginx is ready 6\.\d times later in a VM/,
      /After 20 runs of each/,
      /The ratio lies between/,
      /Start time against how many run already/,
    ],
  },
  table: {
    given: { races: [over, ...earlierRaces], ui: { asTable: true } },
    says: [/Every run, in the order run/],
  },
  failed: {
    given: {
      races: [
        {
          ...over,
          environment: tcg,
          trials: over.trials.map((trial, place) =>
            trial.kind === "vm" && place % 7 === 3
              ? madeTrial("vm", trial.at, 1, {
                  cold: trial.cold,
                  moments: { spawned: 110 },
                  memory: null,
                  trouble: failed,
                })
              : trial,
          ),
          pair: ["docker:1", "qemu:2"],
        },
      ],
    },
    says: [/runs failed/, /Address in use/, /emulated in software/, /is left running/],
  },
  alone: {
    given: { races: [madeRace({ id: "now", wish: { kinds: ["container"] } })] },
    says: [/nginx is ready after 2\d\d.ms as a container\./, /there is no ratio/],
  },
  preparing: {
    given: {
      races: earlierRaces,
      news: { race: { ...racing, trials: [], state: "preparing" }, revision: 1, doing: null, left: null },
    },
    says: [/nginx is being prepared/, /Preparing/],
  },
  empty: { given: { images: [] }, says: [/Docker has no image yet/, /docker pull busybox/] },
  replay: {
    given: { races: [over, ...earlierRaces], frame: { replay: recording } },
    says: [/nginx is ready 6\.\d times later/, /SAMPLE RECORDING/],
  },
  "replay-none": {
    given: { races: [], frame: { replay: recording } },
    says: [/This recording holds no race/],
  },
};
const ofNow = new Set(["result", "table", "failed", "alone"]);

async function open(name: string, more: Partial<LabGiven["ui"]> = {}) {
  const { given, says } = cases[name] ?? { given: {}, says: [] };
  await openStartup({ ...given, ui: { ...given.ui, ...more } });
  if (ofNow.has(name)) {
    const { useLab } = await import("../../../renderer/views/startup/lab-store.ts");
    useLab.setState({ shown: "now" });
  }
  return says;
}

describe.each(Object.keys(cases))("%s", (name) => {
  test("says what it is, looks as drawn, and is accessible in light and dark", async () => {
    const says = await open(name);
    const text = () => document.body.innerText.replace(/\s+/g, " ");
    for (const said of says) await expect.poll(text).toMatch(said);
    await picture(name, shots);
    for (const theme of ["light", "dark"] as const) {
      choose({ theme });
      await expectAccessible();
    }
  });
  test("reads as well in Korean", async () => {
    await open(name, { language: "ko" });
    await expect.poll(() => document.querySelector("h1")?.textContent ?? "").toMatch(/[가-힣]/);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(document.body.innerText).not.toMatch(/\b(of|is|are|ready|runs?|later|each)\b/);
    choose({ theme: "light" });
    await shoot(`${shots}/${name}.ko.light.png`);
  });
});

test("without Docker it says so, and what puts it right", async () => {
  const docker = engine("docker", "absent");
  await openStartup({
    images: [],
    frame: { engines: [docker, ...engines.slice(1)] },
    parts: partsWithoutQemu.map((one) =>
      one.part === "docker"
        ? {
            ...one,
            state: "missing",
            value: null,
            trouble: { code: "no-docker", where: "/var/run/docker.sock", cause: null, output: [] },
          }
        : one,
    ),
  });
  await expect
    .element(page.getByText("Docker does not answer, so there is no image to choose"))
    .toBeVisible();
  await expect.element(page.getByText("sudo systemctl enable --now docker")).toBeVisible();
  await expect.element(page.getByRole("button", { name: /Start the race/ })).toBeDisabled();
  await picture("nodocker", shots);
  await expectAccessible();
});
