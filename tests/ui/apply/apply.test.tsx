import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { useUi } from "../../../renderer/state/ui.ts";
import { words } from "../../../shared/words/words.ts";
import { mib } from "../../fixtures/synthetic-bodies.ts";
import { leave } from "../page.tsx";
import { id, name, openApply, trouble } from "./apply-page.ts";

afterEach(leave);

const { apply } = words.en;
const press = (...keys: readonly string[]) => userEvent.keyboard(keys.join(""));
const dialog = () => page.getByRole("dialog");
const button = (word: string) => dialog().getByRole("button", { name: word });
const said = () => document.querySelector(".dialog")?.textContent?.replaceAll(/\s+/g, " ") ?? "";

/** Waits until what is shown has been read again and can be confirmed. */
const ready = () => expect.element(button(apply.applyBoth)).not.toHaveAttribute("data-pending");

/** The dialog, opened by its key, once it can be confirmed. */
async function open(given: Parameters<typeof openApply>[0] = {}) {
  const opened = await openApply(given);
  await expect.element(page.getByRole("button", { name: "Apply…" })).toBeVisible();
  await press("a");
  await expect.element(dialog()).toBeVisible();
  return opened;
}

test("what would change is shown over present use, with both differences, and nothing is done yet", async () => {
  const { machine, asked } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  expect(said()).toContain(`Raise the memory limit of ${name} from 192 to 320 MiB`);
  expect(said()).toContain("It uses 191 MiB now. Under the new limit that is 60 %, with 129 MiB to spare.");
  expect(said()).toContain("so the room is there.");
  expect(said()).toContain("docker update --memory 320m --memory-swap 320m observ-loki-1");
  expect(said()).toContain("1 line changed, comments and order kept");
  await expect
    .element(dialog().getByRole("img", { name: "In use 191 MiB, limit now 192 MiB, new limit 320 MiB" }))
    .toBeVisible();
  await expect.element(dialog().getByRole("region", { name: /compose.yaml/ })).toBeVisible();
  expect(document.querySelectorAll(".diff .added")).toHaveLength(2);
  expect(document.querySelectorAll(".diff .removed")).toHaveLength(2);
  await press("{Escape}");
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(machine.limit).toBe(192 * mib);
  expect(asked.some((one) => one.name === "commitChange")).toBe(false);
});

test("by keyboard alone: applied with Ctrl-Enter, read back, undone with Ctrl-Z", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  await press("{Control>}{Enter}{/Control}");
  await expect.poll(said).toContain(`${name} may use 320 MiB now`);
  expect(said()).toContain(apply.done.readBack("320 MiB"));
  expect(said()).toContain(apply.done.fileWritten);
  expect(machine.limit).toBe(320 * mib);
  expect(machine.wishes.at(-1)).toEqual({
    instance: id,
    resource: "memory",
    to: 320 * mib,
    now: true,
    file: true,
  });
  await expect.element(button(apply.done.close)).toHaveFocus();
  await press("{Control>}z{/Control}");
  await expect.poll(said).toContain(`${name} is back at 192 MiB`);
  expect(machine.limit).toBe(192 * mib);
  await press("{Escape}");
  await expect.element(dialog()).not.toBeInTheDocument();
});

test("where the door has no dialog of its own, the name is typed", async () => {
  const { machine } = await open({ asks: false });
  const field = dialog().getByRole("textbox", { name: apply.typeName("container", false) });
  await expect.element(field).toHaveFocus();
  await expect.element(button(apply.applyBoth)).toBeDisabled();
  await press("observ-lok", "{Enter}", "{Control>}{Enter}{/Control}");
  expect(machine.limit).toBe(192 * mib);
  await press("i-1", "{Enter}");
  await expect.poll(() => machine.limit).toBe(320 * mib);
});

test("dangerous: the reason, the name, and the nearest safe value as the main button", async () => {
  const { machine } = await open({ limit: null, use: 178 * mib, to: 192 * mib });
  const field = dialog().getByRole("textbox", { name: apply.typeName("container", true) });
  await expect.element(field).toHaveFocus();
  expect(said()).toContain(`Limit the memory of ${name} to 192 MiB`);
  expect(said()).toContain(apply.danger("memory", "container"));
  expect(said()).toContain(
    "It uses 178 MiB; with the usual reserve of a tenth that is 196 MiB, and 192 MiB is less.",
  );
  await expect.element(button(apply.set("192 MiB"))).toBeDisabled();
  await press("{Control>}{Enter}{/Control}");
  expect(machine.limit).toBeNull();
  await button(apply.insteadUse("196 MiB")).click();
  await expect.poll(said).toContain(`Limit the memory of ${name} to 196 MiB`);
  await expect.element(button(apply.applyBoth)).toBeEnabled();
  expect(said()).not.toContain(apply.danger("memory", "container"));
  await button(apply.applyBoth).click();
  await expect.poll(() => machine.limit).toBe(196 * mib);
});

test("dangerous all the same, once the name is typed", async () => {
  const { machine } = await open({ limit: null, use: 178 * mib, to: 192 * mib });
  await expect
    .element(dialog().getByRole("textbox", { name: apply.typeName("container", true) }))
    .toHaveFocus();
  await press(name, "{Enter}");
  await expect.poll(() => machine.limit).toBe(192 * mib);
});

