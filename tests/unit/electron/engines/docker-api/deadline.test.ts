import { expect, test } from "vitest";
import { within } from "../../../../../electron/engines/docker-api/deadline.ts";

const never = () => new Promise<never>(() => undefined);
const calm = () => new AbortController().signal;

test("what never settles is ended, and its signal aborts", async () => {
  let inner: AbortSignal | null = null;
  const ended = within(20, calm(), (signal) => {
    inner = signal;
    return never();
  });
  await expect(ended).rejects.toMatchObject({ name: "TimeoutError" });
  expect(inner).toMatchObject({ aborted: true });
});

test("an abort ends it at once, with its reason", async () => {
  const stop = new AbortController();
  const ended = within(60_000, stop.signal, never);
  stop.abort(new Error("enough"));
  await expect(ended).rejects.toThrow("enough");
  await expect(within(60_000, stop.signal, never)).rejects.toThrow("enough");
});

test("a result and a failure come through", async () => {
  expect(await within(1_000, calm(), async () => 7)).toBe(7);
  await expect(within(1_000, calm(), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
