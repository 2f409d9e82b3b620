import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { useUi } from "../../../renderer/state/ui.ts";
import { defaultSettings, type Settings } from "../../../shared/model/settings.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { mib, startOfTime } from "../../fixtures/synthetic-bodies.ts";
import { leave, openPage } from "../page.tsx";
import { shoot } from "../shoot.ts";
import { answers, findings, framesOf, idOf, limited } from "./given.ts";

afterEach(leave);

const press = (...keys: readonly string[]) => userEvent.keyboard(keys.join(""));
const focused = () => document.activeElement?.getAttribute("data-key") ?? null;
const title = () => document.querySelector(".case h2")?.textContent ?? "";
const rows = () => [...document.querySelectorAll("tr.row bdi")].map((name) => name.textContent);
const soon = { timeout: 10_000 };
const settingsOf = (change: Partial<Settings>): Partial<Handlers> => ({
  ...answers,
  settings: () => ({ settings: { ...defaultSettings, ...change }, path: "/settings.json", trouble: null }),
});
const open = (more: Partial<Handlers> = answers) =>
  openPage(framesOf(limited(), findings()), { screen: "limits" }, more);

test("by keyboard alone: the worst is shown, arrows lead on, C copies what mends it, Enter opens the detail", async () => {
  await open();
  await expect.poll(title, soon).toMatch(/observ-loki-1 was killed twice/);
  await press("{ArrowDown}");
  await expect.poll(focused).toBe(idOf("observ-loki-1"));
  await press("{ArrowDown}");
  await expect.poll(title).toMatch(/shop-worker-1 is held back/);
  await press("{ArrowUp}");
  await expect.element(page.getByRole("tab", { name: "Docker" })).toBeVisible();
  await press("c");
  await expect.element(page.getByRole("button", { name: "Copied" })).toBeVisible();
  await press("t");
  await expect.element(page.getByRole("table", { name: /Memory in the cgroup/ })).toBeVisible();
  await press("t");
  await expect.element(page.getByRole("figure", { name: /2 kills for memory/ })).toBeVisible();
  await press("{Enter}");
  await expect.poll(() => useUi.getState().open).toBe(idOf("observ-loki-1"));
  await press("{Escape}");
  await expect.poll(focused).toBe(idOf("observ-loki-1"));
});

test("folds, groups and narrows by keys", async () => {
  await open();
  await expect.poll(title, soon).toMatch(/observ-loki-1/);
  await press("{End}", "{ArrowLeft}");
  await expect.poll(focused).toBe("group:limits:within");
  // A group has no case: whose it was stays.
  expect(title()).toMatch(/is within its limits/);
  await press("{ArrowLeft}");
  await expect.poll(rows).toHaveLength(7);
  await press("{ArrowRight}");
  await expect.poll(() => rows().length).toBe(17);
  await press("v");
  await expect.poll(rows).toEqual(["observ-loki-1", "shop-worker-1"]);
  await press("v", "g");
  await expect.element(page.getByRole("row", { name: /observ.*1 over/ })).toBeVisible();
  await press("g", "v", "/");
  await expect.element(page.getByRole("searchbox")).toHaveFocus();
  await press("cache");
  await expect.poll(rows).toEqual(["shop-cache-1"]);
});

test("a row that is sorted elsewhere keeps the focus, and one that goes gives its place to the worst", async () => {
  const { send } = await open();
  await expect.poll(title, soon).toMatch(/observ-loki-1/);
  await press("{ArrowDown}", "{ArrowDown}");
  await expect.poll(focused).toBe(idOf("shop-worker-1"));
  const [loki] = findings().filter(({ rule }) => rule === "memory-killed");
  if (!loki) throw new Error("no such finding");
  await send(frameOf(limited(), 12, { findings: [{ ...loki, clearedAt: startOfTime + 12_000 }] }));
  await expect.poll(() => rows()[0]).toBe("shop-worker-1");
  expect(focused()).toBe(idOf("shop-worker-1"));
  const gone = idOf("shop-worker-1");
  const left = limited().filter(({ instance }) => instance.id !== gone);
  await send(frameOf(left, 13, { went: [gone] }));
  await expect.poll(title).not.toMatch(/shop-worker-1/);
});

