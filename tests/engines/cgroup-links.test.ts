import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemClock } from "../../electron/machine/clock.ts";
import { hostLinks } from "../../electron/readers/cgroup/links.ts";
import { networkOf } from "../../electron/readers/cgroup/network.ts";
import { needs } from "../needs.ts";
import { type Box, docker, prefix, prepare, startIn, sweep, text } from "./readers-lab.ts";

const network = `${prefix}links`;

/** What the kernel itself says that the box received. */
const received = ({ pid }: Box) => Number(/eth0:\s*(\d+)/.exec(text(`/proc/${pid}/net/dev`))?.[1]);

needs(
  "docker",
  "root",
  "busybox",
)("the host's ends of a box's cables", () => {
  let quiet: Box;
  let other: Box;
  beforeAll(() => {
    prepare();
    if (docker("network", "ls", "-q", "--filter", `name=^${network}$`) === "")
      docker("network", "create", network);
    quiet = startIn(network, "links-quiet", "exec sleep 1000");
    other = startIn(network, "links-other", "exec sleep 1000");
  });
  afterAll(() => {
    sweep();
    docker("network", "rm", network);
  });

  test("nothing passes a box at rest, and what does pass is seen with the next tick", async () => {
    const links = hostLinks(systemClock);
    const passed = links.of(quiet.pid);
    expect(passed).not.toBeNull();
    // A new cable is chatty (IPv6 looks for its neighbours).
    await vi.waitFor(
      async () => {
        passed?.();
        await new Promise((tick) => setTimeout(tick, 1_000));
        expect(passed?.()).toBe(false);
      },
      { timeout: 30_000 },
    );
    const before = received(quiet);
    const address = docker(
      "inspect",
      "-f",
      "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
      quiet.id,
    );
    docker("exec", other.id, "busybox", "ping", "-c", "1", address);
    expect(received(quiet)).toBeGreaterThan(before);
    await vi.waitFor(() => expect(passed?.()).toBe(true), { timeout: 2_000, interval: 100 });
  });

  test("the reading through them is the kernel's", async () => {
    const source = networkOf(quiet.pid, quiet.paths, hostLinks(systemClock));
    expect(source?.read(false)?.received).toBe(received(quiet));
    const address = docker(
      "inspect",
      "-f",
      "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
      quiet.id,
    );
    docker("exec", other.id, "busybox", "ping", "-c", "3", address);
    await vi.waitFor(() => expect(source?.read(false)?.received).toBe(received(quiet)), { timeout: 2_000 });
    source?.close();
  });

  test("a box with the host's own network, or without any, has no such cables", () => {
    const links = hostLinks(systemClock);
    expect(links.of(process.pid)).toBeNull();
    expect(links.of(2 ** 22 - 1)).toBeNull();
  });
});
