import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { merge } from "../../../shared/merge.ts";
import type { CgroupPaths, Claim, EngineName, Handle } from "../../../shared/model/instance.ts";
import { madeClaim } from "../../fixtures/made.ts";

const hex = "3f9c".repeat(16);
const uuid = "5a1c2b3d-4e5f-6071-8293-a4b5c6d7e8f9";

const claim = (engine: EngineName, id: string, parts: Partial<Claim> = {}): Claim =>
  madeClaim({ engine, id, kind: engine === "libvirt" || engine === "qemu" ? "vm" : "container", ...parts });
const paths = (path: string): CgroupPaths => ({
  unified: null,
  memory: `/sys/fs/cgroup/memory${path}`,
  cpu: `/sys/fs/cgroup/cpu${path}`,
  cpuacct: `/sys/fs/cgroup/cpu${path}`,
  pids: null,
  blkio: null,
});
const inCgroup = (path: string, pid: number | null = null): Handle => ({
  via: "cgroup",
  paths: paths(path),
  pid,
  container: hex,
});
const asProcess = (pid: number, ticks = 1, of: string | null = null): Handle => ({
  via: "process",
  pid,
  ticks,
  paths: of === null ? null : paths(of),
});
const ids = (claims: readonly Claim[]) => merge(claims).map(({ members }) => members);

describe("one thing", () => {
  test("a libvirt domain and its QEMU process, by uuid: libvirt's name, QEMU's handle and accelerator", () => {
    const domain = claim("libvirt", `libvirt:${uuid}`, {
      name: "tare one",
      uuid,
      startedAt: 1,
      virtualization: {
        accelerator: "kvm",
        acceleratorSeen: false,
        machine: "pc-q35-7.2",
        vcpus: 2,
        configured: null,
      },
    });
    const process = claim("qemu", "qemu:4711", {
      uuid: uuid.toUpperCase(),
      pid: 4711,
      startedAt: 2,
      handle: asProcess(4711),
      virtualization: {
        accelerator: "tcg",
        acceleratorSeen: true,
        machine: null,
        vcpus: 1,
        configured: 512,
      },
    });
    expect(merge([process, domain])).toEqual([
      {
        claim: {
          ...domain,
          handle: asProcess(4711),
          pid: 4711,
          virtualization: {
            accelerator: "tcg",
            acceleratorSeen: true,
            machine: "pc-q35-7.2",
            vcpus: 2,
            configured: 512,
          },
        },
        parts: [domain, process],
        members: [`libvirt:${uuid}`, "qemu:4711"],
        alsoSeenBy: ["qemu"],
      },
    ]);
  });

  test("a Docker container and the cgroup that was found by walking: Docker's word, the cgroup's handle", () => {
    const docker = claim("docker", `docker:${hex}`, {
      name: "web",
      handle: { via: "api", engine: "docker", endpoint: "/var/run/docker.sock", key: hex },
    });
    const found = claim("cgroup", `docker:${hex}`, { handle: inCgroup(`/docker/${hex}`, 99), startedAt: 7 });
    const [one, ...more] = merge([found, docker]);
    expect(more).toEqual([]);
    expect(one?.claim).toEqual({ ...docker, startedAt: 7, handle: inCgroup(`/docker/${hex}`, 99) });
    expect(one?.members).toEqual([`docker:${hex}`]);
    expect(one?.alsoSeenBy).toEqual(["cgroup"]);
  });

  test("same directory, other ids: a Kubernetes container that containerd claims too", () => {
    const claims = [
      claim("containerd", "containerd:k8s.io/1", { handle: inCgroup("/kubepods/pod1/1"), image: "nginx" }),
      claim("kubernetes", "kubernetes:1", { handle: inCgroup("/kubepods/pod1/1"), group: "pod1" }),
    ];
    expect(merge(claims)[0]).toMatchObject({
      claim: { id: "kubernetes:1", group: "pod1", image: "nginx" },
      alsoSeenBy: ["containerd"],
    });
  });

  test("Kata: a container whose handle is a process stays a container, and takes in its hypervisor", () => {
    const container = claim("containerd", "containerd:1", { handle: asProcess(42, 5), pid: 42 });
    const hypervisor = claim("qemu", "qemu:42", {
      pid: 42,
      handle: asProcess(42, 5, "/kata_overhead/1"),
      virtualization: {
        accelerator: "kvm",
        acceleratorSeen: true,
        machine: null,
        vcpus: 1,
        configured: 2048,
      },
    });
    const [one, ...more] = merge([hypervisor, container]);
    expect(more).toEqual([]);
    expect(one?.claim).toMatchObject({
      id: "containerd:1",
      kind: "container",
      handle: asProcess(42, 5, "/kata_overhead/1"),
      virtualization: { accelerator: "kvm" },
    });
  });

  test("through a third: the domain knows the uuid, the cgroup only the pid", () => {
    expect(
      ids([
        claim("cgroup", "cgroup:/machine/x", { kind: "vm", pid: 7, handle: inCgroup("/machine/x") }),
        claim("docker", "docker:1"),
        claim("libvirt", "libvirt:1", { uuid }),
        claim("qemu", "qemu:7", { uuid, pid: 7, handle: asProcess(7) }),
      ]),
    ).toEqual([["libvirt:1", "qemu:7", "cgroup:/machine/x"], ["docker:1"]]);
  });

  test("what an engine does not know of the limits is filled in, one by one", () => {
    const [one] = merge([
      claim("docker", "docker:1", { pid: 5, reported: { memory: 64, cpu: null, pids: null } }),
      claim("cgroup", "cgroup:1", { pid: 5, reported: { memory: 32, cpu: 0.5, pids: null } }),
    ]);
    expect(one?.claim.reported).toEqual({ memory: 64, cpu: 0.5, pids: null });
  });

  test("of two claims with one id the detailed one wins; a state that is unknown is taken from the other", () => {
    const [one] = merge([
      claim("docker", "docker:1", { name: "3f9c", detailed: false }),
      claim("docker", "docker:1", { name: "web", state: "unknown" }),
    ]);
    expect(one).toMatchObject({
      claim: { name: "web", state: "running", detailed: true },
      members: ["docker:1"],
      alsoSeenBy: [],
    });
  });
});

