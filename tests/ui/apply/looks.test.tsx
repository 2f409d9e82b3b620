import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { choose } from "../../../renderer/state/ui.ts";
import { words } from "../../../shared/words/words.ts";
import { mib } from "../../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "../accessible.ts";
import { leave, picture } from "../page.tsx";
import { openApply } from "./apply-page.ts";

afterEach(leave);

const shots = "../../screenshots/apply";
const dangerous = { limit: null, use: 178 * mib, to: 192 * mib } as const;

test.each([
  ["apply", {}, "en"],
  ["apply-name", dangerous, "ko"],
  ["apply-unclear", { file: "unclear" }, "en"],
] as const)("%s: accessible in light and dark", async (shot, given, language) => {
  await openApply(given, { language });
  const { apply, limits } = words[language];
  await expect.element(page.getByRole("button", { name: limits.case.apply })).toBeVisible();
  await userEvent.keyboard("a");
  await expect
    .element(page.getByRole("dialog").getByText(apply.newLimit, { exact: true }).first())
    .toBeVisible();
  await expectAccessible();
  choose({ theme: "dark" });
  await expectAccessible();
  await picture(shot, shots);
});

test("what was done, and the history: accessible", async () => {
  await openApply();
  const { apply } = words.en;
  await expect.element(page.getByRole("button", { name: "Apply…" })).toBeVisible();
  await userEvent.keyboard("a");
  await expect.element(page.getByRole("button", { name: apply.applyBoth })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("button", { name: apply.done.undo })).toBeVisible();
  await expectAccessible();
  await picture("applied", shots);
  await page.getByRole("button", { name: apply.done.history }).click();
  await expect.element(page.getByRole("heading", { name: apply.history.title })).toBeVisible();
  await expect.element(page.getByText("192 MiB → 320 MiB")).toBeVisible();
  await expectAccessible();
  await picture("history", shots);
});
