import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../../shared/format.ts";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { needs } from "../../needs.ts";
import { type LivePage, openLive } from "./live-page.ts";

/** A race of two runs of each kind under TCG, and what is found out once for a computer before: a minute on a busy machine. */
const raceTime = 180_000;

needs(
  "docker",
  "busybox",
  "qemu",
)("a real race on the page", () => {
  let live: LivePage;
  const directory = mkdtempSync(join(tmpdir(), "tare-live-startup-"));
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    live = await openLive(["--data-dir", directory], { acceptDownloads: true });
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  test(
    "chosen, raced and kept by keyboard alone; its figures are those of the file that is saved",
    async () => {
      const { page, wrong } = live;
      await page.locator(".scale").waitFor();
      await page.keyboard.press("2");
      await page.getByRole("listbox").waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type(busyboxImage);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      const runs = page.getByRole("spinbutton", { name: "Runs of each" });
      await runs.fill("2");
      await page.getByRole("spinbutton", { name: "Cold runs" }).fill("0");
      await page.getByText("it exits with 0").click();
      await page.getByText(/Start .* 2 times as a container and 2 times as a VM\./).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: /Stop here/ }).waitFor();
      await page.getByRole("button", { name: /Race again/ }).waitFor({ timeout: raceTime });

      const rows = await page.locator(".figures").last().locator("tr").allInnerTexts();
      expect(
        rows
          .find((row) => row.startsWith("runs"))
          ?.split("\t")
          .slice(1),
      ).toEqual(["2", "2"]);
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as JSON" }).click();
      const path = join(directory, "race.json");
      await (await saving).saveAs(path);
      const saved = JSON.parse(readFileSync(path, "utf8"));
      expect(saved.container.runs).toHaveLength(2);
      expect(
        rows
          .find((row) => row.startsWith("median"))
          ?.split("\t")
          .slice(1),
      ).toEqual([seconds(saved.container.median), seconds(saved.vm.median)]);
      // A VM that boots a kernel is ready later than a container that does not: on any machine.
      expect(saved.vm.median).toBeGreaterThan(saved.container.median);
      expect(wrong).toEqual([]);

      await page.keyboard.press("Escape");
      await page.getByText("Earlier races on this computer").waitFor();
      await page.getByRole("button", { name: `Race ${busyboxImage} again` }).waitFor();
    },
    raceTime + 60_000,
  );
});
