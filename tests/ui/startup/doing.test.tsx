import { afterEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { useUi } from "../../../renderer/state/ui.ts";
import { useLab } from "../../../renderer/views/startup/lab-store.ts";
import type { RaceNews } from "../../../shared/model/race.ts";
import { madeInstance } from "../../fixtures/made.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { type Body, usual } from "../../fixtures/synthetic-bodies.ts";
import { earlierRaces, madeParts, madeRace, partsWithoutQemu } from "../../fixtures/synthetic-races.ts";
import { leave } from "../page.tsx";
import { shoot } from "../shoot.ts";
import { openStartup } from "./startup-page.ts";

afterEach(() => {
  leave();
  vi.restoreAllMocks();
});

const press = (...keys: readonly string[]) => userEvent.keyboard(keys.join(""));
const headline = () => page.getByRole("heading", { level: 1 });
const over = madeRace({ id: "now" });
const wishes = (asked: readonly { name: string; request: unknown }[]) =>
  asked.filter(({ name }) => name === "startRace").map(({ request }) => request);

test("keyboard only: 2 opens the screen, arrows choose an image, Enter does what the sentence says, Escape stops", async () => {
  let news: RaceNews | null = null;
  const held: ((news: RaceNews | null) => void)[] = [];
  const { asked } = await openStartup({
    ui: { screen: "scale" },
    answers: {
      raceNews: ({ after }) =>
        news !== null && news.revision === after ? new Promise((resolve) => held.push(resolve)) : news,
      startRace: () => {
        news = {
          race: madeRace({ id: "a-race", done: 7 }),
          revision: 1,
          doing: { kind: "vm", moment: null },
          left: 9_000,
        };
        return { id: "a-race" };
      },
    },
  });
  await press("2");
  await expect.element(headline()).toHaveTextContent(/Start nginx 20 times/);
  await press("/", "redis", "{ArrowDown}", " ");
  await expect.element(headline()).toHaveTextContent(/Start redis 20 times/);
  await expect.element(page.getByRole("textbox", { name: "Port" })).toHaveValue("6379");
  await press("{Enter}");
  await expect
    .poll(() => wishes(asked))
    .toMatchObject([
      {
        subject: { image: "redis:7.4-alpine" },
        probe: { kind: "port", port: 6379 },
        kinds: ["container", "vm"],
        runs: 20,
        agreed: false,
      },
    ]);
  await expect.element(page.getByText("Racing", { exact: true })).toBeVisible();
  await expect.element(page.getByText("9 s left")).toBeVisible();
  await press("{Escape}");
  await expect.poll(() => asked.some(({ name }) => name === "stopRace")).toBe(true);
  await expect.poll(() => held.length).toBe(1);
  held[0]?.({
    race: { ...madeRace({ id: "a-race", done: 7 }), state: "stopped" },
    revision: 2,
    doing: null,
    left: null,
  });
  news = null;
  await expect.element(page.getByText(/Stopped by you/)).toBeVisible();
  await press("{Escape}");
  await expect.element(headline()).toHaveTextContent(/Start redis 20 times/);
});

test("R on a result races it again, with the same wish; T turns the charts into a table", async () => {
  const { asked } = await openStartup({ races: [over, ...earlierRaces] });
  await page.getByRole("button", { name: "Show the race of nginx:1.27-alpine, 21 Nov" }).first().click();
  await expect
    .element(page.getByRole("img", { name: /^Every run\. Container: median 234 ms/ }))
    .toBeVisible();
  await press("t");
  await expect.element(page.getByRole("region", { name: /Every run, in the order run/ })).toBeVisible();
  await press("r");
  await expect.poll(() => wishes(asked)).toEqual([{ ...over.wish, agreed: false }]);
});

test("what is the user's own is asked for first: Escape leaves it, the other answer starts it", async () => {
  const stopped: Body = {
    instance: madeInstance({ id: "docker:old", slot: 90, name: "old-db", state: "stopped" }),
    at: (second) => (usual()[0] as Body).at(second),
  };
  const { asked } = await openStartup({ bodies: [...usual(), stopped] });
  await page.getByText("My own", { exact: true }).click();
  await expect.element(headline()).toHaveTextContent("Choose what to start.");
  await page.getByRole("option", { name: "old-db" }).click();
  await expect.element(headline()).toHaveTextContent("Start old-db 20 times as a container.");
  await page.getByText("it exits with 0").click();
  await press("{Enter}");
  await expect.element(page.getByRole("alertdialog", { name: "Start old-db?" })).toBeVisible();
  await press("{Escape}");
  await expect.element(page.getByRole("alertdialog")).not.toBeInTheDocument();
  expect(wishes(asked)).toEqual([]);
  await page.getByRole("button", { name: /Time the container/ }).click();
  await page.getByRole("button", { name: "Start it" }).click();
  await expect
    .poll(() => wishes(asked))
    .toMatchObject([{ subject: { kind: "container", id: "docker:old" }, agreed: true }]);
});

test("a race that is refused says why and how it is mended, and the choices stay", async () => {
  await openStartup({
    answers: {
      startRace: () => ({
        trouble: { code: "no-image", where: "nginx:1.27-alpine", cause: null, output: [] },
      }),
    },
  });
  await press("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent(/Docker has no image nginx:1\.27-alpine/);
  await expect.element(page.getByText("docker pull nginx:1.27-alpine")).toBeVisible();
  await expect.element(headline()).toHaveTextContent(/Start nginx/);
});

test("it looks again by itself for what is missing, and fills it in", async () => {
  let looks = 0;
  await openStartup({ answers: { lab: () => ({ parts: looks++ === 0 ? partsWithoutQemu : madeParts }) } });
  await expect.element(headline()).toHaveTextContent(/QEMU is missing/);
  await expect.element(headline(), { timeout: 15_000 }).toHaveTextContent(/and 20 times as a VM/);
});

test("steppers: − and + and the arrows lead through round values, any other can be typed", async () => {
  await openStartup();
  const runs = page.getByRole("spinbutton", { name: "Runs of each" });
  await page.getByRole("button", { name: "Runs of each: more" }).click();
  await expect.element(runs).toHaveValue("30");
  await userEvent.fill(runs, "7");
  await expect.element(headline()).toHaveTextContent(/Start nginx 7 times/);
  await press("{ArrowDown}");
  await expect.element(headline()).toHaveTextContent(/Start nginx 5 times/);
});

test("copies Markdown, saves JSON and a picture of the result, named after it", async () => {
  await openStartup({ races: [over] });
  useLab.setState({ shown: "now" });
  const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const files: { name: string; blob: Blob }[] = [];
  let last: Blob | null = null;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    last = blob as Blob;
    return "blob:none";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    if (last) files.push({ name: this.download, blob: last });
  });
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  expect(copied.mock.calls[0]?.[0]).toMatch(/^## nginx:1\.27-alpine/);
  await page.getByRole("button", { name: "Save as JSON" }).click();
  await page.getByRole("button", { name: "Save as PNG" }).click();
  await expect
    .poll(() => files.map(({ name }) => name))
    .toEqual(["tare-nginx-2026-11-21.json", "tare-nginx-2026-11-21.png"]);
  expect(JSON.parse((await files[0]?.blob.text()) ?? "")).toMatchObject({
    image: "nginx:1.27-alpine",
    container: { failures: 0 },
  });
  const picture = await createImageBitmap(files[1]?.blob as Blob);
  expect(picture.width).toBeGreaterThan(2_000);
  // What is drawn is drawn: both hues of the bars are in the picture.
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen?.drawImage(picture, 0, 0);
  const seen = new Set<string>();
  const pixels = pen?.getImageData(0, 0, picture.width, picture.height).data ?? [];
  for (let at = 0; at < pixels.length; at += 4) seen.add(`${pixels[at]},${pixels[at + 1]},${pixels[at + 2]}`);
  expect([...seen]).toEqual(expect.arrayContaining(["11,132,129", "194,121,11"]));
  const reader = new FileReader();
  reader.readAsDataURL(files[1]?.blob as Blob);
  await expect.poll(() => reader.readyState).toBe(2);
  const image = document.createElement("img");
  image.alt = "the picture";
  image.src = `${reader.result}`;
  image.style.cssText = "position:fixed;inset:0;width:1440px;z-index:9;background:white";
  document.body.append(image);
  await expect.poll(() => image.complete).toBe(true);
  await shoot("../../screenshots/startup/saved.png");
  image.remove();
});

test("in a recording nothing can be started, and R and Enter ask for nothing", async () => {
  const replay = { name: "kestrel", from: 0, to: 1_000, position: 0, playing: false, speed: 1, sample: true };
  const { asked } = await openStartup({ races: [over], frame: { replay } });
  await expect.element(headline()).toHaveTextContent(/nginx is ready 6\.\d times later/);
  await press("r", "{Enter}");
  expect(wishes(asked)).toEqual([]);
  await expect.element(page.getByRole("button", { name: /Race again/ })).not.toBeInTheDocument();
});

test("a kept pair is told with a way to stop it", async () => {
  const { asked } = await openStartup({ races: [{ ...over, pair: ["docker:1", "qemu:2"] }] });
  await page.getByRole("button", { name: "Stop both" }).click();
  await expect.poll(() => asked.some(({ name }) => name === "stopPair")).toBe(true);
});

test("a machine that stops answering leaves the choices as they are, and starts nothing", async () => {
  const { cut, asked } = await openStartup();
  await expect.element(headline()).toHaveTextContent(/Start nginx/);
  await cut();
  await expect.element(page.getByText(/Tare stopped answering/)).toBeVisible();
  await expect.element(page.getByRole("button", { name: /Start the race/ })).toBeDisabled();
  await press("{Enter}");
  expect(wishes(asked)).toEqual([]);
});

test("? tells the keys of this screen in bold", async () => {
  const { send } = await openStartup();
  await send(frameOf(usual(), 2));
  await press("?");
  await expect.element(page.getByText(/those of the screen behind, Startup/)).toBeVisible();
  expect(document.querySelector(".keys-sheet .behind h3")?.textContent).toBe("Startup");
  expect(useUi.getState().screen).toBe("startup");
});
