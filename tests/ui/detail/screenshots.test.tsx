import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { shoot } from "../shoot.ts";
import { found, justCome, killed, swollen, unknownEverywhere } from "./cases.ts";
import { show } from "./given.tsx";

test.each([
  ["container.light", found, "light", "en", 1440],
  ["container.dark", found, "dark", "en", 1440],
  ["container.900", found, "light", "en", 900],
  ["container.ko", found, "light", "ko", 1440],
  ["container-table.light", killed, "light", "en", 1440],
  ["vm.light", swollen(true), "light", "en", 1440],
  ["vm.dark", swollen(true), "dark", "en", 1440],
  ["vm.900", swollen(true), "light", "en", 900],
  ["vm.ko", swollen(true), "dark", "ko", 1440],
  ["vm-silent.light", swollen(false), "light", "en", 1440],
  ["just-come.light", justCome, "light", "en", 1440],
  ["unknown.light", unknownEverywhere, "light", "en", 1440],
] as const)("%s", async (name, given, theme, language, width) => {
  const { screen } = await show({ ...given, theme, language }, { width });
  await expect.element(screen.getByRole("heading", { level: 2 })).toBeVisible();
  await userEvent.keyboard("]]");
  const plot = document.querySelector(".chart-plot");
  await expect.poll(() => plot?.querySelector("canvas")?.width ?? 0).toBeGreaterThan(300);
  if (name.startsWith("container.") && plot)
    await userEvent.hover(plot, { position: { x: plot.clientWidth * 0.735, y: 60 } });
  if (name.startsWith("container-table")) await userEvent.keyboard("t");
  await shoot(`../../screenshots/detail/${name}.png`);
});