test("another amount is typed or stepped to, and read anew", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  const field = dialog().getByRole("textbox", { name: apply.value });
  await field.fill("1.5g");
  await expect.poll(() => machine.wishes.at(-1)?.to).toBe(1536 * mib);
  await expect.poll(said).toContain("from 192 to 1,536 MiB");
  // What can't be set exactly is shown as it will be set.
  await field.fill("700.4m");
  await expect.poll(said).toContain("from 192 to 700 MiB");
  await ready();
  await field.fill("1.5g");
  await expect.poll(said).toContain("from 192 to 1,536 MiB");
  await field.fill("plenty");
  await expect.element(dialog().getByText(apply.notReadable)).toBeVisible();
  await press("{ArrowUp}");
  await expect.poll(() => machine.wishes.at(-1)?.to).toBe(1792 * mib);
  await expect.element(field).toHaveValue("1.75 GiB");
});

test("one of the two can be left out; neither can be applied", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  const boxes = dialog().getByRole("checkbox");
  (boxes.nth(1).element() as HTMLElement).focus();
  await press(" ");
  await expect.element(button(apply.apply)).toBeEnabled();
  expect(said()).toContain(apply.fileOut("192 MiB"));
  (boxes.nth(0).element() as HTMLElement).focus();
  await press(" ");
  await expect.element(dialog().getByText(apply.nothingChosen)).toBeVisible();
  await expect.element(button(apply.apply)).toBeDisabled();
  await press(" ");
  await expect.element(button(apply.apply)).toBeEnabled();
  expect(machine.wishes.at(-1)).toMatchObject({ now: true, file: false });
});

test("changes are off: the dialog leads to their switch", async () => {
  await openApply({ refusePrepare: trouble("off") });
  await expect.element(page.getByRole("button", { name: "Apply…" })).toBeVisible();
  await press("a");
  await expect.element(button(apply.off.go)).toHaveFocus();
  await press("{Enter}");
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(useUi.getState().settings).toBe("changes");
});

test("refused: each trouble says what is the matter and what mends it, and nothing is closed", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  for (const code of Object.keys(apply.troubles) as (keyof typeof apply.troubles)[]) {
    const { what, mend } = apply.troubles[code];
    machine.refuseCommit = trouble(code, `invalid <b> ${code}`);
    await ready();
    await press("{Control>}{Enter}{/Control}");
    await expect.poll(said).toContain(`${what} ${mend}`);
    await expect.element(button(apply.applyBoth)).toHaveFocus();
    expect(said()).toContain(`invalid <b> ${code}`);
    expect(said()).toContain(apply.nothingChanged);
  }
  expect(machine.limit).toBe(192 * mib);
  machine.refuseCommit = null;
  await ready();
  await press("{Control>}{Enter}{/Control}");
  await expect.poll(() => machine.limit).toBe(320 * mib);
});

test("the limit was changed by others meanwhile: it says so, and shows what is now", async () => {
  const { machine } = await open({ refuseCommit: trouble("changed") });
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  machine.limit = 256 * mib;
  await press("{Enter}");
  await expect.poll(said).toContain("from 256 to 320 MiB");
  expect(said()).toContain("changed by others meanwhile");
  machine.refuseCommit = null;
  await ready();
  await button(apply.applyBoth).click();
  await expect.poll(() => machine.limit).toBe(320 * mib);
});

test("a file that can't be written safely is told why, and only what runs is changed", async () => {
  const { machine } = await open({ file: "unclear" });
  await expect.element(button(apply.apply)).toHaveFocus();
  expect(said()).toContain(apply.troubles["file-unclear"].what);
  expect(said()).toContain("$LOKI_MEMORY");
  await expect.element(dialog().getByRole("checkbox").nth(1)).toBeDisabled();
  expect(machine.wishes.at(-1)).toMatchObject({ now: true, file: false });
});

test("undoing that would be dangerous asks for the name", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  await press("{Enter}");
  await expect.poll(said).toContain("may use 320 MiB now");
  machine.refuseUndo = trouble("below-use");
  await press("{Control>}z{/Control}");
  await expect.element(dialog().getByRole("textbox")).toHaveFocus();
  expect(machine.limit).toBe(320 * mib);
  await press(name, "{Enter}");
  await expect.poll(said).toContain("is back at 192 MiB");
});

test("later, Ctrl-Z opens the history on the newest change, and Enter undoes it", async () => {
  const { machine } = await open();
  await expect.element(button(apply.applyBoth)).toHaveFocus();
  await press("{Enter}");
  await expect.poll(said).toContain("may use 320 MiB now");
  await press("{Escape}");
  await expect.element(dialog()).not.toBeInTheDocument();
  await press("{Control>}z{/Control}");
  await expect.element(dialog().getByRole("heading", { name: apply.history.title })).toBeVisible();
  expect(said()).toContain("192 MiB → 320 MiB");
  await expect.element(button(apply.history.undo(name))).toHaveFocus();
  await press("{Enter}");
  await expect.poll(said).toContain(apply.history.states.undone);
  expect(machine.limit).toBe(192 * mib);
});
