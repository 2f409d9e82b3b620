import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Account } from "../../../../../electron/lab/image/accounts.ts";
import { environmentOf, fstab, guestScript } from "../../../../../electron/lab/image/guest-script.ts";
import { mostEntries } from "../../../../../electron/lab/image/image-segment.ts";
import { ownSegment } from "../../../../../electron/lab/image/own-segment.ts";
import type { Workload } from "../../../../../electron/lab/workload.ts";
import { readCpio } from "./made-archives.ts";

const root: Account = { uid: 0, gid: 0, groups: [], home: "/root" };
const nonce = "5f0c9b3a61d2e874";
type Part = Pick<Workload, "argv" | "env" | "directory" | "probe" | "health">;
const workload: Part = { argv: ["/bin/true"], env: [], directory: "", probe: { kind: "exit" }, health: null };
const script = (more: Partial<Part>, account = root) => guestScript({ ...workload, ...more }, account, nonce);
const health = { argv: ["it's up"], shell: true, interval: 30_000, timeout: 1_500 } as const;

describe("guestScript", () => {
  const hostile = "'; reboot -f; echo '$(id)`id`\n\"한\\";
  test.each<[string, Partial<Part>]>([
    ["exit", {}],
    ["port", { probe: { kind: "port", port: 80 } }],
    ["line", { probe: { kind: "line", pattern: "'" } }],
    ["health", { probe: { kind: "health" }, health }],
    [
      "hostile words",
      { argv: [hostile, hostile], env: [`A=${hostile}`, `PATH=${hostile}`], directory: hostile },
    ],
  ])("is a script that a shell understands: %s", (_, more) => {
    execFileSync("/bin/sh", ["-n"], { input: script(more) });
  });

  test("looks for the workload in its own PATH, and for the port in the kernel's hexadecimal", () => {
    const text = script({
      argv: ["nginx", "-g", "daemon off;"],
      env: ["PATH=/a:/b c:"],
      probe: { kind: "port", port: 80 },
    });
    expect(text).toContain("for P in '/a/nginx' '/b c/nginx' './nginx'; do");
    expect(text).toContain("look 0050\n");
    expect(text).toContain("'-g' 'daemon off;' </dev/null");
  });

  test("runs the check no more often than four times a second, and by /bin/sh where the image says so", () => {
    const text = script({ probe: { kind: "health" }, health: { ...health, interval: 100 } });
    expect(text).toContain("read -t 0.1 nap");
    expect(text).toContain("for H in '/bin/sh'; do");
    expect(text).toContain("'-c' 'it'\\''s up'");
    expect(text).toContain("timeout -s KILL 2 ");
    expect(script({ probe: { kind: "health" }, health })).toContain("read -t 0.25 nap");
  });

  test("takes groups from the image only for who has some", () => {
    expect(script({})).toContain('nsenter -G 0 -S 0 -- "$P"');
    expect(script({}, { ...root, uid: 33, gid: 34, groups: [44] })).toContain(
      'start-stop-daemon -S -c 33:34 -x "$P" --',
    );
  });
});

test("the environment is the image's, with what Docker adds where it has none", () => {
  expect(environmentOf([], "box", "/home/x")).toEqual([
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOSTNAME=box",
    "HOME=/home/x",
  ]);
  const own = ["PATH=/bin", "HOME=", "HOSTNAME=a=b"];
  expect(environmentOf([...own, "no value", "=x"], "box", "/")).toEqual(own);
});

describe("ownSegment", () => {
  const own = { helper: Buffer.from("busybox"), script: "#!\n", fstab, hostname: "box" };
  const names = (places: Parameters<typeof ownSegment>[1]) => readCpio(ownSegment(own, places));

  test("brings the console that the kernel must find, our program, and what a container has in /dev", () => {
    const bytes = ownSegment(own, {});
    expect(bytes.length % 512).toBe(0);
    const found = new Map(readCpio(bytes).map((record) => [record.name, record]));
    expect(found.get("dev/console")).toMatchObject({ mode: 0o020600, major: 5, minor: 1 });
    expect(found.get("dev/null")).toMatchObject({ mode: 0o020666, major: 1, minor: 3 });
    expect(found.get(".tare")).toMatchObject({ mode: 0o040700 });
    expect(found.get(".tare/busybox")).toMatchObject({ mode: 0o100755, content: "busybox" });
    expect(found.get(".tare/init")).toMatchObject({ mode: 0o100700, content: "#!\n" });
    expect(found.get("dev/stdout")).toMatchObject({ mode: 0o120777, content: "/proc/self/fd/1" });
    const inodes = [...found.values()].map(({ inode }) => inode);
    expect(Math.min(...inodes)).toBeGreaterThan(mostEntries);
    expect(new Set(inodes).size).toBe(inodes.length);
  });

  test("makes the folders that are missing, and leaves the modes of those that are there", () => {
    const missing = names({}).map(({ name }) => name);
    for (const name of ["dev", "proc", "sys", "tmp", "etc"]) expect(missing).toContain(name);
    const all = {
      dev: "directory",
      proc: "directory",
      sys: "directory",
      tmp: "directory",
      etc: "directory",
    } as const;
    const there = names(all).map(({ name }) => name);
    for (const name of Object.keys(all)) expect(there).not.toContain(name);
    expect(there).toContain("etc/hosts");
  });

  test("takes the place of a /dev that is no folder, and never of an /etc that is a link", () => {
    const found = names({ dev: "other", etc: "other" }).map(({ name }) => name);
    expect(found).toContain("dev");
    expect(found.filter((name) => name.startsWith("etc"))).toEqual([]);
  });
});
