import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { useUi } from "../../renderer/state/ui.ts";
import { frameOf } from "../fixtures/synthetic.ts";
import { type Body, startOfTime, usual } from "../fixtures/synthetic-bodies.ts";
import { leave, openPage } from "./page.tsx";

afterEach(leave);

const open = (bodies: readonly Body[] = usual()) =>
  openPage([0, 1, 2].map((second) => frameOf(bodies, second)));
const press = (...keys: readonly string[]) => userEvent.keyboard(keys.join(""));
const focused = () => document.activeElement?.getAttribute("data-key") ?? null;
const idOf = (name: string) => usual().find(({ instance }) => instance.name === name)?.instance.id;

test("arrows move through the rows, fold groups and open what they stand on", async () => {
  await open();
  await press("{ArrowDown}");
  await expect.poll(focused).toBe("group:kind:vm");
  await press("{ArrowLeft}");
  await expect
    .element(page.getByRole("row", { name: /Virtual machines/ }))
    .toHaveAttribute("aria-expanded", "false");
  await expect.element(page.getByText("win11-dev")).not.toBeInTheDocument();
  await press("{ArrowRight}", "{ArrowDown}");
  await expect.poll(focused).toBe(idOf("win11-dev"));
  await press("{End}");
  await expect.poll(focused).toBe(idOf("shop-web-1"));
  await press("{ArrowLeft}");
  await expect.poll(focused).toBe("group:kind:container");
  await press("{ArrowDown}", "{Enter}");
  await expect.poll(() => useUi.getState().open).toBe(idOf("shop-postgres-1"));
  await press("{Escape}");
  await expect.poll(() => useUi.getState().open).toBeNull();
});

test("V, Z, G and T turn the view, the lens, the groups and the table", async () => {
  await open();
  await press("z");
  await expect.element(page.getByText("16× larger")).not.toBeInTheDocument();
  await press("z");
  await expect.element(page.getByText("16× larger")).toBeVisible();
  await press("v");
  await expect.element(page.getByText("Median of each kind")).toBeVisible();
  await press("v");
  await expect.element(page.getByText("Equal areas are equal memory:")).toBeVisible();
  await press("v", "g");
  await expect.element(page.getByText("Group: project")).toBeVisible();
  await press("g", "g", "g", "t");
  await expect.element(page.getByRole("columnheader", { name: /In use/ })).toBeVisible();
});

test("/ leads to the find field, which narrows the list; Escape empties it", async () => {
  await open();
  await press("/");
  await expect.element(page.getByRole("searchbox")).toHaveFocus();
  await press("loki");
  await expect.element(page.getByText("observ-loki-1")).toBeVisible();
  await expect.element(page.getByText("shop-postgres-1")).not.toBeInTheDocument();
  await press("{Escape}");
  await expect.element(page.getByText("shop-postgres-1")).toBeVisible();
});

test("letters typed into the field are text, not shortcuts", async () => {
  await open();
  await press("/", "vzgt");
  expect(useUi.getState()).toMatchObject({ mode: "linear", lens: true, group: null, search: "vzgt" });
});

test("? shows all keys and Escape gives the focus back", async () => {
  await open();
  await press("{ArrowDown}", "?");
  await expect.element(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await press("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await expect.poll(focused).toBe("group:kind:vm");
});

test("a row that is sorted elsewhere keeps the focus", async () => {
  const { send } = await open();
  await press("{End}");
  const last = idOf("shop-web-1");
  await expect.poll(focused).toBe(last);
  const heavier = usual().map((body) =>
    body.instance.id === last
      ? {
          ...body,
          at: (second: number) => ({ ...body.at(second), gross: 480 * 1024 * 1024, net: 470 * 1024 * 1024 }),
        }
      : body,
  );
  await send(frameOf(heavier, 3));
  await expect
    .poll(() => document.querySelectorAll(".row.container")[0]?.getAttribute("data-key"))
    .toBe(last);
  expect(focused()).toBe(last);
});

test("column heads sort, and say so", async () => {
  await open();
  await page.getByRole("button", { name: "Name" }).click();
  await expect
    .element(page.getByRole("columnheader", { name: "Name" }))
    .toHaveAttribute("aria-sort", "ascending");
  await expect
    .poll(() => document.querySelectorAll(".row.container")[0]?.getAttribute("data-key"))
    .toBe(idOf("dns"));
});

test("Space pauses a recording, Escape asks for what is live", async () => {
  const replay = {
    name: "kestrel",
    from: startOfTime,
    to: startOfTime + 60_000,
    position: startOfTime + 5_000,
    playing: true,
    speed: 1,
    sample: false,
  };
  const { asked } = await openPage([0, 1].map((second) => frameOf(usual(), second, { replay })));
  await press(" ");
  await expect.poll(() => asked).toContainEqual({ name: "replay", request: { playing: false } });
  await press("{Escape}");
  await expect.poll(() => asked).toContainEqual({ name: "source", request: { use: "live" } });
});
