import { expect, test } from "vitest";
import { parseShim } from "../../../../../electron/engines/cgroups/shims.ts";

test.each([
  [
    "/usr/bin/containerd-shim-runc-v2\0-namespace\0moby\0-id\0abc\0-address\0/run/x.sock\0",
    { id: "abc", namespace: "moby" },
  ],
  ["containerd-shim\0--id\0abc\0--namespace\0k8s.io\0", { id: "abc", namespace: "k8s.io" }],
  ["containerd-shim\0-id\0", null],
  ["containerd-shim\0-v\0", null],
  ["", null],
])("%j", (text, shim) => expect(parseShim(text)).toEqual(shim));
