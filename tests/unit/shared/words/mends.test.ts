import { describe, expect, test } from "vitest";
import type { EngineName } from "../../../../shared/model/instance.ts";
import type { TroubleCode } from "../../../../shared/model/trouble.ts";
import { engineNames } from "../../../../shared/words/engine-names.ts";
import { mendOf, tellTrouble } from "../../../../shared/words/mends.ts";
import { words } from "../../../../shared/words/words.ts";

const codes: readonly TroubleCode[] = [
  ...(["absent", "denied", "refused", "timeout", "garbled", "outdated", "unsafe", "misconfigured"] as const),
  ...(["full", "occupied", "failed"] as const),
];
const names = Object.keys(engineNames) as EngineName[];

describe.each(["en", "ko"] as const)("in %s", (language) => {
  test("every trouble of every engine has a line and a mend", () => {
    for (const code of codes)
      for (const engine of names) {
        const told = tellTrouble({ code, where: "/x", cause: null }, engine, words[language].engines);
        expect(told.what).toContain("/x");
        expect(told.mend.length).toBeGreaterThan(5);
        expect(`${told.what}${told.mend}${told.command}${told.risk}`).not.toMatch(/undefined|\[object|\n/);
      }
  });

  test("foreign text in it is made visible", () => {
    const where = "/run/\u202eevil\u001b[31m.sock";
    const { what } = tellTrouble({ code: "absent", where, cause: null }, "docker", words[language].engines);
    expect(what).toContain("\\u{202e}evil\\u{1b}[31m.sock");
  });
});

test.each([
  ["docker", "denied", "/var/run/docker.sock", null, "sudo usermod -aG docker $USER", "groupIsRoot"],
  ["docker", "denied", "/var/run/docker.sock", "HTTP 403: forbidden", null, null],
  ["docker", "refused", "/var/run/docker.sock", null, "sudo systemctl start docker", null],
  ["docker", "refused", "DOCKER_HOST=tcp://127.0.0.1:1", null, null, null],
  ["docker", "timeout", "/var/run/docker.sock", null, "sudo systemctl restart docker", "containersStop"],
  ["docker", "timeout", "ssh://me@far", null, null, null],
  ["docker", "misconfigured", "DOCKER_HOST=/nowhere", null, "unset DOCKER_HOST", null],
  ["docker", "misconfigured", "docker context far=context:far", null, "docker context use default", null],
  [
    "docker",
    "unsafe",
    "DOCKER_HOST=tcp://far:2375",
    null,
    'docker context create far --docker "host=ssh://USER@HOST"',
    null,
  ],
  ["podman", "absent", "/run/podman/podman.sock", null, "systemctl --user enable --now podman.socket", null],
  ["podman", "misconfigured", "CONTAINER_HOST=/x", null, "unset CONTAINER_HOST", null],
  ["libvirt", "absent", "virsh", null, "sudo apt-get install libvirt-clients", null],
  ["libvirt", "denied", "qemu:///system", null, "sudo usermod -aG libvirt $USER", "groupIsRoot"],
  ["libvirt", "timeout", "qemu:///system", null, "sudo systemctl restart libvirtd", "machinesGoOn"],
  ["qemu", "absent", "/proc", null, null, null],
] as const)("%s %s at %s (%s): %s", (engine, code, where, cause, command, risk) => {
  expect(mendOf({ code, where, cause }, engine)).toMatchObject({ command, risk });
});
