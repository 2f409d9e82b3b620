import { expect, test } from "vitest";
import { queue } from "../../../../../electron/engines/docker-api/queue.ts";

/** Work whose ends are in the test's hand. */
function held(most: number) {
  const running = new Map<string, () => void>();
  const log: string[] = [];
  const jobs = queue(most, (key) => {
    log.push(key);
    return new Promise((resolve) =>
      running.set(key, () => {
        running.delete(key);
        resolve();
      }),
    );
  });
  const end = async (key: string) => {
    running.get(key)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { jobs, running, log, end };
}

test("so many at a time, the others wait their turn", async () => {
  const { jobs, running, log, end } = held(2);
  for (const key of ["a", "b", "c", "c"]) jobs.add(key);
  expect([...running.keys()]).toEqual(["a", "b"]);
  expect(jobs.waits("c")).toBe(true);
  await end("a");
  expect(log).toEqual(["a", "b", "c"]);
});

test("what runs already runs once more after, however often it was asked for", async () => {
  const { jobs, log, end } = held(2);
  for (const key of ["a", "a", "a"]) jobs.add(key);
  expect(jobs.waits("a")).toBe(true);
  await end("a");
  await end("a");
  expect(log).toEqual(["a", "a"]);
});

test("dropped is not run; idle when nothing is left", async () => {
  const { jobs, log, end } = held(1);
  let idle = false;
  jobs.add("a");
  jobs.add("b");
  jobs.drop("b");
  void jobs.idle().then(() => {
    idle = true;
  });
  expect(idle).toBe(false);
  await end("a");
  expect(idle).toBe(true);
  expect(log).toEqual(["a"]);
  await jobs.idle();
});
