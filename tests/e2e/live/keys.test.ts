import { afterAll, beforeAll, expect, test } from "vitest";
import { words } from "../../../shared/words/words.ts";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { startQemu } from "../../engines/vms-lab.ts";
import { needs } from "../../needs.ts";
import { findOnly, type LivePage, openLive, soon } from "./live-page.ts";

const prefix = "tare-live-keys-";
const { scale, frame } = words.en;

needs(
  "docker",
  "qemu",
  "busybox",
)("by keyboard alone", () => {
  let live: LivePage;
  let guest: Awaited<ReturnType<typeof startQemu>> | null = null;
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    guest = await startQemu("-name", `${prefix}vm`, "-M", "q35", "-m", "64", "-accel", "tcg");
    for (const [name, amount] of [
      ["a", 9],
      ["b", 6],
      ["c", 3],
    ] as const)
      await dockerCommand([
        ...["run", "-d", "--name", prefix + name, "--network", "none", busyboxImage, "sh", "-c"],
        `dd if=/dev/zero of=/dev/shm/held bs=1M count=${amount}; exec sleep 1000`,
      ]);
    live = await openLive();
    await findOnly(live.page, prefix);
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await guest?.end();
    await removeContainers(prefix);
  }, 60_000);

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await live.page.keyboard.press(key);
  };
  /** The row or group that has the focus, by the name it shows. */
  const standing = () =>
    live.page.evaluate(
      () => document.activeElement?.closest("tr[data-key]")?.querySelector("th bdi")?.textContent ?? null,
    );
  const panel = () => live.page.getByRole("complementary");
  const shown = () => panel().getByRole("heading", { level: 2 }).innerText();
  const rows = () => live.page.locator("tr.row th bdi").allInnerTexts();

  test("find, walk, open, step, close: the focus is always somewhere, and comes back", async () => {
    const { page, wrong } = live;
    const [a, b, c, vm] = ["a", "b", "c", "vm"].map((name) => prefix + name);
    await soon(rows).toEqual([vm, a, b, c]); // heaviest first, VMs on top
    // Tab leads into the list, and once only: arrows move within.
    for (let tabs = 0; (await standing()) === null && tabs < 40; tabs++) await press("Tab");
    expect(await standing()).toBe(scale.kinds.vm);
    await press("Home", "ArrowDown");
    await soon(standing).toBe(vm);
    await press("End");
    await soon(standing).toBe(c);
    await press("ArrowUp", "ArrowUp");
    await soon(standing).toBe(a);
    await press("Enter");
    await soon(shown).toBe(a);
    await soon(() =>
      page.evaluate(() => document.querySelector("aside")?.contains(document.activeElement)),
    ).toBe(true);
    await press("ArrowDown");
    await soon(shown).toBe(b);
    await press("ArrowDown");
    await soon(shown).toBe(c);
    await press("ArrowUp");
    await soon(shown).toBe(b);
    await press("Escape");
    await panel().waitFor({ state: "detached" });
    await soon(standing).not.toBeNull();
    // ← leads to the group and folds it, → opens it again.
    await press("Home", "ArrowDown", "ArrowDown");
    await soon(standing).toBe(scale.kinds.container);
    await press("ArrowLeft");
    await soon(rows).toEqual([vm]);
    await press("ArrowRight");
    await soon(rows).toEqual([vm, a, b, c]);
    await press("/");
    await page.locator(".find input:focus").waitFor();
    await page.keyboard.type(" nobody");
    await page.getByText(scale.nothingFits).waitFor();
    await press("Escape");
    await soon(async () => (await rows()).length).toBeGreaterThanOrEqual(4);
    await page.keyboard.type(prefix);
    await press("Tab");
    await soon(rows).toEqual([vm, a, b, c]);
    expect(wrong).toEqual([]);
  });

  test("V, Z, G, T and ? do what the sheet of keys says", async () => {
    const { page, wrong } = live;
    const mode = () =>
      page.locator(`[role=radiogroup][aria-label="${scale.view}"] [data-selected]`).innerText();
    await soon(mode).toBe(scale.modes.linear);
    const lens = page.locator(".lens-button");
    expect(await lens.getAttribute("aria-pressed")).toBe("true");
    const enlarged = page.locator("tr.row.lens-line");
    expect(await enlarged.count()).toBe(3);
    await press("z");
    await soon(() => enlarged.count()).toBe(0);
    expect(await lens.getAttribute("aria-pressed")).toBe("false");
    await press("z");
    await soon(() => enlarged.count()).toBe(3);
    for (const next of [scale.modes.log, scale.modes.area, scale.modes.linear]) {
      await press("v");
      await soon(mode).toBe(next);
    }
    const groups = () => page.locator("tr.group th bdi").allInnerTexts();
    expect(await groups()).toEqual([scale.kinds.vm, scale.kinds.container]);
    await press("g");
    await soon(groups).toEqual([scale.kinds.vm, scale.kinds.container, scale.noProject]);
    await press("g");
    await soon(groups).toEqual(["QEMU", "Docker"]);
    await press("g");
    await soon(groups).toEqual([]);
    await press("g");
    await soon(groups).toEqual([scale.kinds.vm, scale.kinds.container]);
    await press("t");
    await page.locator(".table.as-table").waitFor();
    await press("t");
    await page.locator(".table:not(.as-table)").waitFor();
    await press("?");
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("heading", { name: frame.keys.title }).waitFor();
    for (const word of [frame.keys.words.view, frame.keys.words.lens, frame.keys.words.open])
      expect(await sheet.getByText(word, { exact: true }).count()).toBeGreaterThan(0);
    await press("Escape");
    await sheet.waitFor({ state: "detached" });
    expect(wrong).toEqual([]);
  });
});
