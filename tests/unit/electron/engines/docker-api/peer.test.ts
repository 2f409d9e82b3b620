import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseListening, parseState } from "../../../../../electron/engines/docker-api/peer.ts";

const table = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 17683 /run/docker.sock
0000000000000000: 00000003 00000000 00000000 0001 03 17999 /run/docker.sock
0000000000000000: 00000002 00000000 00010000 0001 01 18001 /var/run/other name.sock
0000000000000000: 00000002 00000000 00010000 0001 01 18002
`;

test.each([
  ["the listening one, not its connections", "/run/docker.sock", ["17683"]],
  ["a path with a space, under /var/run", "/run/other name.sock", ["18001"]],
  ["nobody", "/run/none.sock", []],
] as const)("%s", (_, path, inodes) => {
  expect(parseListening(table, path)).toEqual(inodes);
});

test.each([
  ["1 (dockerd) S 1 1", "S"],
  ["1 (a) T (b)) T 1 1", "T"],
  ["1 (x)", null],
  ["", null],
] as const)("state of %s is %s", (stat, state) => {
  expect(parseState(stat)).toBe(state);
});

test.runIf(process.platform === "linux")("a process that is stopped and goes on", async () => {
  const child = spawn("sleep", ["30"], { stdio: "ignore" });
  try {
    await once(child, "spawn");
    const state = () => parseState(readFileSync(`/proc/${child.pid}/stat`, "latin1"));
    child.kill("SIGSTOP");
    await expect.poll(state, { timeout: 2_000 }).toBe("T");
    child.kill("SIGCONT");
    await expect.poll(state, { timeout: 2_000 }).toBe("S");
  } finally {
    child.kill("SIGKILL");
  }
});
