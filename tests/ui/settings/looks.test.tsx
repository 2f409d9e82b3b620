import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { choose } from "../../../renderer/state/ui.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";
import { expectAccessible } from "../accessible.ts";
import { leave, picture } from "../page.tsx";
import { openSettingsPage } from "./settings-page.ts";

afterEach(leave);

const some = {
  changes: true,
  quietHours: { from: 22 * 60, to: 7 * 60 },
  muted: [{ rule: "no-limit", name: "registry" }],
  thresholds: { ...defaultThresholds, memoryNear: 0.85 },
} as const satisfies Partial<Settings>;

test.each(["en", "ko"] as const)(
  "%s: accessible, in light and dark, and nothing is cut off",
  async (language) => {
    await openSettingsPage(some, {}, { settings: "look", language });
    await expect.element(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible();
    choose({ theme: "dark" });
    await expectAccessible();
    await picture(`settings.${language}`, "../../screenshots/settings");
    const wide = document.querySelector(".settings");
    expect(wide?.scrollWidth).toBeLessThanOrEqual(wide?.clientWidth ?? 0);
  },
);