test("what opens while one watches is a toast that leads to its case; what held before is none", async () => {
  const { send } = await openPage(
    framesOf(limited(), findings()),
    { screen: "scale", search: "nobody" },
    answers,
  );
  expect(document.querySelector(".toast")).toBeNull();
  const filling = madeFinding({
    rule: "memory-filling",
    severity: "critical",
    instance: idOf("shop-mq-1"),
    openedAt: startOfTime + 4_000,
    facts: { limit: 384 * mib, fullIn: 600_000, perMinute: 20 * mib, over: 300_000, own: 200 * mib },
  });
  const bare = madeFinding({ rule: "no-limit", severity: "note", instance: idOf("dns") });
  await send(frameOf(limited(), 12, { findings: [filling, bare] }));
  await expect.poll(() => document.querySelectorAll(".toast").length).toBe(1);
  await expect
    .element(page.getByRole("status").filter({ hasText: /New finding: shop-mq-1/ }))
    .toBeInTheDocument();
  await shoot("../../screenshots/limits-toast.light.png");
  await page.getByRole("button", { name: /shop-mq-1 reaches/ }).click();
  await expect.poll(title, soon).toMatch(/shop-mq-1 reaches 384 MiB/);
  expect(document.querySelector(".toast")).toBeNull();
  await send(frameOf(limited(), 13, { findings: [{ ...filling, clearedAt: startOfTime + 5_000 }] }));
  await expect.element(page.getByRole("status").filter({ hasText: /Over: shop-mq-1/ })).toBeInTheDocument();
});

test("what is muted is neither told nor listed, and the menu of a case mutes", async () => {
  const asked: unknown[] = [];
  const { send } = await open({
    ...settingsOf({ muted: [{ rule: "no-limit", name: null }] }),
    setSettings: (patch) => {
      asked.push(patch);
      return { settings: { ...defaultSettings, muted: patch.muted ?? [] } };
    },
  });
  await expect.poll(() => document.body.innerText, soon).toMatch(/With findings\s+4/);
  await expect.element(page.getByText("3 muted")).toBeVisible();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Mute this rule here" }).click();
  await expect
    .poll(() => asked)
    .toEqual([
      {
        muted: [
          { rule: "no-limit", name: null },
          { rule: "memory-killed", name: "observ-loki-1" },
        ],
      },
    ]);
  await expect.poll(title).toMatch(/shop-worker-1/);
  await expect.element(page.getByRole("button", { name: /1 over a limit/ })).toBeVisible();
  const [loki] = findings().filter(({ rule }) => rule === "memory-killed");
  if (!loki) throw new Error("no such finding");
  await send(frameOf(limited(), 12, { findings: [{ ...loki, clearedAt: startOfTime + 12_000 }] }));
  await send(frameOf(limited(), 13, { findings: [loki] }));
  expect(document.querySelector(".toast")).toBeNull();
});

test("three hundred: only the rows in view are there, whatever is opened", async () => {
  const { many } = await import("../../fixtures/synthetic-bodies.ts");
  const crowd = many(300);
  await openPage(
    [0, 1, 2].map((second) => frameOf(crowd, second)),
    { screen: "limits" },
    answers,
  );
  await expect
    .poll(() => document.querySelectorAll(".limits-table tbody tr").length, soon)
    .toBeGreaterThan(20);
  expect(document.querySelectorAll(".limits-table tbody tr").length).toBeLessThan(60);
  await press("{End}");
  await expect.poll(focused).not.toBeNull();
  expect(document.querySelectorAll(".limits-table tbody tr").length).toBeLessThan(60);
});
