import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { frameOf } from "../fixtures/synthetic.ts";
import { startOfTime, usual } from "../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "./accessible.ts";
import { leave, openPage } from "./page.tsx";

afterEach(leave);

test("a Tare that had to start again says when it failed and what is gone, until it is read", async () => {
  await openPage([frameOf(usual(), 0)], {}, { lastFall: () => startOfTime });
  const banner = page.getByText(/Tare failed at \d\d:\d\d.* by a mistake of its own/);
  await expect.element(banner).toBeVisible();
  await expect.element(page.getByText("every line begins anew")).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect.element(banner).not.toBeInTheDocument();
});

test("one that runs as it was started says nothing of it", async () => {
  const { asked } = await openPage([frameOf(usual(), 0)]);
  await expect.poll(() => asked.some(({ name }) => name === "lastFall")).toBe(true);
  expect(document.body.innerText).not.toContain("mistake of its own");
});
