import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { takeFrame } from "../../../renderer/state/intake.ts";
import { useSettings } from "../../../renderer/state/settings.ts";
import { useUi } from "../../../renderer/state/ui.ts";
import { defaultSettings } from "../../../shared/model/settings.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { found, justCome, killed, swollen, unknownEverywhere } from "./cases.ts";
import { frameOf, loki, lokiDetail, sampleOf, show } from "./given.tsx";
import { mib, noise, now, sawToothAt } from "./shapes.ts";

const text = (selector: string) =>
  [...document.querySelectorAll(selector)].map((each) => each.textContent?.replaceAll(/\s+/g, " ").trim());

test("the equation is right as it stands, and follows each sample", async () => {
  await show(killed);
  await expect
    .poll(() => text(".equation")[0])
    .toBe("199 MiB gross = 166 net + 19 cache + 14 tare 5 kernel, 9 containerd-shim");
  const sample = sampleOf({ ...sawToothAt(now, noise(1)), gross: 210 * mib, net: 177 * mib });
  takeFrame(frameOf(killed.instance, now + 1_000, sample));
  await expect.poll(() => text(".equation .sum")[0]).toBe("210 MiB gross");
  expect(text(".working-text")[0]).toMatch(/^working set \d+, \d+ % of the limit$/);
  expect(text(".limit-text")[0]).toBe("192 limit");
  // Red once what can kill it meets the limit, as on every other screen; a working set full of cache is not that.
  expect(document.querySelector(".limit-text.over-text, .weigh-bar .limit.over")).toBeNull();
  takeFrame(frameOf(killed.instance, now + 2_000, { ...sample, killable: 191 * mib }));
  await expect
    .poll(() => document.querySelectorAll(".limit-text.over-text, .weigh-bar .limit.over").length)
    .toBe(2);
});

