import { describe, expect, test } from "vitest";
import { workloadOf } from "../../../../electron/lab/workload-of.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const wish = { probe: { kind: "exit" }, memory: 256 << 20, cpus: 1 } as const;
/** As Docker 20.10 prints it for an image of `docker import`. */
const image = (config: object | null, rest: object = {}) => ({
  Id: digest,
  RepoTags: ["web:1"],
  Architecture: "amd64",
  Os: "linux",
  Size: 1_982_256,
  Config: config,
  ...rest,
});
const read = (config: object | null, rest: object = {}) =>
  workloadOf(image(config, rest), "web:1", wish, "x64");

test("Docker 20.10: null for what is not set", () => {
  const config = {
    Hostname: "",
    User: "",
    Env: ["PATH=/bin", "한글=값 with spaces"],
    Cmd: ["nginx", "-g", "daemon off;"],
    Entrypoint: null,
    WorkingDir: "",
    Labels: null,
    OnBuild: null,
  };
  expect(read(config)).toEqual({
    image: "web:1",
    digest,
    bytes: 1_982_256,
    argv: ["nginx", "-g", "daemon off;"],
    env: ["PATH=/bin", "한글=값 with spaces"],
    directory: "/",
    user: "",
    architecture: "amd64",
    health: null,
    ...wish,
  });
});

test("Docker 29 leaves out what is not set, and knows fields that we don't", () => {
  const config = {
    Entrypoint: ["/entry.sh"],
    Cmd: ["serve"],
    WorkingDir: "/srv",
    User: "app:app",
    ArgsEscaped: true,
  };
  expect(read(config, { Descriptor: { mediaType: "x" }, Manifests: [] })).toMatchObject({
    argv: ["/entry.sh", "serve"],
    env: [],
    directory: "/srv",
    user: "app:app",
  });
});

test("Podman: an id without sha256:, and the check beside the configuration", () => {
  const rest = {
    Id: "ab".repeat(32),
    HealthCheck: { Test: ["CMD-SHELL", "true"], Interval: 5e9, Timeout: 1e9 },
  };
  expect(read({ Cmd: ["true"] }, rest)).toMatchObject({
    digest,
    health: { argv: ["true"], shell: true, interval: 5_000, timeout: 1_000 },
  });
});

describe("HEALTHCHECK", () => {
  const health = (Healthcheck: object | null, Shell?: readonly string[]) =>
    read({ Cmd: ["x"], Healthcheck, ...(Shell && { Shell }) }).health;
  test.each([
    ["none", null, null],
    ["NONE takes the parent's away", { Test: ["NONE"] }, null],
    ["empty: inherit, and nothing is there to inherit", { Test: [] }, null],
    ["null", { Test: null }, null],
    ["no command", { Test: ["CMD"] }, null],
    ["an unknown kind", { Test: ["HTTP", "/"] }, null],
    [
      "CMD, in ns",
      { Test: ["CMD", "wget", "-q", "a b"], Interval: 1_500_000_000, Timeout: 250_000_000 },
      { argv: ["wget", "-q", "a b"], shell: false, interval: 1_500, timeout: 250 },
    ],
    [
      "CMD-SHELL with Docker's defaults, 0 or left out",
      { Test: ["CMD-SHELL", "curl -f localhost || exit 1"], Interval: 0 },
      { argv: ["curl -f localhost || exit 1"], shell: true, interval: 30_000, timeout: 30_000 },
    ],
  ])("%s", (_, told, expected) => expect(health(told)).toEqual(expected));

  test("CMD-SHELL goes to the image's own shell", () => {
    expect(health({ Test: ["CMD-SHELL", "true"] }, ["/bin/bash", "-ec"])).toMatchObject({
      argv: ["/bin/bash", "-ec", "true"],
      shell: false,
    });
  });
});

test.each([
  ["no command", image({ Entrypoint: [], Cmd: null }), wish, "no-command"],
  ["no configuration at all", image(null), wish, "no-command"],
  ["an empty command", image({ Cmd: [""] }), wish, "no-command"],
  ["another processor", image({ Cmd: ["x"] }, { Architecture: "arm64" }), wish, "other-architecture"],
  ["another system", image({ Cmd: ["x"] }, { Os: "windows" }), wish, "other-architecture"],
  [
    "health is wished for and not there",
    image({ Cmd: ["x"] }),
    { ...wish, probe: { kind: "health" } },
    "no-healthcheck",
  ],
  ["no image", { message: "x" }, wish, "failed"],
  ["an id that is none", image({ Cmd: ["x"] }, { Id: "../x" }), wish, "failed"],
] as const)("%s is refused", (_, json, wanted, code) => {
  expect(() => workloadOf(json, "web:1", wanted, "x64")).toThrow(
    expect.objectContaining({ trouble: expect.objectContaining({ code, where: "web:1" }) }),
  );
});

test("the host's processor by Go's names", () => {
  const arm = image({ Cmd: ["x"] }, { Architecture: "arm64", Variant: "v8" });
  expect(workloadOf(arm, "web:1", wish, "arm64").architecture).toBe("arm64");
});

test("a command in the old shell form", () => {
  expect(read({ Cmd: "echo hi" }).argv).toEqual(["/bin/sh", "-c", "echo hi"]);
});
