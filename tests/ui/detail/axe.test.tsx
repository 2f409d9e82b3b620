import axe from "axe-core";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { found, justCome, killed, swollen, unknownEverywhere } from "./cases.ts";
import { show } from "./given.tsx";

test.each([
  ["a container, light", killed, "light", "en", ""],
  ["a container, dark", killed, "dark", "en", ""],
  ["a container, Korean", killed, "light", "ko", ""],
  ["found, dark", found, "dark", "en", ""],
  ["the table", killed, "light", "en", "t"],
  ["a VM, light", swollen(true), "light", "en", ""],
  ["a VM, dark", swollen(false), "dark", "ko", ""],
  ["just come", justCome, "light", "en", ""],
  ["unknown", unknownEverywhere, "dark", "en", ""],
] as const)("axe finds nothing: %s", async (_, given, theme, language, keys) => {
  const { screen } = await show({ ...given, theme, language });
  await expect.element(screen.getByRole("complementary")).toBeVisible();
  if (keys !== "") await userEvent.keyboard(keys);
  // Colours are judged once nothing moves any more.
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
  const { violations } = await axe.run(".detail");
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
});
