import { expect, onTestFinished, test } from "vitest";
import { docker } from "../../../../../electron/engines/docker/docker.ts";
import { openClient } from "../../../../../electron/engines/docker-api/client.ts";
import { containers, daemon, eventLine, idOf, json } from "./stub.ts";
import { all, came, event, watching, watchStub } from "./watching.ts";

test("a line of 2 MiB is lost, the stream lives, and the list is asked for what it may have said", async () => {
  const one = await daemon();
  const watched = watchStub(one);
  await watched.until(all);
  one.routes.list = json(containers(4));
  one.send(`${"x".repeat(2 << 20)}\n${eventLine(1, "pause")}`);
  await watched.until(came("c1", ({ state }) => state === "paused"));
  await watched.until((news) => "all" in news && news.all.length === 4);
  await watched.until(event("found"));
});

test("a chunk that ends inside a character; ten thousand labels; lines that are none", async () => {
  const one = await daemon();
  const watched = watchStub(one);
  await watched.until(all);
  const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`label.${index}`, "무게"]));
  const bytes = Buffer.from(
    `{"half\nnull\n${eventLine(1, "rename", { ...labels, name: "무게", oldName: "/c1" })}`,
  );
  const middle = bytes.lastIndexOf(Buffer.from("무게")) + 2;
  one.send(bytes.subarray(0, middle));
  await new Promise((resolve) => setImmediate(resolve));
  one.send(bytes.subarray(middle));
  expect(await watched.until(event("renamed"))).toMatchObject({ detail: "c1 -> 무게" });
  await watched.until(came("무게"));
});

test("an id that is a path is never asked for", async () => {
  const one = await daemon();
  const watched = watchStub(one);
  await watched.until(all);
  one.send(eventLine(1, "start").replace(idOf(1), "../../images/json"));
  one.send(eventLine(2, "pause"));
  await watched.until(event("paused"));
  expect(one.hits.some((url) => url.includes(".."))).toBe(false);
  const client = openClient({ via: "socket", path: one.socket });
  onTestFinished(() => client.close());
  await expect(client.inspect("../info", new AbortController().signal)).rejects.toThrow("not an id");
});

test("its end is a loss; the next connection hears what came meanwhile, and nothing twice", async () => {
  const one = await daemon();
  const engine = docker({ surroundings: { environment: { DOCKER_HOST: `unix://${one.socket}` } } });
  const first = watching(engine);
  onTestFinished(first.stop);
  await first.until(all);
  const nano = 1_795_500_000_000_000_000;
  one.send(eventLine(1, "pause", {}, nano));
  await first.until(event("paused"));
  one.endStreams();
  await first.ended;
  expect(first.failure()).toMatchObject({ code: "refused" });
  const second = watching(engine);
  onTestFinished(second.stop);
  await second.until(all);
  expect(one.hits.some((url) => url.includes("/events?") && url.includes("since=1795500000"))).toBe(true);
  one.send(eventLine(1, "pause", {}, nano) + eventLine(1, "unpause", {}, nano + 1_000));
  await second.until(event("resumed"));
  expect(second.news.some((news) => event("paused")(news))).toBe(false);
});

test("what no event told is found by the list", async () => {
  const one = await daemon();
  const watched = watchStub(one, { reconcile: 100 });
  await watched.until(all);
  one.routes.list = json(containers(4).slice(1));
  expect(await watched.until(event("found"))).toMatchObject({ instance: `docker:${idOf(4)}` });
  const claims = await watched.until(
    (news) => "all" in news && news.all.length === 3 && news.all[2]?.name === "c4" && news.all,
  );
  expect(claims.map(({ name }) => name)).toEqual(["c2", "c3", "c4"]);
});

test("whose start was told is not found by a list that comes before the look at it", async () => {
  const one = await daemon();
  const watched = watchStub(one, { reconcile: 100 });
  await watched.until(all);
  // No look at it is answered, as on a daemon that has its hands full.
  one.routes.inspect = () => undefined;
  one.send(eventLine(4, "start"));
  await watched.until(event("started"));
  one.routes.list = json(containers(4));
  const from = watched.news.length;
  await watched.until((news) => "all" in news && news.all.length === 4, 4_000, from);
  expect(watched.news.some((news) => event("found")(news))).toBe(false);
});

test("a list that is older than an event does not take back what the event told", async () => {
  const one = await daemon();
  const watched = watchStub(one, { reconcile: 100 });
  await watched.until(all);
  const from = watched.news.length;
  let answer: () => void = () => undefined;
  one.routes.list = (response, request, id) => {
    answer = () => json(containers(3))(response, request, id); // as it was before the start
  };
  await expect.poll(() => one.hits.filter((url) => url.includes("/containers/json")).length).toBe(2);
  one.send(eventLine(9, "start") + eventLine(1, "destroy"));
  await watched.until(came("c9"), 4_000, from);
  answer();
  const claims = await watched.until(all, 4_000, from);
  expect(claims.map(({ name }) => name).sort()).toEqual(["c2", "c3", "c9"]);
});

test("a storm of short lives: every start is told, looks are bounded, and the list is right after it", async () => {
  const lives = 1_000;
  const one = await daemon();
  const watched = watchStub(one, { reconcile: 60_000 });
  await watched.until(all);
  const from = watched.news.length;
  for (let index = 100; index < 100 + lives; index++)
    one.send(
      eventLine(index, "start") + eventLine(index, "die", { exitCode: "1" }) + eventLine(index, "destroy"),
    );
  one.send(eventLine(3, "pause"));
  await watched.until(event("paused"), 4_500, from);
  const kinds = watched.news.slice(from).flatMap((news) => ("event" in news ? [news.event.kind] : []));
  expect(kinds.filter((kind) => kind === "started")).toHaveLength(lives);
  expect(kinds.filter((kind) => kind === "died")).toHaveLength(lives);
  expect(one.mostOpen()).toBeLessThanOrEqual(4);
  // What ended before its turn came was not looked at, and none of them is left.
  expect(one.hits.filter((url) => url.includes("/containers/0")).length).toBeLessThan(lives);
  const left = new Set<string>();
  for (const news of watched.news) {
    if ("all" in news) for (const { name } of news.all) left.add(name);
    if ("came" in news) left.add(news.came.name);
    if ("went" in news) left.delete(`c${parseInt(news.went.slice("docker:".length), 16)}`);
  }
  expect([...left].sort()).toEqual(["c1", "c2", "c3"]);
});
