import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { args, executablePath } from "../../browser.ts";
import { built } from "../../built.ts";
import { complaintsOf } from "./complaints.ts";
import { addressLine, listeningPort, type Started, start } from "./process.ts";

let tare: Started;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  built();
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
});
afterAll(() => browser.close());
beforeEach(async () => {
  tare = start(["--web", "--no-open"]);
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await tare.end();
});

const address = async () => (await tare.said(addressLine))[1] ?? "";

/**
 * Stands for ssh: a port that leads to another. It adds one header to the page, a stricter policy that is only reported:
 * no markup is made from text. (Playwright's own way to change an answer makes the browser think it came from afar.)
 */
async function openTunnel() {
  let target = 0;
  const report = "Content-Security-Policy-Report-Only: require-trusted-types-for 'script'";
  const server = createTcpServer((near) => {
    const far = connect(target, "127.0.0.1");
    near.pipe(far);
    far.on("data", (data: Buffer) => {
      const head = "HTTP/1.1 200 OK\r\n";
      const starts = data.subarray(0, head.length).toString("latin1") === head;
      near.write(
        starts ? Buffer.concat([Buffer.from(`${head}${report}\r\n`), data.subarray(head.length)]) : data,
      );
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(port: number) {
      target = port;
    },
    close: () => server.close(),
  };
}

type Watched = {
  readonly page: Page;
  /** Errors of the console, of the page and of its policy. */
  readonly wrong: string[];
  /** Frames of the feed that came, by socket. */
  readonly frames: number[];
};

/** A tab that tells what goes wrong in it, and counts what the feed brings. */
async function tab(): Promise<Watched> {
  const page = await context.newPage();
  const wrong = await complaintsOf(page);
  const frames: number[] = [];
  page.on("websocket", (socket) => {
    const at = frames.push(0) - 1;
    socket.on("framereceived", () => {
      frames[at] = (frames[at] ?? 0) + 1;
    });
  });
  return { page, wrong, frames };
}

const lives = (frames: readonly number[], socket = 0) =>
  expect.poll(() => frames[socket] ?? 0, { timeout: 15_000 }).toBeGreaterThan(3);

test("the page opens by its link, gets frames, and nothing of its policy or console complains", async () => {
  const { page, wrong, frames } = await tab();
  await page.goto(await address());
  await lives(frames);
  expect(wrong).toEqual([]);
  // Nothing secret stands in the address, in history, in storage that another page sees, or where scripts read cookies.
  expect(
    await page.evaluate(() => [location.hash, document.cookie, localStorage.length, history.length]),
  ).toEqual(["", "", expect.any(Number), expect.any(Number)]);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/[\w-]{43}/);
  const [, port] = /:(\d+)\//.exec(await address()) ?? [];
  expect(await context.cookies()).toMatchObject([
    { name: `tare_${port}`, httpOnly: true, sameSite: "Strict", path: "/" },
  ]);
});

test("through ssh -L it works under the origin that was named, and has nothing to report to trusted types", async () => {
  await tare.end();
  const tunnel = await openTunnel();
  tare = start(["--web", "--no-open", "--origin", tunnel.origin]);
  const link = await address();
  expect(link.startsWith(`${tunnel.origin}/#t=`)).toBe(true);
  tunnel.to(await listeningPort(tare.pid));
  const { page, wrong, frames } = await tab();
  await page.goto(link);
  await lives(frames);
  expect(wrong).toEqual([]);
  // The report works: this is one.
  await page.evaluate(() => document.createElement("p").insertAdjacentHTML("beforeend", "<b>x</b>"));
  await expect.poll(() => wrong.join()).toMatch(/require-trusted-types-for/);
  tunnel.close();
});

test("it survives a reload, and its link works for nobody after it", async () => {
  const link = await address();
  const { page, frames } = await tab();
  await page.goto(link);
  await lives(frames);
  await page.reload();
  await lives(frames, 1);

  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  const sockets: string[] = [];
  other.on("websocket", (socket) => sockets.push(socket.url()));
  const refused = other.waitForResponse((response) => response.url().endsWith("/session"));
  await other.goto(link);
  expect((await refused).status()).toBe(403);
  expect(sockets).toEqual([]);
  await stranger.close();
});

test("a tab without the key is not let in by its cookie", async () => {
  const link = await address();
  const first = await tab();
  await first.page.goto(link);
  await lives(first.frames);
  const second = await tab();
  await second.page.goto(new URL("/", link).href);
  const outcome = await second.page.evaluate(
    (key) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/feed`, ["tare.v1", `key.${key}`]);
        socket.onopen = () => resolve("open");
        socket.onclose = ({ code }) => resolve(code);
      }),
    "A".repeat(43),
  );
  expect(outcome).toBe(1006);
});

test("a new link pasted into an open tab is taken", async () => {
  const { page, frames } = await tab();
  const link = await address();
  await page.goto(new URL("/", link).href);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await lives(frames);
});

describe("a page of a neighbour port, in the browser that has the cookie", () => {
  let neighbour: Server;
  beforeAll(async () => {
    neighbour = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>a container's page</title>");
    });
    await new Promise<void>((resolve) => neighbour.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    neighbour.closeAllConnections();
    neighbour.close();
  });

  test("gets nothing: no feed, no login, no page, no script, no frame", async () => {
    const link = await address();
    const { page, frames } = await tab();
    await page.goto(link);
    await lives(frames);
    const host = new URL(link).host;
    const script = await page.evaluate(() => document.querySelector("script")?.getAttribute("src") ?? "");

    const evil = await context.newPage();
    await evil.goto(`http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/`);
    const outcomes = await evil.evaluate(
      async ([host, script]) => {
        const told = (attempt: Promise<unknown>) => attempt.then(String, () => "failed");
        const loaded = (tag: "script" | "img" | "iframe", url: string) =>
          new Promise((resolve, reject) => {
            const element = document.createElement(tag);
            element.onload = () => resolve("loaded");
            element.onerror = () => reject();
            element.src = url;
            document.body.append(element);
          });
        const feed = (protocols: string[]) =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`ws://${host}/feed`, protocols);
            socket.onopen = () => resolve("open");
            socket.onerror = () => reject();
          });
        const login = (init: RequestInit) =>
          fetch(`http://${host}/session`, {
            method: "POST",
            body: JSON.stringify({ token: "A".repeat(43) }),
            credentials: "include",
            ...init,
          }).then(({ type, status }) => `${type} ${status}`);
        const frame = await told(loaded("iframe", `http://${host}/`));
        return {
          feed: await told(feed([])),
          feedNamed: await told(feed(["tare.v1", `key.${"A".repeat(43)}`])),
          page: await told(fetch(`http://${host}/`, { credentials: "include" })),
          login: await told(login({ headers: { "Content-Type": "application/json" } })),
          blindLogin: await told(login({ mode: "no-cors" })),
          script: await told(loaded("script", `http://${host}/${script}`)),
          // A frame always says that it loaded; what is in it is the browser's own error page, which nobody may look into.
          frame: frame === "loaded" ? String(document.querySelector("iframe")?.contentDocument) : frame,
        };
      },
      [host, script] as const,
    );
    expect(outcomes).toEqual({
      feed: "failed",
      feedNamed: "failed",
      page: "failed",
      login: "failed",
      // What a blind request gets can't be read, and was refused; CORP makes the browser drop even that.
      blindLogin: expect.stringMatching(/^failed$|^opaque 0$/),
      script: "failed",
      frame: "null",
    });
    await expect.poll(() => tare.stderr()).toContain("Refused");
    // The page itself goes on.
    const before = frames[0] ?? 0;
    await expect.poll(() => frames[0] ?? 0, { timeout: 10_000 }).toBeGreaterThan(before);
  });
});
