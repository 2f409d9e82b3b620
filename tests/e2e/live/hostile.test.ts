import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { startQemu } from "../../engines/vms-lab.ts";
import { needs } from "../../needs.ts";
import { findOnly, type LivePage, openLive, rowOf, soon } from "./live-page.ts";

const prefix = "tare-live-hostile-";
const script = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;
const bidi = "\u202emoc.evil\u2066";
const ansi = "\x1b[31mred\x1b[0m\x07";
const emoji = "👩‍👩‍👧‍👦🇰🇷é";

/** What may become a container's project: the label of Compose, which anybody may write anything into. */
const projects = {
  html: `${prefix}${script}`,
  bidi: `${prefix}${bidi}`,
  ansi: `${prefix}${ansi}`,
  long: `${prefix}${"L".repeat(65_536)}`,
  emoji: `${prefix}${emoji}`,
};

needs(
  "docker",
  "qemu",
  "busybox",
)("hostile names and labels", () => {
  let live: LivePage;
  let guest: Awaited<ReturnType<typeof startQemu>> | null = null;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    guest = await startQemu(
      "-name",
      `guest=${prefix}${script}${bidi}`,
      "-M",
      "q35",
      "-m",
      "64",
      "-accel",
      "tcg",
    );
    for (const [name, project] of Object.entries(projects)) {
      const labels = [
        "--label",
        `com.docker.compose.project=${project}`,
        "--label",
        `<script>window.pwned=1</script>=${bidi}`,
      ];
      const all = ["run", "-d", "--name", prefix + name, "--network", "none", ...labels];
      ids.set(name, `docker:${await dockerCommand([...all, busyboxImage, "sleep", "1000"])}`);
    }
    live = await openLive();
    await findOnly(live.page, prefix);
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await guest?.end();
    await removeContainers(prefix);
  }, 60_000);

  test("stand on the page as text: nothing runs, nothing turns round, nothing is reported", async () => {
    const { page, wrong } = live;
    await soon(() => page.locator("tr.row").count()).toBe(6);
    await page.keyboard.press("g"); // by project: their names are on the page now
    await soon(() => page.locator("tr.group").count()).toBe(7); // both kinds and the five
    const shown = async () => (await page.locator("tr.group th bdi").allInnerTexts()).join("\n");
    expect(await shown()).toContain(`${prefix}<img src=x onerror="window.pwned=1">`.slice(0, 60));
    expect(await shown()).toContain(`${prefix}\\u{202e}moc.evil\\u{2066}`);
    expect(await shown()).toContain(`${prefix}\\u{1b}[31mred\\u{1b}[0m\\u{7}`);
    expect(await shown()).toContain("LLL…");
    expect(await shown()).toContain("🇰🇷");
    await page.keyboard.press("g");
    await page.keyboard.press("g");
    await soon(() => page.locator("tr.group").count()).toBe(0);
    for (const id of ids.values()) {
      await rowOf(page, id).locator("th").click();
      await page.getByRole("complementary").waitFor();
      await clean();
      await page.keyboard.press("Escape");
    }
    await rowOf(page, `qemu:${guest?.pid}`).locator("th").click();
    await soon(() =>
      page.getByRole("complementary").getByRole("heading", { level: 2 }).innerText(),
    ).toContain("\\u{202e}moc.evil");
    await clean();
    await page.keyboard.press("Escape");
    await page.keyboard.press("v"); // log
    await clean();
    await page.keyboard.press("v"); // area
    await clean();
    expect(wrong).toEqual([]);
  });

  /** No script ran, no element was made of a name, no raw control or bidi character and nothing endless is anywhere. */
  async function clean(): Promise<void> {
    const found = await live.page.evaluate(() => {
      // Labels inside the panel are not looked at; its text is.
      const every = [...document.querySelectorAll("*")];
      const attributes = every.flatMap((one) => [...one.attributes].map(({ value }) => value));
      const pieces = [document.body.innerText, document.title, ...attributes];
      return {
        pwned: "pwned" in window,
        images: document.querySelectorAll("img, body script").length,
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        raw: pieces.filter((text) => /[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f\x7f]/.test(text)),
        longest: Math.max(...attributes.map(({ length }) => length)) > 4_000,
        // Nothing sticks out of the window sideways.
        wide: document.documentElement.scrollWidth > innerWidth,
      };
    });
    expect(found).toEqual({ pwned: false, images: 0, raw: [], longest: false, wide: false });
  }

  test("leave the terminal and the lines for programs harmless", () => {
    const run = (...args: readonly string[]) =>
      execFileSync(process.execPath, ["electron/start.mjs", ...args], { encoding: "utf8", timeout: 60_000 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    const raw = /[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/;
    expect(run("list")).not.toMatch(raw);
    const lines = run("list", "--json");
    expect(lines).not.toMatch(raw);
    const ours = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly id: string; readonly group: string | null });
    // What programs read back is what was set, up to the longest that is kept.
    for (const [name, project] of Object.entries(projects)) {
      const group = ours.find(({ id }) => id === ids.get(name))?.group ?? "";
      expect(project.startsWith(group) && group.length >= Math.min(project.length, 256)).toBe(true);
    }
  }, 60_000);
});
