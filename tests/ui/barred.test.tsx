import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { App } from "../../renderer/app.tsx";
import { ConnectFailure } from "../../renderer/connect.ts";
import { startIntake } from "../../renderer/state/intake.ts";
import { choose, startOver } from "../../renderer/state/ui.ts";
import { nothingYet, useWorld } from "../../renderer/state/world.ts";

test("a page whose link is used up says how to get a new one, and does not knock again and again", async () => {
  startOver();
  useWorld.setState(nothingYet, true);
  choose({ language: "en" });
  let knocks = 0;
  const stop = new AbortController();
  startIntake(() => {
    knocks++;
    return Promise.reject(new ConnectFailure("unauthorised"));
  }, stop.signal);
  await render(<App />);
  await expect.element(page.getByText("Press Enter in the terminal where Tare runs")).toBeVisible();
  expect([knocks, useWorld.getState().nextTry]).toEqual([1, null]);
  stop.abort();
});
