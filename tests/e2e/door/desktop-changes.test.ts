import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openChannel } from "../../../shared/wire/channel.ts";
import { built, top } from "../../built.ts";
import { busyboxImage, ensureBusyboxImage } from "../../engines/busybox-image.ts";
import { dockerCommand, removeContainers } from "../../engines/docker-lab.ts";
import { needs } from "../../needs.ts";
import { type Standin, standin } from "./standin.ts";

const preload = join(top, "dist/electron/preload.cjs");
type Told = readonly (readonly [string, unknown])[];

const prefix = "tare-desktop-";
needs("docker", "busybox")("a change is confirmed where no page can press the button", () => {
  let electron: Standin;
  let directory: string;
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    directory = mkdtempSync(join(tmpdir(), "tare-desktop-"));
    writeFileSync(join(directory, "settings.json"), '{"changes":true}');
    electron = standin("", "--data-dir", directory);
    await electron.ready;
    await electron.ask("load", preload);
  });
  afterAll(async () => {
    await electron.end();
    await removeContainers(prefix);
    rmSync(directory, { recursive: true, force: true });
  });

  test("Cancel changes nothing, Apply does; and what then goes wrong comes as a notification that leads there", async () => {
    const command = ["sh", "-c", "sleep 600"];
    const options = ["-d", "--network", "none", "--name", `${prefix}one`, "--memory", "64m"];
    const key = await dockerCommand(["run", ...options, busyboxImage, ...command]);
    const id = `docker:${key}`;
    const seen = new Set<string>();
    const channel = openChannel(electron.port, {
      onFrame: ({ came }) => {
        for (const one of came) if (one.detailed) seen.add(one.id);
      },
      onClosed: () => undefined,
    });
    await electron.ask("connect");
    await vi.waitFor(() => expect(seen).toContain(id), { timeout: 15_000 });
    const wish = { instance: id, resource: "memory", to: 128 << 20, now: true, file: false } as const;
    const memory = async () => Number(await dockerCommand(["inspect", "-f", "{{.HostConfig.Memory}}", key]));

    const first = await channel.call("prepareChange", wish);
    if ("trouble" in first) throw new Error(JSON.stringify(first.trouble));
    expect(first.needsName).toBe(false);
    expect(await channel.call("commitChange", { nonce: first.nonce })).toMatchObject({
      trouble: { code: "declined" },
    });
    expect(await memory()).toBe(64 << 20);

    await electron.ask("answer", 1);
    const second = await channel.call("prepareChange", wish);
    if ("trouble" in second) throw new Error(JSON.stringify(second.trouble));
    expect(await channel.call("commitChange", { nonce: second.nonce })).toMatchObject({
      change: { state: "applied", readBack: 128 << 20 },
    });
    expect(await memory()).toBe(128 << 20);
    expect(await electron.ask("dialogs")).toEqual(
      [1, 2].map(() => ({
        type: "question",
        message: `Set the memory limit of ${prefix}one to 128 MiB?`,
        detail: "Now: 64 MiB. Then: 128 MiB.\nIt takes effect at once; nothing restarts.",
        buttons: ["Cancel", "Apply"],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        over: true,
      })),
    );

    // Killed for memory: nobody looks at the window, so the system tells it.
    await dockerCommand(["exec", key, "sh", "-c", "head -c 300m /dev/zero | tail -c 300m"]).catch(
      () => "killed",
    );
    const ours = async () =>
      (await electron.ask<readonly { readonly title: string }[]>("notes")).findIndex(({ title }) =>
        title.startsWith(`${prefix}one was killed`),
      );
    await vi.waitFor(async () => expect(await ours()).toBeGreaterThanOrEqual(0), { timeout: 15_000 });
    await electron.ask("clickNote", await ours());
    expect((await electron.ask<Told>("told")).slice(-3).map(([what]) => what)).toEqual([
      "show",
      "restore",
      "focus",
    ]);
    expect(await electron.ask("messages")).toContainEqual([{ tare: "look", instance: id }, "tare://app", 0]);
  }, 60_000);
});