test("the worst finding stands under the weight with its command; the others are one press away", async () => {
  const { screen } = await show(found);
  const strip = screen.getByRole("region", { name: "Finding" });
  await expect.element(strip).toBeVisible();
  await expect
    .poll(() => text(".finding-strip p")[0])
    .toMatch(
      /^observ-loki-1 was killed twice in the last .* for reaching 192 MiB\. It holds 168 MiB of its own memory/,
    );
  expect(document.querySelector(".finding-strip")?.classList.contains("over")).toBe(true);
  await expect
    .element(strip.getByText("docker update --memory 320m --memory-swap 320m observ-loki-1"))
    .toBeVisible();
  // A line for each that is more than a note, from when it began.
  expect(text(".finding-lane li")).toHaveLength(2);
  (strip.getByRole("button", { name: "1 more in Limits" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  expect(useUi.getState()).toMatchObject({ screen: "limits", selected: loki.id, open: null });
});

test("a warning is ink on a darker ground, without red; what is muted is not told", async () => {
  const starved = madeFinding({ rule: "cpu-starved", instance: loki.id, openedAt: now - 90_000 });
  const { screen } = await show({ ...killed, findings: [starved] });
  await expect.element(screen.getByRole("region", { name: "Finding" })).toBeVisible();
  expect(document.querySelector(".finding-strip.over, .finding-strip .triangle")).toBeNull();
  useSettings.setState({
    told: {
      path: "",
      trouble: null,
      settings: { ...defaultSettings, muted: [{ rule: "cpu-starved", name: null }] },
    },
  });
  await expect.element(screen.getByRole("region", { name: "Finding" })).not.toBeInTheDocument();
  useSettings.setState({ told: null });
});

test("charts say their finding by name, events stand in a list with their time", async () => {
  const { screen } = await show(killed);
  await userEvent.keyboard("]]");
  await expect
    .element(
      screen.getByRole("figure", {
        name: /^Memory of observ-loki-1, last 1 h, \d+ % of its limit, 2 OOM kills$/,
      }),
    )
    .toBeVisible();
  await expect
    .element(screen.getByRole("figure", { name: /throttled in up to \d+ % of periods/ }))
    .toBeVisible();
  await expect.element(screen.getByRole("list", { name: "Events" })).toBeVisible();
  expect(text(".event .unseen")).toHaveLength(3);
  expect(document.querySelectorAll(".event.grave")).toHaveLength(2);
});

test("limits in force beside their use; a parent's is named, and what Docker says otherwise", async () => {
  const parent = {
    key: "memory",
    value: 100 * mib,
    ancestor: "/shop.slice",
    from: "/shop.slice/memory.max",
    own: null,
    used: null,
    told: null,
  } as const;
  await show({ ...killed, detail: { ...lokiDetail, limits: [parent] } });
  await expect
    .poll(() => text(".facts .note")[0])
    .toBe("Docker reports Memory 192 MiB. Memory: set by a parent, /shop.slice.");
  expect(text(".facts tr")[0]).toMatch(/^Memory100 MiB1\d\d %$/);
  expect(document.querySelector(".facts .over-text")?.textContent).toMatch(/%/);
});

test("Escape closes, the arrows step, [ and ] choose the range, T is the table", async () => {
  const { screen, onClose, onStep } = await show(killed);
  await expect.element(screen.getByRole("button", { name: "Close" })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{ArrowUp}");
  expect(onStep.mock.calls).toEqual([[1], [-1]]);
  await expect.element(screen.getByRole("radio", { name: "15 min" })).toBeChecked();
  await userEvent.keyboard("[[");
  await expect.element(screen.getByRole("radio", { name: "5 min", exact: true })).toBeChecked();
  await userEvent.keyboard("t");
  await expect.element(screen.getByRole("table", { name: /^Figures, each row/ })).toBeVisible();
  await userEvent.keyboard("t");
  await expect.element(screen.getByRole("figure", { name: /^Memory of / })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledOnce();
});

test("the crosshair moves by keyboard, through all charts, and says what stands there", async () => {
  const { screen } = await show(killed);
  const slider = screen.getByRole("slider", { name: "Memory" });
  await expect.element(slider).toHaveAttribute("aria-valuetext", expect.stringMatching(/^net \d/));
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  await expect.poll(() => document.querySelectorAll(".crosshair").length).toBeGreaterThanOrEqual(5);
  expect(text(".chart-tip > b")[0]).toMatch(/^\d\d:\d\d:\d\d$/);
  await userEvent.keyboard("{Tab}");
  await expect.element(slider).not.toHaveFocus();
});

test("a drag zooms, Escape comes back to now before it closes", async () => {
  const { screen, onClose } = await show(killed);
  const plot = screen.getByRole("figure", { name: /^CPU/ }).element().querySelector(".chart-plot");
  if (!plot) throw new Error("no plot");
  await userEvent.dragAndDrop(plot, plot, {
    sourcePosition: { x: 100, y: 50 },
    targetPosition: { x: 200, y: 50 },
  });
  await expect.element(screen.getByRole("button", { name: "Back to now" })).toBeVisible();
  (screen.getByRole("button", { name: "Close" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{Escape}");
  await expect.element(screen.getByRole("button", { name: "Back to now" })).not.toBeInTheDocument();
  expect(onClose).not.toHaveBeenCalled();
});

test("the focus goes back to the row when the panel closes", async () => {
  const { screen, close } = await show(killed, { openLater: true });
  await expect.element(screen.getByRole("button", { name: "Close" })).toHaveFocus();
  await close();
  await expect.element(screen.getByRole("button", { name: "a row behind" })).toHaveFocus();
});

test("a VM: reserved, resident and used are three figures", async () => {
  await show(swollen(true));
  await expect.poll(() => text(".bar-row .figure")).toEqual(["8,192", "4,731", "3,419"]);
  expect(text(".equation")[0]).toBe(
    "4,731 MiB gross = 3,419 used by the guest + 1,312 held of it tare ≈ 2,468 an idle guest of this kind",
  );
  expect(text(".unknown-list dt")).toEqual(["Net –", "Cache of the guest –", "Throttled –", "Pressure –"]);
});

test("a guest that says nothing: its use is not known, and never 0", async () => {
  await show(swollen(false));
  await expect.poll(() => text(".bar-row .figure")).toEqual(["8,192", "4,731", "–"]);
  expect(text(".bar-row .inside")).toContain("the guest does not say");
  expect(text(".unknown-list dt")[0]).toBe("Used –");
});

test("an instance that just came has one sample: figures, and dots in the charts", async () => {
  await show(justCome);
  await expect.poll(() => text(".equation .sum")[0]).toBe("199 MiB gross");
  await expect.poll(() => text(".chart-ends b")[0]).toBe("192");
  expect(document.body.textContent).not.toMatch(/NaN|undefined|Infinity/);
});

test("unknown everywhere: said so, no figure is made up", async () => {
  const { screen } = await show(unknownEverywhere);
  await expect.element(screen.getByText("The first figures come within a second.")).toBeVisible();
  expect(document.body.textContent).not.toMatch(
    /NaN|undefined|Infinity|(?<![\d.])0 MiB|(?<![\d.])0\.00 cores/,
  );
});

test("a hostile name is shown as text, with what is hidden in it made visible", async () => {
  const name = "<img src=x onerror=alert(1)>\u202egnp.exe";
  const { screen } = await show({ ...killed, instance: { ...killed.instance, name } });
  await expect
    .element(screen.getByRole("heading", { level: 2 }))
    .toHaveTextContent("<img src=x onerror=alert(1)>\\u{202e}gnp.exe");
});

test("an instance that goes stays with its last figures, and says so", async () => {
  const { screen } = await show(killed);
  takeFrame({ ...frameOf(killed.instance, now + 1_000, null), went: [killed.instance.id] });
  await expect.element(screen.getByText("No longer here. These are its last figures.")).toBeVisible();
});
