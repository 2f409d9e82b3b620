import { chmodSync, cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { built, top } from "../../built.ts";
import { addressLine, nobody, type Started, start } from "./process.ts";

const started: Started[] = [];
const folders: string[] = [];
beforeAll(built);
afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const run = (...args: Parameters<typeof start>): Started => {
  const one = start(...args);
  started.push(one);
  return one;
};

/** As on a desktop, with the stand-in as Electron's binary. */
const desktop = (mode: string) => ({
  DISPLAY: ":0",
  ELECTRON_OVERRIDE_DIST_PATH: join(top, "tests/standin"),
  STANDIN: mode,
  // Only who waits in vain need not wait long: a loaded machine takes its time to crash as well.
  TARE_ELECTRON_PATIENCE: mode === "hang" ? "1500" : "20000",
});

describe("the window", () => {
  test("is opened where it can be, and ends with what started it", async () => {
    const tare = run([], { ...desktop(""), TARE_ELECTRON_PATIENCE: "20000" }, nobody);
    await tare.said(/^Tare runs in Electron\.$/m);
    expect(tare.stdout()).toBe("");
    tare.child.kill("SIGTERM");
    expect((await tare.exit).code).not.toBeNull();
  });

  test.each([
    ["crashes", "crash", "Electron did not start (exit code 133)"],
    ["shows nothing", "hang", "Electron showed no window in 1.5 s"],
  ])("that %s: the browser, and why", async (_, mode, why) => {
    const tare = run(["--no-open"], desktop(mode), nobody);
    await tare.said(addressLine);
    expect(tare.stderr()).toContain(`Tare runs in the browser: ${why}.\n`);
    expect(tare.stdout()).toMatch(/^Tare /);
  });

  test("that crashes, with --desktop: the reason and exit code 1", async () => {
    const tare = run(["--desktop"], desktop("crash"), nobody);
    expect(await tare.exit).toEqual({ code: 1, signal: null });
    expect(tare.stderr()).toBe("Tare can't run in Electron: Electron did not start (exit code 133).\n");
  });

  test("of a program that is not here: the browser, at once", async () => {
    const tare = run(["--no-open"], { ...desktop(""), ELECTRON_OVERRIDE_DIST_PATH: "/nonexistent" }, nobody);
    await tare.said(addressLine);
    expect(tare.stderr()).toContain("Tare runs in the browser: Electron's binary is not here.\n");
  });

  test("without a display: the browser", async () => {
    const tare = run(["--no-open"]);
    await tare.said(addressLine);
    expect(tare.stderr()).toContain("Tare runs in the browser: there is no display.\n");
  });

  test.runIf(process.getuid?.() === 0)("as root: the browser, never without a sandbox", async () => {
    const tare = run(["--no-open"], desktop(""));
    await tare.said(addressLine);
    expect(tare.stderr()).toContain("Tare runs in the browser: Electron does not run as root.\n");
  });
});

describe("the browser", () => {
  test("its address is the first line on stdout, and the only one; SIGTERM ends it with 0", async () => {
    const tare = run(["--web", "--no-open"]);
    await tare.said(addressLine);
    tare.child.kill("SIGTERM");
    expect(await tare.exit).toEqual({ code: 0, signal: null });
    const [line = "", ...rest] = tare.stdout().split("\n");
    expect(line).toMatch(addressLine);
    expect(rest).toEqual([""]);
  });

  test.each([
    ["en", /^Port \d+ is in use\. Take another with --port/],
    ["ko", /^포트 \d+번은 이미 사용 중입니다\./],
  ])("on a used port: one line with the mend, exit code 2 (%s)", async (language, line) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const tare = run(["--web", "--port", String(port), "--lang", language]);
    expect(await tare.exit).toEqual({ code: 2, signal: null });
    expect(tare.stderr()).toMatch(line);
    expect(tare.stderr().split("\n")).toHaveLength(2);
    expect(tare.stdout()).toBe("");
    other.close();
  });

  test.each([
    [["--port", "65536"], /^"65536" is no port/],
    [["--nonsense"], /^There is no --nonsense/],
    [["--origin", "http://evil.example"], /^--origin takes/],
  ])("%s: one line, exit code 2", async (args, line) => {
    const tare = run(["--web", ...args]);
    expect(await tare.exit).toEqual({ code: 2, signal: null });
    expect(tare.stderr()).toMatch(line);
  });

  test("on the port that was asked for", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    await new Promise((resolve) => other.close(resolve));
    const tare = run(["--web", "--no-open", "--port", String(port)]);
    expect((await tare.said(addressLine))[2]).toBe(String(port));
  });
});

describe("the build", () => {
  test("is left alone when it is current", async () => {
    const stamp = () => statSync(join(top, "dist/.stamp")).mtimeMs;
    const before = stamp();
    const tare = run(["--web", "--no-open"], {}, nobody);
    await tare.said(addressLine);
    expect(stamp()).toBe(before);
  });

  test.runIf(process.getuid?.() === 0)(
    "that is missing where nobody may write: one line, exit code 2",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "tare-doors-"));
      folders.push(folder);
      for (const name of ["package.json", "package-lock.json", "assets", "electron", "renderer", "shared"])
        cpSync(join(top, name), join(folder, name), { recursive: true });
      // mkdtemp's 0700 would keep the other user out altogether.
      chmodSync(folder, 0o755);
      const tare = run(["--web"], {}, { ...nobody, folder });
      expect(await tare.exit).toEqual({ code: 2, signal: null });
      expect(tare.stderr()).toMatch(/^Tare is not built, and .* can't be written \(EACCES\)/);
    },
  );
});
