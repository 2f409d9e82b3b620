import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostile } from "./hostile.ts";
import { login, type Opened, openDoor, raw, secrets } from "./raw.ts";

let door: Opened;
let cookie: string;
let key: string;
let served = 0;

beforeAll(async () => {
  door = await openDoor({ serve: () => served++ });
  ({ cookie, key } = secrets(await raw(door.server.port, login(door.host, door.sessions.newToken()))));
});
afterAll(() => door.server.close());

const fill = (bytes: string) =>
  bytes
    .replaceAll("{host}", door.host)
    .replaceAll("{port}", String(door.server.port))
    .replaceAll("{cookie}", cookie)
    .replaceAll("{key}", key);

/** Every header that each answer must carry, by reliability's list; the nonce is new each time. */
const headers = [
  /^Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws:\/\/127\.0\.0\.1:\d+; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'\r$/m,
  /^X-Content-Type-Options: nosniff\r$/m,
  /^Cross-Origin-Opener-Policy: same-origin\r$/m,
  /^Cross-Origin-Resource-Policy: same-origin\r$/m,
  /^Cross-Origin-Embedder-Policy: require-corp\r$/m,
  /^Origin-Agent-Cluster: \?1\r$/m,
  /^Referrer-Policy: no-referrer\r$/m,
  /^X-Frame-Options: DENY\r$/m,
  /^Permissions-Policy: camera=\(\), microphone=\(\), geolocation=\(\), usb=\(\), serial=\(\), hid=\(\)\r$/m,
  /^Cache-Control: no-store\r$/m,
];

describe("a hostile request", () => {
  test.each(hostile.map((row) => [row.name, row] as const))("%s is refused", async (_, { rule, bytes }) => {
    door.rules.length = 0;
    const got = await raw(door.server.port, Buffer.from(fill(bytes), "latin1"));
    expect(got).toMatchObject({ status: rule === "method" ? 405 : 403, body: "Refused\n" });
    expect(door.rules).toEqual([rule]);
    for (const header of headers) expect(got.text).toMatch(header);
    expect(got.text).toMatch(/^Connection: close\r$/m);
    expect(got.text).not.toMatch(/Access-Control/i);
    expect(got.text).not.toContain(key);
  });

  test("none of them reached the feed, and the table is as long as promised", () => {
    expect(served).toBe(0);
    expect(hostile.length).toBeGreaterThanOrEqual(60);
  });

  // Again where the machine was busy with something else meanwhile.
  test("half of them are refused within 5 ms", { retry: 3 }, async () => {
    const times: number[] = [];
    for (const { bytes } of hostile)
      times.push((await raw(door.server.port, Buffer.from(fill(bytes), "latin1"))).ms);
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(5);
  });
});

describe("the page's own requests", () => {
  const ask = (method: string, target: string, extra = "") =>
    raw(
      door.server.port,
      `${method} ${target} HTTP/1.1\r\nHost: ${door.host}\r\n${extra}Connection: close\r\n\r\n`,
    );

  test("the page, with a nonce of this answer's policy, new each time", async () => {
    const [first, second] = [await ask("GET", "/"), await ask("GET", "/")];
    const nonce = /nonce="([\w-]{22})"/.exec(first.body)?.[1] ?? "";
    expect(first.status).toBe(200);
    expect(first.text).toContain(`'nonce-${nonce}'`);
    expect(second.text).not.toContain(nonce);
    for (const header of headers) expect(first.text).toMatch(header);
  });

  test("opened from another site, by a link", async () => {
    const visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    expect(await ask("GET", "/", visit)).toMatchObject({ status: 200 });
  });

  test("an asset by its page", async () => {
    expect(await ask("GET", "/assets/main.js", "Sec-Fetch-Site: same-origin\r\n")).toMatchObject({
      status: 200,
      body: "export {}",
    });
  });

  test("HEAD has no body, what is not there is 404, with all headers", async () => {
    expect(await ask("HEAD", "/")).toMatchObject({ status: 200, body: "" });
    const none = await ask("GET", "/../package.json");
    expect(none).toMatchObject({ status: 404, body: "Not found\n" });
    for (const header of headers) expect(none.text).toMatch(header);
  });

  test("the login sets a cookie of its port that no script can read", async () => {
    const got = await raw(door.server.port, login(door.host, door.sessions.newToken()));
    expect(got.text).toMatch(
      new RegExp(
        `^Set-Cookie: tare_${door.server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200\\r$`,
        "m",
      ),
    );
    expect(got.body).toMatch(/^\{"key":"[\w-]{43}"\}$/);
  });

  test("through ssh -L, under the one origin that was named", async () => {
    const far = await openDoor({ origin: "http://127.0.0.1:9000" });
    try {
      const from = (host: string) =>
        raw(far.server.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(await from("127.0.0.1:9000")).toMatchObject({ status: 200 });
      expect((await from("127.0.0.1:9000")).text).toContain("connect-src 'self' ws://127.0.0.1:9000;");
      expect(await from("127.0.0.1:9001")).toMatchObject({ status: 403 });
      expect(await from(far.host)).toMatchObject({ status: 200 });
    } finally {
      await far.server.close();
    }
  });
});

describe("a token", () => {
  test("works once", async () => {
    const token = door.sessions.newToken();
    expect(await raw(door.server.port, login(door.host, token))).toMatchObject({ status: 200 });
    expect(await raw(door.server.port, login(door.host, token))).toMatchObject({ status: 403 });
  });

  test("is void after five guesses: the right one comes too late as the sixth", async () => {
    const token = door.sessions.newToken();
    for (let guess = 0; guess < 5; guess++)
      expect(await raw(door.server.port, login(door.host, String(guess).repeat(43)))).toMatchObject({
        status: 403,
      });
    expect(await raw(door.server.port, login(door.host, token))).toMatchObject({ status: 403 });
  });
});
