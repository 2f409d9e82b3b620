import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { words } from "../../../shared/words/words.ts";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { startQemu } from "../../engines/vms-lab.ts";
import { needs } from "../../needs.ts";
import { findOnly, type LivePage, openLive, rowOf, soon } from "./live-page.ts";

const prefix = "tare-live-read-";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong on the whole page, as "rule: element". */
async function violations(page: Page): Promise<readonly string[]> {
  // Colours are judged once nothing moves any more.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** All that is read or read out on the page, but for what comes from outside: names, paths, keys. */
const texts = (page: Page) =>
  page.evaluate(() => {
    const foreign = "bdi, code, kbd, [lang=en], script, style, canvas";
    const found = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest(foreign)) found.add(node.textContent?.trim() ?? "");
    for (const element of document.body.querySelectorAll("*"))
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
        found.add(element.getAttribute(name)?.trim() ?? "");
    found.add(document.title);
    found.delete("");
    return [...found];
  });

/** Texts of the English catalogue that are others in Korean. */
function english(en: unknown, ko: unknown): readonly string[] {
  if (typeof en === "string") return en === ko ? [] : [en];
  if (typeof en !== "object" || en === null) return [];
  const other = ko as Readonly<Record<string, unknown>>;
  return Object.entries(en).flatMap(([key, value]) => english(value, other[key]));
}

needs(
  "docker",
  "qemu",
  "busybox",
)("what can be read on the page", () => {
  let live: LivePage;
  let guest: Awaited<ReturnType<typeof startQemu>> | null = null;
  let busy = "";
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    guest = await startQemu("-name", `${prefix}vm`, "-M", "q35", "-m", "64", "-accel", "tcg");
    const run = (name: string, script: string, ...options: readonly string[]) =>
      dockerCommand([
        ...["run", "-d", "--name", prefix + name, "--network", "none", ...options],
        ...[busyboxImage, "sh", "-c", script],
      ]);
    // One throttled, near its limit and with a project; one killed for memory; one of nothing special.
    const limits = ["--cpus", "0.1", "--memory", "24m", "--pids-limit", "9"];
    const project = ["--label", "com.docker.compose.project=tare-live"];
    const fill = "dd if=/dev/zero of=/dev/shm/held bs=1M count=22; while :; do :; done";
    busy = `docker:${await run("busy", fill, ...limits, ...project)}`;
    await run("plain", "exec sleep 1000");
    live = await openLive();
    await findOnly(live.page, prefix);
    // Killed while Tare looks on: what happened before it came it can't know.
    await run(
      "killed",
      "[ -e /k ] && exec sleep 1000; touch /k; exec tail /dev/zero",
      "-m=16m",
      "--restart=on-failure",
    );
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await guest?.end();
    await removeContainers(prefix);
  }, 60_000);

  /** Chooses an entry of the settings' menu, as a user does. */
  const choose = async (entry: string) => {
    const { page } = live;
    await page.keyboard.press(",");
    const settings = page.locator(".settings");
    await settings.locator(".segment", { hasText: entry }).click();
    await page.keyboard.press("Escape");
    await settings.waitFor({ state: "detached" });
  };
  const openPanel = async () => {
    await rowOf(live.page, busy).locator("th").click();
    const panel = live.page.getByRole("complementary");
    await panel.waitFor();
    return panel;
  };

  test("axe finds nothing on Scale in its three views and the panel, light and dark", async () => {
    const { page } = live;
    await rowOf(page, busy).locator("td.throttled .over-text").waitFor();
    await page.locator("th .tag").waitFor();
    /** By violation: in which states. */
    const found = new Map<string, string[]>();
    const judge = async (state: string) => {
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme });
        for (const wrong of await violations(page))
          found.set(wrong, [...(found.get(wrong) ?? []), `${state}, ${theme}`]);
      }
    };
    for (const view of ["linear", "log", "area"]) {
      await judge(view);
      await page.keyboard.press("v");
    }
    await openPanel();
    await judge("panel");
    await page.keyboard.press("Escape");
    expect(Object.fromEntries(found)).toEqual({});
  }, 90_000);

  test("in Korean all of it is Korean, and the page says that it is", async () => {
    const { page, wrong } = live;
    const { terminal: _, doors: __, ...en } = words.en;
    const known = new Set(english(en, words.ko));
    known.delete(words.ko.frame.product);
    // Among the namespaces it is the kernel's own name of one, in every language.
    known.delete("net");
    const language = () => page.evaluate(() => document.documentElement.lang);
    expect(await language()).toBe("en");
    await choose(words.en.settings.languages.ko);
    await soon(language).toBe("ko");
    expect(await page.title()).toBe(`${words.ko.frame.scale} – Tare`);
    const seen = new Set<string>();
    const look = async () => {
      for (const text of await texts(page)) seen.add(text);
    };
    await look();
    for (const key of ["v", "v", "v", "t"]) {
      await page.keyboard.press(key);
      await look();
    }
    await page.keyboard.press("t");
    await openPanel();
    await page
      .getByRole("complementary")
      .getByText(words.ko.frame.scale)
      .first()
      .waitFor({ state: "detached" });
    await look();
    await page.keyboard.press("t");
    await look();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: words.ko.frame.keys.title }).waitFor();
    await look();
    await page.keyboard.press("Escape");
    expect(seen).toContain(words.ko.scale.kinds.container);
    // Neither a text of the English catalogue, nor a sentence that one of its functions made.
    const left = [...seen].filter((text) => known.has(text) || /\b[a-z]{3,} [a-z]{2,}\b/.test(text));
    expect(left).toEqual([]);
    expect(wrong).toEqual([]);
    await choose(words.ko.settings.languages.en);
    await soon(language).toBe("en");
  }, 60_000);
});
