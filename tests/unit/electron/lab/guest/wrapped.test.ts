import { expect, test } from "vitest";
import { wrapped } from "../../../../../electron/lab/guest/wrapped.ts";

const setpriv = "/usr/bin/setpriv";
const dies = ["--no-new-privs", "--pdeathsig", "KILL", "qemu", "-x"];

test.each([
  ["a user's dies with us", { setpriv, uid: 1000 }, { program: setpriv, args: dies }],
  [
    "root's is nobody",
    { setpriv, uid: 0 },
    { program: setpriv, args: ["--reuid", "65534", "--regid", "65534", "--clear-groups", ...dies] },
  ],
  [
    "root's is nobody, in the group of KVM's device",
    { setpriv, uid: 0, group: 107 },
    { program: setpriv, args: ["--reuid", "65534", "--regid", "65534", "--groups", "107", ...dies] },
  ],
  ["there is no setpriv", { setpriv: null, uid: 0 }, { program: "qemu", args: ["-x"] }],
])("%s", (_, options, expected) => {
  expect(wrapped("qemu", ["-x"], options)).toEqual(expected);
});
