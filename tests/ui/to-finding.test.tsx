import { expect, test, vi } from "vitest";
import { followLooks } from "../../renderer/state/to-finding.ts";
import { choose, startOver, useUi } from "../../renderer/state/ui.ts";

const at = () => {
  const { screen, selected } = useUi.getState();
  return { screen, selected };
};

test("a click on a notification of the system leads to its instance, or to the computer; nothing else does", async () => {
  startOver();
  choose({ screen: "scale", selected: null });
  const stop = new AbortController();
  followLooks(stop.signal);
  const heard: unknown[] = [];
  addEventListener("message", ({ data }) => heard.push(data), { signal: stop.signal });
  const post = async (message: unknown) => {
    const before = heard.length;
    window.postMessage(message, location.origin);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(before));
  };
  for (const other of ["tare", null, { tare: "look" }, { tare: "go", instance: "docker:1" }])
    await post(other);
  expect(at()).toEqual({ screen: "scale", selected: null });
  await post({ tare: "look", instance: "docker:1" });
  expect(at()).toEqual({ screen: "limits", selected: "docker:1" });
  await post({ tare: "look", instance: null });
  expect(at()).toEqual({ screen: "limits", selected: "host" });
  stop.abort();
});
