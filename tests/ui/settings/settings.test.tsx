import { afterEach, expect, test } from "vitest";
import { type Locator, page, userEvent } from "vitest/browser";
import { useUi } from "../../../renderer/state/ui.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";
import { words } from "../../../shared/words/words.ts";
import { leave } from "../page.tsx";
import { openSettingsPage } from "./settings-page.ts";

afterEach(leave);

const press = (...keys: readonly string[]) => userEvent.keyboard(keys.join(""));
/** Types over what stands in a field. */
const type = async (field: Locator, keys: string) => {
  await userEvent.click(field);
  await press("{Control>}a{/Control}", keys);
};
const { en, ko } = words;

test("comma opens the settings, Escape leaves to the screen behind; a digit leaves to a screen", async () => {
  await openSettingsPage({}, {}, {});
  await expect.element(page.getByText("shop-postgres-1")).toBeVisible();
  await press(",");
  await expect.element(page.getByRole("heading", { level: 1, name: en.settings.title })).toBeVisible();
  await press("{Escape}");
  await expect.element(page.getByText("shop-postgres-1")).toBeVisible();
  await press(",");
  await expect.element(page.getByRole("heading", { level: 1, name: en.settings.title })).toBeVisible();
  await press("1");
  await expect.element(page.getByText("shop-postgres-1")).toBeVisible();
});

test("by keyboard alone: down to the switch for changes, and on", async () => {
  const { kept } = await openSettingsPage();
  const toggle = page.getByRole("switch", { name: en.settings.changes.name });
  await expect.element(toggle).not.toBeChecked();
  await expect.element(page.getByRole("radio", { name: "System" })).toHaveFocus();
  await press("{ArrowDown}{ArrowDown}{ArrowDown}");
  await expect.element(toggle).toHaveFocus();
  await press(" ");
  await expect.element(toggle).toBeChecked();
  await expect.poll(() => kept().changes).toBe(true);
  await press("{ArrowUp}{ArrowUp}");
  await expect.element(page.getByRole("radio", { name: en.settings.languages.browser })).not.toHaveFocus();
  await expect.element(page.getByRole("radio", { name: "English" })).toHaveFocus();
  await press("{ArrowRight}");
  await expect.element(page.getByRole("heading", { level: 1, name: ko.settings.title })).toBeVisible();
});

test("whoever is led to a switch stands on it", async () => {
  await openSettingsPage({}, {}, { settings: "changes" });
  await expect.element(page.getByRole("switch", { name: en.settings.changes.name })).toHaveFocus();
});

test("a threshold is typed, kept, and led back to its default", async () => {
  const { kept } = await openSettingsPage({}, {}, { settings: "alerts" });
  const { names, units } = en.settings.judged;
  const field = page.getByRole("textbox", { name: names.memoryNear.name });
  await expect.element(field).toHaveValue(units.percent("90"));
  await type(field, "85{Enter}");
  await expect.poll(() => kept().thresholds.memoryNear).toBe(0.85);
  await expect.element(field).toHaveValue("85 %");
  await page.getByRole("button", { name: en.settings.judged.toUsual(names.memoryNear.name, "90 %") }).click();
  await expect.poll(() => kept().thresholds).toEqual(defaultThresholds);
});

test("what can't be read or contradicts another is refused with a line, and nothing is kept", async () => {
  const { kept, asked } = await openSettingsPage({}, {}, { settings: "alerts" });
  const { names, notRead, contradictions } = en.settings.judged;
  const field = page.getByRole("textbox", { name: names.unusedBelow.name });
  await type(field, "much{Enter}");
  await expect.element(page.getByText(notRead.percent)).toBeVisible();
  await expect.element(field).toHaveValue("50 %");
  await type(field, "95{Enter}");
  await expect.element(page.getByText(contradictions["unused-near"])).toBeVisible();
  expect(kept().thresholds).toEqual(defaultThresholds);
  expect(asked.filter(({ name }) => name === "setSettings")).toEqual([]);
  // The first Escape takes back what is typed, the second leaves.
  await type(field, "12{Escape}");
  await expect.element(field).toHaveValue("50 %");
  await press("{Escape}");
  await expect.poll(() => useUi.getState().settings).toBeNull();
});

test("quiet hours: a night at first, either end typed, the same time twice refused", async () => {
  const { kept } = await openSettingsPage({}, {}, { settings: "alerts" });
  const { quiet } = en.settings;
  (page.getByRole("switch", { name: quiet.name }).element() as HTMLElement).focus();
  await press(" ");
  await expect.poll(() => kept().quietHours).toEqual({ from: 22 * 60, to: 7 * 60 });
  await type(page.getByRole("textbox", { name: quiet.to }), "6:30{Enter}");
  await expect.poll(() => kept().quietHours).toEqual({ from: 22 * 60, to: 390 });
  await type(page.getByRole("textbox", { name: quiet.from }), "06:30{Enter}");
  await expect.element(page.getByText(quiet.same)).toBeVisible();
  expect(kept().quietHours).toEqual({ from: 22 * 60, to: 390 });
});

test("what is muted is listed by name, as text, and told again", async () => {
  const hostile = "<b>x</b>\u202egnp";
  const { kept } = await openSettingsPage(
    {
      muted: [
        { rule: "no-limit", name: null },
        { rule: null, name: hostile },
      ],
    },
    {},
    { settings: "alerts" },
  );
  const { muted } = en.settings;
  await expect.element(page.getByText(muted.of("<b>x</b>\\u{202e}gnp", muted.all))).toBeVisible();
  const first = muted.of(muted.everyone, en.findings.rule("no-limit"));
  await page.getByRole("button", { name: muted.againOf(first) }).click();
  await expect.poll(() => kept().muted).toEqual([{ rule: null, name: hostile }]);
});

test("a file that can't be used is told with what mends it; what is refused says so and stays", async () => {
  const trouble = { code: "garbled", where: "/x/settings.json", cause: "Unexpected token } at 12" } as const;
  const { asked } = await openSettingsPage(
    {},
    {
      settings: () => ({
        settings: { ...useDefault() },
        path: "/x/settings.json",
        trouble,
      }),
      setSettings: () => ({ trouble }),
    },
    { settings: "changes" },
  );
  const { troubles, changes } = en.settings;
  await expect.element(page.getByText(troubles.title)).toBeVisible();
  await expect.element(page.getByText(trouble.cause).first()).toBeVisible();
  const toggle = page.getByRole("switch", { name: changes.name });
  await expect.element(toggle).toHaveFocus();
  await press(" ");
  await expect.element(page.getByText(troubles.notKept)).toBeVisible();
  await expect.element(toggle).not.toBeChecked();
  expect(asked.some(({ name }) => name === "setSettings")).toBe(true);
});

test("the kernel of the guests is a path; emptied, it is this computer's own again", async () => {
  const { kept } = await openSettingsPage({ kernel: "/boot/vmlinuz-6.6" }, {}, { settings: "lab" });
  const field = page.getByRole("textbox", { name: en.settings.kernel.name });
  await expect.element(field).toHaveValue("/boot/vmlinuz-6.6");
  await type(field, "{Delete}{Enter}");
  await expect.poll(() => kept().kernel).toBeNull();
});

function useDefault() {
  return {
    changes: false,
    alerts: true,
    quietHours: null,
    muted: [],
    thresholds: defaultThresholds,
    kernel: null,
  };
}
