import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { built, top } from "../../built.ts";
import { raw } from "../../unit/electron/web/raw.ts";
import { enter, reader } from "./client.ts";
import { addressLine, type Started, start } from "./process.ts";

let folder: string;
let tare: Started;
beforeEach(() => {
  built();
  folder = mkdtempSync(join(tmpdir(), "tare-doors-"));
});
afterEach(async () => {
  await tare.end();
  rmSync(folder, { recursive: true, force: true });
});

type Seen = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly modes: readonly string[];
  readonly page: string;
};

/** Arguments and environment of every process that may be looked at. */
function processes(): string {
  let all = "";
  for (const pid of readdirSync("/proc"))
    for (const file of ["cmdline", "environ"])
      try {
        if (/^\d+$/.test(pid)) all += readFileSync(join("/proc", pid, file), "latin1");
      } catch {
        // it has gone, or is not ours
      }
  return all;
}

const contents = (under: string): string =>
  readdirSync(under, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "latin1"))
    .join();

test("token, cookie and key stand in the address and a file of mode 0600, and nowhere else", async () => {
  const seenAt = join(folder, "seen.json");
  tare = start(["--web"], {
    DISPLAY: ":0",
    PATH: `${join(top, "tests/bin/desktop")}:${process.env.PATH}`,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: folder,
    TARE_TEST_SEEN: seenAt,
  });
  const [line, url = "", port, token = ""] = await tare.said(addressLine);
  await vi.waitFor(() => expect(existsSync(seenAt)).toBe(true), { timeout: 10_000 });
  const seen = await vi.waitFor(() => JSON.parse(readFileSync(seenAt, "utf8")) as Seen);

  // The browser is shown a file that leads there, in a folder that only its user can enter.
  expect(seen.args).toHaveLength(1);
  expect(dirname(dirname(seen.args[0] ?? ""))).toBe(folder);
  expect(seen.modes).toEqual(["600", "700"]);
  expect(seen.page).toContain(`url=${url}"`);
  expect(JSON.stringify(seen.env)).not.toContain(token);

  const entry = await enter(Number(port), token);
  const cookie = entry.cookie.split("=")[1] ?? "";
  const secrets = [token, cookie, entry.key];
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  let frames = 0;
  const page = reader(entry, () => frames++);
  await vi.waitFor(() => expect(frames).toBeGreaterThan(0), { timeout: 15_000 });

  const ask = async (target: string) =>
    (await raw(Number(port), `GET ${target} HTTP/1.1\r\nHost: ${entry.host}\r\nConnection: close\r\n\r\n`))
      .text;
  const index = await ask("/");
  const assets = [...index.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
  expect(assets.length).toBeGreaterThan(1);
  const served = [index, ...(await Promise.all(assets.map(ask)))].join();
  const running = processes();
  for (const secret of secrets) {
    expect(running).not.toContain(secret);
    expect(served).not.toContain(secret);
    expect(tare.stderr()).not.toContain(secret);
    expect(tare.stdout().replace(line, "")).not.toContain(secret);
  }

  page.terminate();
  tare.child.kill("SIGTERM");
  expect((await tare.exit).code).toBe(0);
  rmSync(seenAt);
  const left = contents(folder);
  for (const secret of secrets) expect(left).not.toContain(secret);
  expect(readdirSync(folder).filter((name) => name.startsWith("tare-open-"))).toEqual([]);
});