describe("two things", () => {
  test.each([
    [
      "two guests from one shell share its cgroup",
      claim("qemu", "qemu:1", { pid: 1, handle: asProcess(1, 1, "/user.slice/session-1.scope") }),
      claim("qemu", "qemu:2", { pid: 2, handle: asProcess(2, 1, "/user.slice/session-1.scope") }),
    ],
    [
      "two guests of one copied command line share a uuid",
      claim("qemu", "qemu:1", { pid: 1, uuid, handle: asProcess(1) }),
      claim("qemu", "qemu:2", { pid: 2, uuid, handle: asProcess(2) }),
    ],
    [
      "a pid that was used again: another start time",
      claim("qemu", "qemu:1", { handle: asProcess(1, 100) }),
      claim("libvirt", "libvirt:1", { handle: asProcess(1, 200) }),
    ],
    [
      "QEMU inside a container shares its cgroup, and is a VM inside it",
      claim("docker", "docker:1", { pid: 10, handle: inCgroup("/docker/1") }),
      claim("qemu", "qemu:11", { pid: 11, handle: asProcess(11, 1, "/docker/1") }),
    ],
    [
      "a container of another machine, whose pid means nothing here",
      claim("docker", "docker:1", {
        pid: 7,
        handle: { via: "api", engine: "docker", endpoint: "ssh://far", key: hex },
      }),
      claim("qemu", "qemu:7", { pid: 7, handle: asProcess(7) }),
    ],
    [
      "stopped containers have the pid 0",
      claim("docker", "docker:1", { pid: 0 }),
      claim("docker", "docker:2", { pid: 0 }),
    ],
    [
      "no uuid is written as zeros",
      claim("qemu", "qemu:1", { uuid: "00000000-0000-0000-0000-000000000000" }),
      claim("qemu", "qemu:2", { uuid: "00000000-0000-0000-0000-000000000000" }),
    ],
    ["one name", claim("docker", "docker:1", { name: "web" }), claim("docker", "docker:2", { name: "web" })],
  ] as const)("%s", (_, one, other) => {
    expect(ids([one, other])).toEqual([[one.id], [other.id]]);
  });
});

test("every engine's place: the one that knows most gives the name", () => {
  const engines: readonly EngineName[] = [
    "cgroup",
    "buildkit",
    "qemu",
    "nspawn",
    "lxc",
    "containerd",
    "kubernetes",
    "libvirt",
    "podman",
    "docker",
  ];
  const [one] = merge(engines.map((engine) => claim(engine, `${engine}:1`, { pid: 5 })));
  expect(one?.members).toEqual([...engines].reverse().map((engine) => `${engine}:1`));
  expect(one?.alsoSeenBy).toEqual([...engines].reverse().slice(1));
});

test("whatever is claimed: nobody is lost, nobody is there twice, names from outside are only values", () => {
  const any = fc.record({
    engine: fc.constantFrom<EngineName>("docker", "libvirt", "qemu", "cgroup"),
    id: fc.oneof(fc.constantFrom("__proto__", "constructor", ""), fc.string({ maxLength: 3 })),
    pid: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
    uuid: fc.constantFrom(null, "", uuid, "__proto__"),
    handle: fc.constantFrom<Handle | null>(null, asProcess(1), asProcess(2), inCgroup("/a"), inCgroup("/b")),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (parts) => {
      const claims = parts.map(({ engine, id, ...rest }) => claim(engine, id, rest));
      const merged = merge(claims);
      const members = merged.flatMap((one) => one.members);
      expect(new Set(members)).toEqual(new Set(claims.map(({ id }) => id)));
      expect(new Set(merged.map((one) => one.claim.id)).size).toBeLessThanOrEqual(merged.length);
      for (const one of merged) expect(one.members[0]).toBe(one.claim.id);
    }),
  );
});
