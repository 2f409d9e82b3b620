import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { built } from "../../built.ts";
import { enter, socket } from "./client.ts";
import { addressLine, type Started, start } from "./process.ts";

// What else may stand in the socket's place, and who else may ask or answer: tests/unit/electron/web/control.test.ts.
let session: string;
const started: Started[] = [];
beforeAll(built);
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "tare-link-"));
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
  rmSync(session, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Started => {
  const one = start(args, { XDG_RUNTIME_DIR: session, LC_ALL: "C" });
  started.push(one);
  return one;
};
const folder = () => join(session, "tare");
const ctl = () => join(folder(), "ctl.sock");
const mode = (path: string) => lstatSync(path).mode & 0o777;
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

async function open() {
  const tare = run("--web", "--no-open");
  const [, , port = ""] = await tare.said(addressLine);
  return { tare, port };
}

async function link() {
  const asked = run("link");
  const { code } = await asked.exit;
  return { code, stdout: asked.stdout(), stderr: asked.stderr() };
}

describe.runIf(process.platform !== "win32")("tare link", () => {
  test("a new address each time, which lets a page in; after a kill there is none, until the next Tare", async () => {
    const { tare, port } = await open();
    await soon(() => expect(existsSync(ctl())).toBe(true));
    expect([mode(folder()), mode(ctl())]).toEqual([0o700, 0o600]);
    const [one, other] = [await link(), await link()];
    for (const { code, stdout } of [one, other]) {
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#t=[\\w-]{43}\\n$`));
    }
    expect(one.stdout).not.toBe(other.stdout);
    const page = socket(await enter(Number(port), one.stdout.trim().split("#t=")[1] ?? ""));
    await new Promise((resolve, reject) => page.once("open", resolve).once("error", reject));
    page.terminate();
    // Tare's own output is for what it was started with.
    expect(tare.stdout().split("\n")).toHaveLength(2);

    await tare.end();
    expect(existsSync(ctl())).toBe(true);
    expect(await link()).toEqual({
      code: 1,
      stdout: "",
      stderr: "No Tare of yours runs in the browser here. Start one: tare --web\n",
    });
    const next = await open();
    await soon(async () => expect((await link()).stdout).toContain(`:${next.port}/`));
    next.tare.child.kill("SIGTERM");
    expect((await next.tare.exit).code).toBe(0);
    expect(existsSync(ctl())).toBe(false);
  }, 90_000);

  test("a place that is not this user's alone is told by both sides and left as it is, and the page is served", async () => {
    mkdirSync(join(session, "other"), { mode: 0o700 });
    symlinkSync(join(session, "other"), folder());
    const { tare } = await open();
    const [line] = await tare.said(/^tare link will not work: .*$/m);
    expect(line).toContain(`${folder()} is not yours alone.`);
    expect(await link()).toEqual({
      code: 2,
      stdout: "",
      stderr: `${folder()} is not yours alone, so what answers there may not be Tare. Look at it, and remove it: ls -ld\n`,
    });
    expect(lstatSync(folder()).isSymbolicLink()).toBe(true);
  }, 60_000);
});
