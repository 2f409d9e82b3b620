import axe from "axe-core";
import { expect } from "vitest";

/** Holds the page as it stands to WCAG 2 A and AA; what is wrong is told by rule and element. */
export async function expectAccessible(): Promise<void> {
  // React Aria says by its live region that a button waits, and names it by an id that may be gone a moment later.
  const ours = { include: [["body"]], exclude: [["[data-live-announcer]"]] };
  const { violations } = await axe.run(ours, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // The page of the test runner has no headings and landmarks of its own around ours.
    rules: { region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual(
    [],
  );
}
