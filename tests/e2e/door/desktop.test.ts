import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openChannel } from "../../../shared/wire/channel.ts";
import type { Frame } from "../../../shared/wire/frames.ts";
import { built, top } from "../../built.ts";
import { type Standin, standin } from "./standin.ts";

/** One start for all that only looks. */
let electron: Standin;
beforeAll(async () => {
  built();
  electron = standin();
  await electron.ready;
});
afterAll(() => electron.end());

const preload = join(top, "dist/electron/preload.cjs");
type Told = readonly (readonly [string, unknown])[];

test("the window is set up before it is shown, in this order and with these settings to the letter", async () => {
  const told = await electron.ask<Told>("told");
  expect(told.map(([what]) => what)).toEqual([
    "schemes",
    "enableSandbox",
    "requestSingleInstanceLock",
    "ready",
    "handle",
    "window",
    "load",
    "show",
  ]);
  expect(Object.fromEntries(told)).toMatchObject({
    schemes: [
      {
        scheme: "tare",
        privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false },
      },
    ],
    handle: "tare",
    load: "tare://app/",
  });
  const { webPreferences, show } = Object.fromEntries(told).window as Record<string, unknown>;
  expect(show).toBe(false);
  expect(webPreferences).toEqual({
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: true,
  });
});

describe("the page", () => {
  let electron: Standin;
  beforeEach(async () => {
    electron = standin();
    await electron.ready;
    await electron.ask("load", preload);
  });
  afterEach(() => electron.end());

  test("gets a function to ask with and nothing else, then one port, then snapshot and frames", async () => {
    expect(await electron.ask("exposed")).toEqual([["tare", ["connect"]]]);
    const frames: Frame[] = [];
    const channel = openChannel(electron.port, {
      onFrame: (frame) => frames.push(frame),
      onClosed: () => undefined,
    });
    await electron.ask("connect");
    expect(await electron.ask("messages")).toEqual([["tare", "tare://app", 1]]);
    await vi.waitFor(() => expect(frames.length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
    expect(frames.map(({ whole }) => whole).slice(0, 3)).toEqual([true, false, false]);
    expect(frames[0]?.facts?.threads).toBeGreaterThan(0);
    const doctor = await channel.call("doctor", {});
    expect(doctor.node).toBe(process.version);
  });

  test("that asks again gets a new port, and the one before is closed", async () => {
    await electron.ask("connect");
    const closed = new Promise<void>((resolve) => electron.port.closed(resolve));
    await electron.ask("connect");
    await closed;
    expect(await electron.ask("messages")).toHaveLength(2);
  });

  test.each([
    ["no frame", "askAs", null],
    ["a frame inside it", "askAs", "tare://app"],
    ["another origin in its frame", "askFromMainFrameAt", "https://evil.example"],
    ["the scheme's other host in its frame", "askFromMainFrameAt", "tare://evil"],
  ])("is not %s: no port", async (_, name, origin) => {
    await electron.ask(name, origin);
    expect(await electron.ask("messages")).toEqual([]);
  });

  test("that falls over comes back, three times a minute", async () => {
    const reloads = [];
    for (let time = 0; time < 5; time++) reloads.push(await electron.ask("crash", "crashed"));
    expect(reloads).toEqual([1, 2, 3, 3, 3]);
  });
});

describe("nothing leads away from the page", () => {
  test.each(["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"])(
    "%s is prevented",
    async (name) => {
      expect(await electron.ask("navigate", name)).toBe(true);
    },
  );

  test("no window opens, and only an address of ours opens outside", async () => {
    for (const url of [
      "https://evil.example/",
      "https://docs.docker.com/engine/install/?x",
      "file:///etc/passwd",
      "https://docs.docker.com/engine/install/",
    ])
      expect(await electron.ask("open", url)).toEqual({ action: "deny" });
    const told = await electron.ask<Told>("told");
    expect(told.filter(([what]) => what === "openExternal")).toEqual([
      ["openExternal", "https://docs.docker.com/engine/install/"],
    ]);
  });

  test.each([
    ["tare://app/", false],
    ["tare://app/assets/main.js", false],
    ["tare://evil/", true],
    ["tare://app.evil/", true],
    ["https://evil.example/", true],
    ["http://127.0.0.1:80/", true],
    ["ws://127.0.0.1:80/", true],
    ["file:///etc/passwd", true],
    ["data:text/html,x", true],
  ])("a request for %s: cancelled %s", async (url, cancel) => {
    expect(await electron.ask("request", url)).toEqual({ cancel });
  });
});

describe("nothing is permitted", () => {
  test.each([
    "geolocation",
    "media",
    "notifications",
    "openExternal",
    "clipboard-read",
    "hid",
    "usb",
    "serial",
    "fullscreen",
    "unknown",
  ])("%s", async (name) => {
    expect(await electron.ask("permission", [name, "tare://app/"])).toEqual([false, false]);
  });

  test("but to copy a mend, and that to our page alone", async () => {
    expect(await electron.ask("permission", ["clipboard-sanitized-write", "tare://app/"])).toEqual([
      true,
      true,
    ]);
    expect(await electron.ask("permission", ["clipboard-sanitized-write", "https://evil.example/"])).toEqual([
      false,
      false,
    ]);
  });

  test("no device, screen or download", async () => {
    expect(await electron.ask("device")).toBe(false);
    expect(await electron.ask("display")).toBeNull();
    expect(await electron.ask("bluetooth")).toEqual({ confirmed: false });
    for (const name of ["select-usb-device", "select-hid-device"])
      expect(await electron.ask("choose", name)).toBeNull();
    expect(await electron.ask("choose", "select-serial-port")).toBe("");
    for (const url of ["https://evil.example/a", "blob:https://evil.example/1", "tare://app/index.html"])
      expect(await electron.ask("download", url)).toBe(true);
  });

  test("but to save what the page itself has made", async () => {
    expect(await electron.ask("download", "blob:tare://app/0f0e")).toBe(false);
  });
});

describe("tare://app/", () => {
  type Response = {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  const get = (url: string, method = "GET") => electron.ask<Response>("fetch", { url, method });

  test("serves the page, which may send nothing anywhere, with a nonce of its own", async () => {
    const { status, headers, body } = await get("tare://app/");
    const policy = headers["content-security-policy"] ?? "";
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/unsafe|ws:|\*/);
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? "none";
    expect(body).toContain(nonce);
    expect(body).not.toContain("CSP_NONCE");
    expect((await get("tare://app/")).body).not.toContain(nonce);
  });

  test.each([
    ["tare://app/../package.json", "GET"],
    ["tare://app/%2e%2e/package.json", "GET"],
    ["tare://app/sample.tare", "GET"],
    ["tare://evil/", "GET"],
    ["tare://app//etc/passwd", "GET"],
    ["tare://app/", "POST"],
  ])("%s by %s is not there", async (url, method) => {
    const { status, headers } = await get(url, method);
    expect(status).toBe(404);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });
});

test("a second start shows the first one's window, and ends", async () => {
  const second = standin("second");
  expect(await second.exit).toBe(0);
  await electron.ask("second");
  const told = await electron.ask<Told>("told");
  expect(told.slice(-2).map(([what]) => what)).toEqual(["restore", "focus"]);
});

test("a packaged window has no developer tools and loads none", async () => {
  const packaged = standin("packaged");
  try {
    await packaged.ready;
    const told = Object.fromEntries(await packaged.ask<Told>("told"));
    const { webPreferences } = told.window as { readonly webPreferences: { readonly devTools: boolean } };
    expect(webPreferences.devTools).toBe(false);
    expect(await packaged.ask("request", "devtools://devtools/bundled/inspector.html")).toEqual({
      cancel: true,
    });
    expect(await electron.ask("request", "devtools://devtools/bundled/inspector.html")).toEqual({
      cancel: false,
    });
  } finally {
    await packaged.end();
  }
});

test("with its last window Tare ends", async () => {
  void electron.ask("quit").catch(() => undefined);
  expect(await electron.exit).toBe(0);
});

test("a recording that can't be played ends it with exit code 2", async () => {
  const none = standin("", "--replay", "/nonexistent.tare");
  expect(await none.exit).toBe(2);
});
