import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { words } from "../../../shared/words/words.ts";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { needs } from "../../needs.ts";
import { findOnly, type LivePage, openLive, rowOf, soon } from "./live-page.ts";

const prefix = "tare-live-limits-";
const name = `${prefix}killed`;
const mib = 1024 * 1024;

needs("docker", "busybox")("a container that runs into its limit", () => {
  let live: LivePage;
  let id = "";
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    // Once told to, a child of it fills more tmpfs than the limit allows and is killed; the container lives on.
    const script =
      "until [ -e /go ]; do sleep 0.1; done; dd if=/dev/zero of=/dev/shm/held bs=1M count=64; exec sleep 1000";
    const container = await dockerCommand([
      ...["run", "-d", "--name", name, "--network", "none", "--memory", "32m", "--memory-swap", "32m"],
      ...["--shm-size", "64m", busyboxImage, "sh", "-c", script],
    ]);
    id = `docker:${container}`;
    live = await openLive([], { permissions: ["clipboard-read", "clipboard-write"] });
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await removeContainers(prefix);
  }, 60_000);

  test("is told as it happens, leads to its case, and what is copied there mends it: by keyboard alone", async () => {
    const { page, wrong } = live;
    await page.locator(".scale").waitFor();
    await findOnly(page, prefix);
    await rowOf(page, id).waitFor();
    expect(await page.locator(".toast").filter({ hasText: name }).count()).toBe(0);
    await dockerCommand(["exec", name, "touch", "/go"]);
    await page.locator(".toast").filter({ hasText: name }).first().waitFor();
    await soon(() => page.locator(".over-badge").innerText()).toMatch(/^[1-9]/);

    await page.keyboard.press("3");
    await page.locator(".limits").waitFor();
    await rowOf(page, id).waitFor();
    // Others' containers may be over theirs as well: the search that narrowed Scale narrows this list too.
    await page.keyboard.press("Home");
    const shown = page.getByRole("complementary", { name: words.en.limits.case.label });
    await soon(() => shown.locator("h2").innerText()).toMatch(
      new RegExp(`^${name} was killed .* for reaching 32 MiB$`),
    );
    await soon(() => shown.locator(".evidence tr").first().innerText()).toMatch(
      /killed\s+memory\.\S+ \S+\s+[1-9]/,
    );
    await soon(() => rowOf(page, id).locator(".memory .figure").innerText()).toMatch(/^(9\d|100) %/);
    const command = page.locator(".mends pre");
    await command.waitFor();
    await page.keyboard.press("c");
    await shown.getByRole("button", { name: words.en.frame.copied }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toMatch(new RegExp(`^docker update --memory \\d+m --memory-swap \\d+m ${name}$`));

    execFileSync("sh", ["-c", copied], { stdio: "ignore" });
    const memory = Number(await dockerCommand(["inspect", "-f", "{{.HostConfig.Memory}}", name]));
    expect(memory).toBeGreaterThan(32 * mib);
    await soon(() => rowOf(page, id).locator(".memory .figure").innerText()).toMatch(/^[3-7]\d %/);
    expect(wrong).toEqual([]);
  });
});
