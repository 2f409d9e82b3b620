import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { words } from "../../../shared/words/words.ts";
import { built } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { needs } from "../../needs.ts";
import { findOnly, type LivePage, openLive, rowOf, soon } from "./live-page.ts";

const prefix = "tare-live-apply-";
const name = `${prefix}web`;
const mib = 1024 * 1024;
const { apply, settings } = words.en;
const compose = `# kept by hand
services:
  web:
    image: ${busyboxImage}   # not a newer one
    mem_limit: 32m  # enough for a week
    cpus: 0.5
`;

needs("docker", "busybox")("a limit applied and undone from the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-live-apply-"));
  const file = join(folder, "compose.yaml");
  let live: LivePage;
  let id = "";
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    writeFileSync(file, compose);
    const labels = { service: "web", "project.working_dir": folder, "project.config_files": file };
    // Once told to, a child of it fills more tmpfs than the limit allows and is killed; the container lives on.
    const script =
      "until [ -e /go ]; do sleep 0.1; done; dd if=/dev/zero of=/dev/shm/held bs=1M count=64; exec sleep 1000";
    const container = await dockerCommand([
      ...["run", "-d", "--name", name, "--network", "none", "--memory", "32m", "--memory-swap", "32m"],
      ...Object.entries(labels).flatMap(([key, value]) => ["--label", `com.docker.compose.${key}=${value}`]),
      ...["--shm-size", "64m", busyboxImage, "sh", "-c", script],
    ]);
    id = `docker:${container}`;
    live = await openLive(["--data-dir", join(folder, "data")]);
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await removeContainers(prefix);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const memory = async () => Number(await dockerCommand(["inspect", "-f", "{{.HostConfig.Memory}}", name]));

  test("off at first; turned on, shown, confirmed by name, read back, undone byte for byte: by keyboard alone", async () => {
    const { page, wrong } = live;
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.locator(".scale").waitFor();
    await findOnly(page, prefix);
    await rowOf(page, id).waitFor();
    await dockerCommand(["exec", name, "touch", "/go"]);
    await press("3");
    await page.locator(".limits").waitFor();
    await press("Home");
    await page.locator(".mends pre").waitFor();

    // Nothing is changed before the switch is on; the dialog leads to it.
    await press("a");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(apply.off.title).waitFor();
    await soon(() =>
      dialog.getByRole("button", { name: apply.off.go }).evaluate((one) => one === document.activeElement),
    ).toBe(true);
    await press("Enter");
    const toggle = page.getByRole("switch", { name: settings.changes.name });
    await soon(() => toggle.evaluate((one) => one === document.activeElement)).toBe(true);
    await press("Space");
    await soon(() => toggle.isChecked()).toBe(true);
    await press("Escape");
    await page.locator(".mends pre").waitFor();

    await press("a");
    const field = dialog.getByRole("textbox", { name: apply.typeName("container", false) });
    await field.waitFor();
    await soon(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    const title = await dialog.getByRole("heading").innerText();
    const [, to = ""] = /from 32 to ([\d,]+) MiB$/.exec(title) ?? [];
    const wanted = Number(to.replaceAll(",", ""));
    expect(wanted).toBeGreaterThan(32);
    expect(await dialog.locator(".diff .added bdi").allInnerTexts()).toContain(
      `    mem_limit: ${wanted}m  # enough for a week`,
    );
    await page.keyboard.type(name);
    expect(await memory()).toBe(32 * mib);
    await press("Control+Enter");
    await dialog.getByText(apply.done.readBack(`${to} MiB`)).waitFor();
    expect(await memory()).toBe(wanted * mib);
    expect(readFileSync(file, "utf8")).toBe(compose.replace("32m", `${wanted}m`));

    // Going back below what it uses by now, or through a door without a dialog: the name is asked for.
    await press("Control+z");
    await dialog.getByRole("textbox").waitFor();
    await page.keyboard.type(name);
    await press("Enter");
    await soon(async () =>
      (await dialog.getByRole("heading").innerText()).endsWith("is back at 32 MiB"),
    ).toBe(true);
    expect(await memory()).toBe(32 * mib);
    expect(readFileSync(file, "utf8")).toBe(compose);
    await press("Escape");
    await dialog.waitFor({ state: "detached" });

    await press(",");
    await page.getByText(settings.history.count("1")).waitFor();
    await press("Escape");
    expect(wrong).toEqual([]);
  });
});
