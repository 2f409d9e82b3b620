import fc from "fast-check";
import { expect, test } from "vitest";
import { recognise, unescapeUnit } from "../../../../../electron/engines/cgroups/recognise.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const id = "3f9c0b".padEnd(64, "0");
const other = "a1b2c3".padEnd(64, "f");
const short = id.slice(0, 12);
const uid = "9d1f2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6";
const uid_ = uid.replaceAll("-", "_");
const pod = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid_}.slice`;
const user = "/user.slice/user-1000.slice/user@1000.service";

/** Engine, id, group, and the instance's own cgroup where the path goes on below it. */
test.each([
  // Docker
  [`/docker/${id}`, "docker", id, null],
  [`/docker/${id}/system.slice/nginx.service`, "docker", id, null, `/docker/${id}`],
  [`/system.slice/docker-${id}.scope`, "docker", id, null],
  [`/system.slice/docker-${id}.scope/init.scope`, "docker", id, null, `/system.slice/docker-${id}.scope`],
  [`${user}/user.slice/docker-${id}.scope`, "docker", id, null],
  [`/mine.slice/docker-${id}.scope`, "docker", id, null],
  // BuildKit
  ["/docker/buildkit/abcdefghijklmnopqrstuvwxy", "buildkit", "abcdefghijklmnopqrstuvwxy", null],
  [
    "/system.slice/docker-buildkit-abcdefghijklmnopqrstuvwxy.scope",
    "buildkit",
    "abcdefghijklmnopqrstuvwxy",
    null,
  ],
  // Podman
  [`/machine.slice/libpod-${id}.scope`, "podman", id, null],
  [`/machine.slice/libpod-${id}.scope/container`, "podman", id, null, `/machine.slice/libpod-${id}.scope`],
  [`${user}/user.slice/libpod-${id}.scope`, "podman", id, null],
  [`/machine.slice/machine-libpod_pod_${other}.slice/libpod-${id}.scope`, "podman", id, other.slice(0, 12)],
  [`/libpod_parent/libpod-${id}`, "podman", id, null],
  [`/libpod_parent/${other}/${id}`, "podman", id, other.slice(0, 12)],
  [`/system.slice/web.service/libpod-payload-${id}`, "podman", id, null],
  // containerd
  [`/system.slice/nerdctl-${id}.scope`, "containerd", id, null],
  [`/system.slice/cri-containerd-${id}.scope`, "containerd", id, null],
  // Kubernetes
  [`${pod}/cri-containerd-${id}.scope`, "kubernetes", id, uid],
  [`${pod}/crio-${id}.scope`, "kubernetes", id, uid],
  [`${pod}/crio-${id}.scope/container`, "kubernetes", id, uid, `${pod}/crio-${id}.scope`],
  [`${pod}/docker-${id}.scope`, "kubernetes", id, uid],
  [`/kubepods.slice/kubepods-pod${uid_}.slice/cri-containerd-${id}.scope`, "kubernetes", id, uid],
  [`/kubepods/burstable/pod${uid}/${id}`, "kubernetes", id, uid],
  [`/kubepods/besteffort/pod${uid}/crio-${id}`, "kubernetes", id, uid],
  [`/kubepods/pod${"0123456789abcdef".repeat(2)}/${id}`, "kubernetes", id, "0123456789abcdef".repeat(2)],
  [`/system.slice/kubepods-burstable-pod${uid_}.slice:cri-containerd:${id}`, "kubernetes", id, uid],
  // LXC, nspawn
  ["/lxc.payload.web", "lxc", "web", null],
  ["/lxc.payload.web/init.scope", "lxc", "web", null, "/lxc.payload.web"],
  ["/lxc.payload.web-1", "lxc", "web-1", null],
  ["/lxc.payload/web", "lxc", "web", null],
  [
    "/lxc.payload.project_web/system.slice/ssh.service",
    "lxc",
    "project_web",
    null,
    "/lxc.payload.project_web",
  ],
  ["/lxc/101/ns", "lxc", "101", null, "/lxc/101"],
  ["/machine.slice/machine-lxc\\x2d4711\\x2dweb.scope", "lxc", "web", null],
  ["/machine.slice/systemd-nspawn@my\\x2dbox.service", "nspawn", "my-box", null],
  [
    "/machine.slice/systemd-nspawn@box.service/payload",
    "nspawn",
    "box",
    null,
    "/machine.slice/systemd-nspawn@box.service",
  ],
  ["/machine.slice/machine-box.scope/supervisor", "nspawn", "box", null, "/machine.slice/machine-box.scope"],
  // Schedulers of their own
  [`/ecs/0123456789abcdef/${id}`, "docker", id, "0123456789abcdef"],
  [`/ecstasks.slice/ecstasks-0123456789abcdef.slice/docker-${id}.scope`, "docker", id, "0123456789abcdef"],
  [
    "/ecs/task/0123456789abcdef0123456789abcdef-3600",
    "containerd",
    "0123456789abcdef0123456789abcdef-3600",
    "task",
  ],
  [`/nomad.slice/share.slice/${uid}.web.scope`, "cgroup", `nomad/${uid}.web`, uid.slice(0, 8)],
  [`/nomad/${uid}.web`, "cgroup", `nomad/${uid}.web`, uid.slice(0, 8)],
  ["/garden/0f1e2d", "cgroup", "garden/0f1e2d", null],
  ["/firecracker/551e7604-e35c", "cgroup", "firecracker/551e7604-e35c", null],
  [`/kubepods/pod${uid}/kata_${id}`, "kubernetes", id, uid],
] as const)("%s", (path, engine, expectedId, group, top: string | undefined = path) => {
  expect(recognise(path)).toMatchObject({
    top,
    outer: null,
    recognised: { what: "instance", engine, id: expectedId, group },
  });
});

test.each([
  ["a container by its short id", `/docker/${id}`, short, "container"],
  ["a system container by its name", "/lxc.payload.web", "web", "container"],
  ["a task by its name", `/nomad/${uid}.web`, "web", "container"],
  ["a microVM by its id", "/firecracker/551e", "551e", "vm"],
])("names %s", (_, path, name, kind) => {
  expect(recognise(path)?.recognised).toMatchObject({ name, kind });
});

test.each([
  [`/machine.slice/libpod-conmon-${id}.scope`, "helper"],
  ["/libpod_parent/conmon", "helper"],
  ["/user.slice/podman-4711.scope", "helper"],
  ["/user.slice/podman-pause-0f1e.scope", "helper"],
  [`${pod}/crio-conmon-${id}.scope`, "helper"],
  [`/crio-${id}`, "helper"],
  ["/lxc.monitor.web", "helper"],
  ["/lxc.monitor/101", "helper"],
  ["/lxc.pivot", "helper"],
  ["/kata_overhead/0f1e", "helper"],
  ["/machine.slice/machine-qemu\\x2d1\\x2dweb.scope", "vm"],
  ["/machine.slice/machine-qemu\\x2d1\\x2dweb.scope/libvirt/emulator", "vm"],
  ["/machine/qemu-1-web.libvirt-qemu/vcpu0", "vm"],
  ["/qemu.slice/101.scope", "vm"],
  ["/system.slice/nginx.service", "service"],
  ["/user.slice/user-1000.slice/session-3.scope", "service"],
  ["/system.slice/snap.docker.dockerd.service", "service"],
  ["/user.slice/app-flatpak-org.x-1.scope", "service"],
])("%s is a %s, no instance", (path, what) => {
  expect(recognise(path)?.recognised.what).toBe(what);
});

test.each([
  ["/"],
  [""],
  ["/docker"],
  ["/docker/0f1e2d3c4b5a"],
  [`/default/${id}`],
  ["/system.slice"],
  ["/process_api/b617853213fddb01d6ecf71271604d97"],
  [`/docker/${id.toUpperCase()}`],
  ["/lxc.payload."],
])("%s is nothing we know", (path) => {
  expect(recognise(path)).toBeNull();
});

test("of several ids in one path the last is the instance, and the one before it what it runs inside of", () => {
  const outer = `/system.slice/docker-${other}.scope`;
  const inner = `${outer}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${uid_}.slice/cri-containerd-${id}.scope`;
  expect(recognise(`${inner}/init.scope`)).toMatchObject({
    top: inner,
    outer,
    recognised: { engine: "kubernetes", id, group: uid },
  });
  expect(recognise(`/docker/${other}/docker/${id}`)).toMatchObject({
    top: `/docker/${other}/docker/${id}`,
    outer: `/docker/${other}`,
  });
});

test("a unit's name is unescaped for people", () => {
  expect([unescapeUnit("a\\x2db"), unescapeUnit("a\\x"), unescapeUnit("a\\xzz")]).toEqual([
    "a-b",
    "a\\x",
    "a\\xzz",
  ]);
});

test("no path makes it throw, or takes long", () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "docker",
      id,
      `docker-${id}.scope`,
      "lxc",
      "kubepods",
      `pod${uid}`,
      "machine.slice",
      "a.service",
      "-".repeat(500),
    ),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const path = `/${parts.join("/")}`;
      const found = recognise(path);
      return found === null || path.startsWith(found.top);
    }),
    fuzzRuns(10_000),
  );
  const began = performance.now();
  for (const repeated of ["/docker", "-pod", "/nomad.slice/a", "/machine-lxc\\x2d1", "/ecs/"])
    recognise(repeated.repeat(800));
  expect(performance.now() - began).toBeLessThan(5_000);
});
