import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { link } from "../../../../electron/cli/link.ts";
import { listenForLinks } from "../../../../electron/web/control.ts";
import { type ControlPlace, controlPlace, PlaceUnsafe } from "../../../../electron/web/control-place.ts";
import { words } from "../../../../shared/words/words.ts";

let session: string;
let place: ControlPlace;
let stop: AbortController;
const servers: Server[] = [];
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "tare-control-"));
  vi.stubEnv("XDG_RUNTIME_DIR", session);
  place = controlPlace() ?? { folder: "", socket: "" };
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  for (const one of servers.splice(0)) one.close();
  rmSync(session, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

let made = 0;
const newAddress = () => `http://127.0.0.1:4000/#t=${String(++made).padStart(43, "A")}`;
const listen = (address = newAddress) => listenForLinks(place, address, stop.signal);

async function asked() {
  const printed: string[] = [];
  const remarked: string[] = [];
  const say = words.en.terminal;
  const code = await link({
    say,
    print: (line) => printed.push(line),
    remark: (line) => remarked.push(line),
  });
  return { code, printed, remarked };
}

/** Somebody else in Tare's place, who says this to whoever asks. */
async function stranger(path: string, says: string): Promise<void> {
  const server = createServer((one) => one.on("error", () => undefined).end(says));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
}
const elsewhere = `http://203.0.113.9:80/#t=${"A".repeat(43)}\n`;
const privately = () => mkdirSync(place.folder, { mode: 0o700 });

describe.runIf(process.platform !== "win32")("the control socket", () => {
  test("is this user's alone from the moment it is made, and goes at the end", async () => {
    const before = process.umask(0);
    try {
      await listen();
      expect(process.umask()).toBe(0);
    } finally {
      process.umask(before);
    }
    expect(lstatSync(place.folder).mode & 0o777).toBe(0o700);
    expect(lstatSync(place.socket).mode & 0o777).toBe(0o600);
    expect(await asked()).toMatchObject({
      code: 0,
      printed: [`http://127.0.0.1:4000/#t=${String(made).padStart(43, "A")}`],
    });
    stop.abort();
    expect(existsSync(place.socket)).toBe(false);
    expect(await asked()).toMatchObject({ code: 1, printed: [] });
  });

  test("of two the first one answers, and stays when the second ends", async () => {
    const second = new AbortController();
    await listen();
    await listenForLinks(place, () => "http://127.0.0.1:5000/", second.signal);
    second.abort();
    expect((await asked()).printed[0]).toContain(":4000/");
  });

  test.each([
    ["cut", "link"],
    ["twice", "link\nlink\n"],
    ["a browser's", "POST / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["long", "l".repeat(1 << 20)],
    ["none", ""],
  ])("a question that is none (%s) gets nothing, and makes no address", async (_, text) => {
    await listen();
    const before = made;
    const said = await new Promise<string>((resolve) => {
      let all = "";
      const asker = connect(place.socket, () => asker.end(text));
      asker.on("data", (data) => {
        all += data;
      });
      asker.on("error", () => undefined).on("close", () => resolve(all));
    });
    expect([said, made]).toEqual(["", before]);
    expect((await asked()).code).toBe(0);
  });

  const places: readonly (readonly [string, () => Promise<string> | string])[] = [
    [
      "a file in its place",
      () => {
        privately();
        writeFileSync(place.socket, "mine", { mode: 0o600 });
        return place.socket;
      },
    ],
    [
      "a link to another socket",
      async () => {
        privately();
        await stranger(join(session, "other.sock"), elsewhere);
        chmodSync(join(session, "other.sock"), 0o600);
        symlinkSync(join(session, "other.sock"), place.socket);
        return place.socket;
      },
    ],
    [
      "a socket that others may use",
      async () => {
        privately();
        await stranger(place.socket, elsewhere);
        chmodSync(place.socket, 0o660);
        return place.socket;
      },
    ],
    [
      "a folder that others may enter",
      () => {
        mkdirSync(place.folder);
        chmodSync(place.folder, 0o710);
        return place.folder;
      },
    ],
    [
      "a link in the folder's place",
      () => {
        mkdirSync(join(session, "other"), { mode: 0o700 });
        symlinkSync(join(session, "other"), place.folder);
        return place.folder;
      },
    ],
    [
      "a file in the folder's place",
      () => {
        writeFileSync(place.folder, "", { mode: 0o600 });
        return place.folder;
      },
    ],
  ];
  const ofOthers: typeof places = [
    [
      "another user's folder",
      () => {
        privately();
        chownSync(place.folder, 65_534, 65_534);
        return place.folder;
      },
    ],
    [
      "another user's socket",
      async () => {
        privately();
        await stranger(place.socket, elsewhere);
        chmodSync(place.socket, 0o600);
        chownSync(place.socket, 65_534, 65_534);
        return place.socket;
      },
    ],
  ];
  test.each(process.getuid?.() === 0 ? [...places, ...ofOthers] : places)(
    "%s: refused by both sides, and left as it is",
    async (_, make) => {
      const path = await make();
      const before = lstatSync(path);
      const refusal = await listen().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(PlaceUnsafe);
      expect(refusal).toMatchObject({ path });
      await expect(asked()).rejects.toThrow(`${path} is not yours alone`);
      const { ino, mode, uid } = lstatSync(path);
      expect({ ino, mode, uid }).toEqual({ ino: before.ino, mode: before.mode, uid: before.uid });
    },
  );

  test.each([
    ["an address elsewhere", elsewhere],
    ["no address", "hello\n"],
    ["nothing", ""],
    ["two", `http://127.0.0.1:1/#t=${"A".repeat(43)}\n`.repeat(2)],
    ["no end", "A".repeat(1 << 20)],
  ])("whoever answers in its place with %s is not believed", async (_, says) => {
    privately();
    await stranger(place.socket, says);
    chmodSync(place.socket, 0o600);
    expect(await asked()).toMatchObject({ code: 1, printed: [] });
  });

  test("a path that is too long for a socket, or cut by the system: none", () => {
    vi.stubEnv("XDG_RUNTIME_DIR", `/${"a".repeat(100)}`);
    expect(controlPlace()).toBeNull();
    vi.stubEnv("XDG_RUNTIME_DIR", "relative");
    expect(controlPlace()?.folder).toBe(join(tmpdir(), `tare-${process.getuid?.()}`));
  });
});
