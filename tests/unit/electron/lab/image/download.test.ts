import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { download } from "../../../../../electron/lab/image/download.ts";
import { LabFailure } from "../../../../../electron/lab/trial.ts";

const body = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 9)) & 255));
const sha256 = createHash("sha256").update(body).digest("hex");

let folder = "";
let path = "";
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const ranges: (string | undefined)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tare-download-"));
  path = join(folder, "vmlinuz-made");
  ranges.length = 0;
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((up) => void server.listen(0, "127.0.0.1", up));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

const from = (request: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1]);
/** Sends the rest, `most` bytes of it before the connection is cut. */
const serve = (request: IncomingMessage, response: ServerResponse, most = body.length) => {
  const start = from(request);
  const rest = body.subarray(start);
  response.writeHead(206, {
    "content-range": `bytes ${start}-${body.length - 1}/${body.length}`,
    "content-length": rest.length,
  });
  if (rest.length <= most) return void response.end(rest);
  response.write(rest.subarray(0, most), () => response.destroy());
};
const wanted = (more = {}) => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kernel`,
  bytes: body.length,
  sha256,
  ...more,
});
const get = (more = {}, options: { signal?: AbortSignal; still?: number } = {}) => {
  const told: number[] = [];
  const signal = options.signal ?? new AbortController().signal;
  return download(path, wanted(more), { progress: (done) => told.push(done), ...options, signal }).then(
    () => told,
  );
};
const cause = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LabFailure);
  return (error as LabFailure).trouble.cause;
};

describe("download", () => {
  test("fetches, tells its progress to the end, and leaves only the file, for this user alone", async () => {
    answer = serve;
    const told = await get();
    expect(readFileSync(path)).toEqual(body);
    expect(told.at(-1)).toBe(body.length);
    expect([...told]).toEqual([...told].sort((one, other) => one - other));
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("goes on where the connection was cut, as often as it brings something", async () => {
    answer = (request, response) => serve(request, response, 50_000);
    await get();
    expect(readFileSync(path)).toEqual(body);
    expect(ranges.length).toBeGreaterThanOrEqual(6);
    expect(ranges[0]).toBe("bytes=0-");
  });

  test("goes on from what an earlier run of Tare left", async () => {
    writeFileSync(`${path}.part`, body.subarray(0, 123_456));
    answer = serve;
    await get();
    expect(ranges).toEqual(["bytes=123456-"]);
    expect(readFileSync(path)).toEqual(body);
  });

  test("begins anew with a server that knows no ranges, and with a part that is too long", async () => {
    writeFileSync(`${path}.part`, "x".repeat(1_000));
    answer = (_, response) => void response.end(body);
    await get();
    expect(readFileSync(path)).toEqual(body);
    rmSync(path);
    writeFileSync(`${path}.part`, Buffer.alloc(body.length + 1));
    await get();
    expect(readFileSync(path)).toEqual(body);
  });

  test("keeps nothing whose hash is wrong", async () => {
    answer = serve;
    expect(await cause(get({ sha256: "0".repeat(64) }))).toMatch(/SHA-256/);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test("gives up a server that refuses, that says nothing, and that sends too much", async () => {
    answer = (_, response) => void response.writeHead(404).end();
    expect(await cause(get())).toBe("HTTP 404");
    expect(ranges.length).toBe(3);
    answer = () => undefined;
    expect(await cause(get({}, { still: 50 }))).toMatch(/abort/i);
    answer = (_, response) => void response.end(Buffer.alloc(body.length * 2));
    expect(await cause(get())).toMatch(/longer/);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test("takes no other range than it asked for", async () => {
    writeFileSync(`${path}.part`, body.subarray(0, 1_000));
    answer = (_, response) => {
      response.writeHead(206, { "content-range": `bytes 0-${body.length - 1}/${body.length}` });
      response.end(body);
    };
    expect(await cause(get())).toMatch(/another range/);
  });

  test("stops when it is told to, and keeps what it has", async () => {
    const stop = new AbortController();
    answer = (request, response) => {
      response.writeHead(206, {
        "content-range": `bytes ${from(request)}-${body.length - 1}/${body.length}`,
      });
      response.write(body.subarray(0, 100_000));
    };
    const stopped = download(path, wanted(), {
      progress: (done) => done === 100_000 && stop.abort(new Error("enough")),
      signal: stop.signal,
    });
    await expect(stopped).rejects.toThrow("enough");
    expect(statSync(`${path}.part`).size).toBe(100_000);
  });
});
