import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { choose } from "../../../renderer/state/ui.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { usual } from "../../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "../accessible.ts";
import { leave, openPage } from "../page.tsx";
import { shoot } from "../shoot.ts";

afterEach(leave);

const frames = () => [0, 1, 2].map((second) => frameOf(usual(), second));
const sheet = () => page.getByRole("dialog");
const title = () => sheet().getByRole("heading", { level: 2 });

test("a name in the legend leads to its heading, a link in it to another, Escape back to the name", async () => {
  await openPage(frames());
  const word = page.getByRole("list", { name: "Legend" }).getByRole("button", { name: "tare" });
  await word.click();
  await expect.element(title()).toHaveTextContent("Tare");
  await expect.element(sheet()).toHaveTextContent(/Kernel 12 MiB and a shim of 8 MiB: 20 MiB\./);
  await expect.element(sheet().getByRole("table")).toHaveTextContent(/Private_Clean \+ Private_Dirty/);
  // Nothing in it leads out of the page.
  expect(document.querySelectorAll(".meaning-sheet a")).toHaveLength(0);
  for (const theme of ["light", "dark"] as const) {
    choose({ theme });
    await expectAccessible();
  }
  await shoot("../../screenshots/meaning.dark.png");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.querySelector(".meaning-sheet")).toBeNull();
  await expect.element(word).toHaveFocus();
});

test("a column's head sorts; the mark beside it explains, and is there by keyboard", async () => {
  await openPage(frames());
  const mark = page.getByRole("button", { name: "What does Limit used mean?" });
  (mark.element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(title()).toHaveTextContent("Limit used");
  await sheet().getByRole("button", { name: "working set" }).click();
  await expect.element(title()).toHaveTextContent("Working set");
});

test("the panel: each figure with its source in Korean, and its meaning in Korean", async () => {
  await openPage(frames(), { language: "ko", open: usual()[0]?.instance.id ?? null });
  await page.getByText("수치마다 읽은 곳").click();
  const sources = () => document.querySelector(".sources")?.textContent ?? "";
  await expect.poll(sources).toContain("memory.current + 도우미");
  expect(sources()).not.toMatch(/helpers|working set|kernel \+|quota|the rest/);
  await page.getByRole("button", { name: "종료를 부르는 메모리" }).click();
  await expect.element(title()).toHaveTextContent("종료를 부르는 메모리");
  await expect.element(sheet()).toHaveTextContent(/한도가 64 MiB면 작업 집합이 얼마이든 7 MiB 남았습니다/);
  choose({ theme: "light" });
  await shoot("../../screenshots/meaning.ko.light.png");
});
