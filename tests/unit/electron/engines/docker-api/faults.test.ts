import type { ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { openClient } from "../../../../../electron/engines/docker-api/client.ts";
import { containers, daemon, eventLine, idOf, json, never, type Routes, text } from "./stub.ts";
import { all, came, event, failureAt, known, watchStub } from "./watching.ts";

const failing = async (routes: Routes) => failureAt(`unix://${(await daemon(routes)).socket}`);

test("a good daemon: places, version, whole list, one connection a lane, nothing left open", async () => {
  const one = await daemon();
  const watched = watchStub(one);
  const claims = await watched.until(all);
  expect(watched.news[0]).toEqual({ looked: [{ where: `DOCKER_HOST=${one.socket}`, found: true }] });
  expect(watched.news[1]).toEqual({ ready: { version: "20.10.24", where: `DOCKER_HOST=${one.socket}` } });
  expect(claims).toHaveLength(3);
  expect(claims.every(({ detailed }) => detailed)).toBe(true);
  expect(claims[0]).toMatchObject({ name: "c1", reported: { memory: 67_108_864 }, handle: { via: "api" } });
  await watched.until(known(({ imageSize }) => imageSize === 1_000));
  expect(one.mostOpen()).toBeLessThanOrEqual(4);
  expect(one.hits.filter((url) => url.startsWith("/v1.41/images/"))).toHaveLength(1);
  await watched.stop();
  await expect.poll(one.open, { timeout: 1_000 }).toBe(0);
});

describe("what an engine may answer instead", () => {
  const html = text("<html>Sign in</html>");
  test.each([
    ["a proxy's page to the ping", { ping: html }, "garbled"],
    ["a proxy's page to the list", { list: html }, "garbled"],
    ["a list cut short", { list: text('[{"Id":"') }, "garbled"],
    ["a list of other things", { list: json([{ Name: "x" }]) }, "garbled"],
    ["no HTTP", { ping: (response) => void response.socket?.end("220 ftp\r\n") }, "garbled"],
    ["a connection that ends inside the body", { list: cutOff }, "refused"],
    ["403: a proxy that lets it not through", { list: json({ message: "forbidden" }, 403) }, "denied"],
    ["503: a proxy without a daemon", { ping: text("no server", 503) }, "refused"],
    ["500", { list: json({ message: "boom" }, 500) }, "failed"],
    ["an API that is too old", { ping: speaking("1.24") }, "outdated"],
    [
      "a minimum above ours",
      {
        ping: speaking("1.99"),
        info: json({ message: "client version 1.51 is too old. Minimum supported API version is 1.60" }, 400),
      },
      "outdated",
    ],
  ] satisfies [string, Routes, string][])("%s", async (_, routes, code) => {
    expect(await failing(routes)).toMatchObject({ code, where: expect.stringContaining("docker.sock") });
  });

  test("its own words are the cause", async () => {
    expect(await failing({ list: json({ message: "no space" }, 500) })).toMatchObject({
      cause: { message: "HTTP 500: no space" },
    });
  });

  test("a proxy that refuses only /info costs the version, no more", async () => {
    const watched = watchStub(await daemon({ info: json({ message: "forbidden" }, 403) }));
    expect(await watched.until(all)).toHaveLength(3);
    expect(watched.news[1]).toMatchObject({ ready: { version: null } });
  });

  test("without a version in the ping, paths carry none", async () => {
    const one = await daemon({ ping: text("OK") });
    await watchStub(one).until(all);
    expect(one.hits.some((url) => url.startsWith("/v1"))).toBe(false);
  });

  test("a body without end is cut off, and not kept", async () => {
    const chunk = Buffer.alloc(1 << 18, 0x20);
    let sent = 0;
    const before = process.memoryUsage().rss;
    const failure = await failing({
      list(response) {
        response.on("error", () => undefined);
        const more = () => {
          while (sent < 500 << 20 && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", more);
          }
        };
        more();
      },
    });
    expect(failure).toMatchObject({ code: "garbled" });
    expect(sent).toBeLessThan(64 << 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(96 << 20); // both ends live in this process
  });

  test("a redirect is an answer that can't be read, and is not followed", async () => {
    const to = (response: ServerResponse) =>
      void response.writeHead(301, { location: "http://127.0.0.1:9/x" }).end();
    expect(await failing({ list: to })).toMatchObject({ code: "garbled" });
  });
});

describe("time", () => {
  test("a body that stalls is ended by our own timer", async () => {
    const { socket } = await daemon({ ping: (response) => void response.writeHead(200).write("O") });
    const client = openClient({ via: "socket", path: socket });
    onTestFinished(() => client.close());
    const began = performance.now();
    await expect(client.ping(new AbortController().signal, 200)).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("one inspect that never answers delays nobody: its row is there, without details", async () => {
    const stuck = idOf(2);
    const one = await daemon({});
    one.routes.inspect = (response, _, id) =>
      id === stuck
        ? undefined
        : json({ Id: id, Name: `/c${parseInt(id, 16)}`, State: { Status: "running" } })(response, _, id);
    const watched = watchStub(one);
    const claims = await watched.until(all, 1_500);
    expect(claims.map(({ name, detailed }) => [name, detailed])).toEqual([
      ["c1", true],
      ["c2", false],
      ["c3", true],
    ]);
    one.send(eventLine(4, "start"));
    await watched.until(event("started"), 500);
    await watched.until(came("c4"), 500);
  });

  test("every answer late: few connections, nothing piles up, all is read in the end", async () => {
    const late = 150;
    const slow =
      (answer: Routes[keyof Routes]) =>
      (...args: Parameters<NonNullable<typeof answer>>) =>
        void setTimeout(() => answer?.(...args), late);
    let out = 0;
    let most = 0;
    const one = await daemon({
      info: slow(json({ ID: "S" })),
      list: slow(json(containers(12))),
      inspect: (response, request, id) => {
        most = Math.max(most, ++out);
        setTimeout(() => {
          out--;
          json({ Id: id, Name: `/c${parseInt(id, 16)}`, State: { Status: "running" } })(
            response,
            request,
            id,
          );
        }, late);
      },
    });
    const watched = watchStub(one, { reconcile: 200 });
    expect(await watched.until(all)).toHaveLength(12);
    for (let index = 1; index <= 12; index++)
      await watched.until(
        (news) =>
          ("came" in news && news.came.detailed && news.came.name === `c${index}`) ||
          ("all" in news && news.all.some(({ name, detailed }) => detailed && name === `c${index}`)),
      );
    expect(most).toBeLessThanOrEqual(2);
    expect(one.mostOpen()).toBeLessThanOrEqual(4);
  });

  test("a daemon that answers no list is waited for, then given up", async () => {
    const watched = watchStub(await daemon({ list: never }));
    await watched.until((news) => "ready" in news);
    expect(watched.news.some((news) => "all" in news || "alive" in news)).toBe(false);
  });
});

function cutOff(response: ServerResponse) {
  response.writeHead(200, { "content-length": "1000" }).write("[{");
  setTimeout(() => response.destroy(), 20);
}
function speaking(version: string) {
  return (response: ServerResponse) => void response.writeHead(200, { "api-version": version }).end("OK");
}
