import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { choose, useUi } from "../../renderer/state/ui.ts";
import { draw, useDraft } from "../../renderer/views/startup/draft.ts";
import type { Race } from "../../shared/model/race.ts";
import { race } from "../fixtures/race.ts";
import { frameOf } from "../fixtures/synthetic.ts";
import { type Body, startOfTime, usual } from "../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "./accessible.ts";
import { leave, openPage, picture } from "./page.tsx";

afterEach(leave);

const minute = (bodies: readonly Body[]) =>
  Array.from({ length: 60 }, (_, second) => frameOf(bodies, second));
const containers = usual().slice(0, 9);
const all = usual();
/** The image of shop-web-1 as it was raced. */
const nginx: Race = {
  ...race,
  at: startOfTime,
  image: race.image && { ...race.image, name: "nginx:1.27-alpine" },
};
const withRaces = (races: readonly Race[]) => ({ races: () => races });
const text = () => document.body.innerText.replace(/\s+/g, " ");

describe.each(["en", "ko"] as const)("a computer without a VM, %s", (language) => {
  test("never raced: a frame with the lightest image; R goes to Startup with it", async () => {
    await openPage(minute(containers), { language }, withRaces([]));
    if (language === "en")
      await expect.poll(text).toMatch(/No VM to compare with yet\. .*Lightest: shop-api-2/);
    await picture(`no-vm-first.${language}`);
    for (const theme of ["light", "dark"] as const) {
      choose({ theme });
      await expectAccessible();
    }
    draw({ image: null });
    await userEvent.keyboard("r");
    await expect.poll(() => useUi.getState().screen).toBe("startup");
    // The screen is fetched when it is opened first.
    await expect.poll(() => useDraft.getState().image, { timeout: 15_000 }).toBe("shop/api:2.14");
  });

  test("raced: its VM dashed, and its box once for each container", async () => {
    await openPage(minute(containers), { language }, withRaces([nginx]));
    if (language === "en") {
      await expect.poll(text).toMatch(/No VM runs here\./);
      // Net 5 of 285 MiB: a box of 280, nine of them 2,520.
      await expect.poll(text).toMatch(/280.MiB for the VM that was raced here on 21 Nov, 1\d times as much/);
      await expect.poll(text).toMatch(/nginx as a VM 285 MiB raced 21 Nov, not running 285/);
      await expect.poll(text).toMatch(/9 such boxes ≈ 2\.46 GiB of boxes, all empty ≈ 2,520/);
    }
    await expect.poll(() => document.querySelectorAll(".raced .bar .estimate").length).toBe(1 + 9);
    await picture(`no-vm-raced.${language}`);
    for (const theme of ["light", "dark"] as const) {
      choose({ theme });
      await expectAccessible();
    }
  });
});

test("without a VM, on the logarithmic ruler and as a table: the VM that was raced is there too", async () => {
  await openPage(minute(containers), { mode: "log" }, withRaces([nginx]));
  await expect.poll(() => document.querySelectorAll(".raced").length).toBe(1);
  await picture("no-vm-raced-log");
  choose({ mode: "linear", asTable: true });
  await expect.poll(text).toMatch(/nginx as a VM 5 – 280 – 256 285/);
});

test("ready: the median of its image's last race, with what stands behind it on hover", async () => {
  await openPage(minute(all), {}, withRaces([nginx]));
  const cell = page.getByTitle(/median 0\.24 s, p95 0\.25 s, 5 runs, raced 21 Nov/);
  await expect.element(cell).toHaveTextContent("0.24");
  await page.getByRole("button", { name: "Ready s" }).click();
  const names = () =>
    [...document.querySelectorAll(".row.container .name .text")].map((name) => name.textContent);
  await expect.poll(() => names()[0]).toBe("shop-web-1");
});

test("a pair that was left running: marked, its VM split, and stopped by X", async () => {
  const [web, guest] = [all[13]?.instance.id ?? "", all[16]?.instance.id ?? ""];
  let stopped = false;
  const answers = {
    races: () => [{ ...nginx, pair: stopped ? [] : [web, guest] }],
    stopPair: () => {
      stopped = true;
      return null;
    },
  };
  await openPage(minute(all), {}, answers);
  await expect.poll(text).toMatch(/nginx, as a container and as a VM, was left running by its race\./);
  // The races came after the frames: the next one is split.
  await expect.poll(() => document.querySelectorAll(".name .aside").length).toBe(2);
  await picture("pair");
  await expectAccessible();
  await userEvent.keyboard("x");
  await expect.poll(() => document.querySelector(".pair-note")).toBeNull();
  expect(stopped).toBe(true);
});

test("what an idle guest weighs is an estimate of the others' tare: dashed, and said so", async () => {
  const idle: Race = {
    ...race,
    image: null,
    wish: { ...race.wish, subject: { kind: "disk", path: "/debian.qcow2" } },
    environment: { ...race.environment, boot: "disk", accelerator: "kvm" },
  };
  const { send } = await openPage(minute(all).slice(0, 5), {}, withRaces([idle]));
  await expect
    .poll(async () => {
      await send(frameOf(all, 5 + Math.floor(performance.now() % 1e6)));
      return document.querySelectorAll(".row.vm .estimate").length;
    })
    .toBe(2);
  await expect.poll(text).toMatch(/about 285.MiB for a VM/);
  await expect.poll(text).toMatch(/Dashed hatch: tare estimated/);
  await picture("estimate");
});
