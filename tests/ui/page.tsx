import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { App } from "../../renderer/app.tsx";
import "../../renderer/tokens.css";
import { startIntake } from "../../renderer/state/intake.ts";
import { forget } from "../../renderer/state/series.ts";
import { choose, startOver, type Ui } from "../../renderer/state/ui.ts";
import { nothingYet, useWorld } from "../../renderer/state/world.ts";
import type { ChangeTrouble } from "../../shared/model/change.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import type { CallName, Handlers, Request } from "../../shared/wire/calls.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import { type Pipe, pipePair } from "../../shared/wire/pipe.ts";
import { serveChannel } from "../../shared/wire/serve-channel.ts";
import { facts } from "../fixtures/synthetic.ts";
import { shoot, shooting } from "./shoot.ts";

export type Asked = { readonly name: CallName; readonly request: Request<CallName> };

export type OpenPage = {
  /** Sends a frame as the machine would and waits until the page has taken it. */
  send(frame: Frame): Promise<void>;
  /** What the page has asked for, in order. */
  readonly asked: readonly Asked[];
  /** Cuts the pipe, as a machine that dies would. Later tries to connect fail until `restore`. */
  cut(): Promise<void>;
};

const changesOff: ChangeTrouble = { code: "off", where: "settings", cause: null };

/** A minute of frames comes in a second here: by this clock the page does not acknowledge more than is allowed. */
const manyMinutes = () => performance.now() * 1000;

/** The whole page over an in-memory pipe; the test plays the machine and gives other `answers` to calls than none. Nothing of an earlier test is left in it. */
export async function openPage(
  first: readonly Frame[],
  ui: Partial<Ui> = {},
  answers: Partial<Handlers> = {},
): Promise<OpenPage> {
  await page.viewport(1440, 900);
  localStorage.clear();
  startOver();
  forget();
  useWorld.setState(nothingYet, true);
  choose({ language: "en", ...ui });
  const asked: Asked[] = [];
  const acknowledged = new Map<number, () => void>();
  let machine: Pipe | null = null;
  let serve: ((frame: Frame) => void) | null = null;
  let dead = false;
  const connect = async () => {
    if (dead) throw new Error("nobody there");
    const [theirs, ours] = pipePair();
    machine = ours;
    const note =
      <Name extends CallName, Reply>(name: Name, reply: Reply) =>
      (request: Request<Name>): Reply | Promise<Reply> => {
        asked.push({ name, request });
        const answer = answers[name] as ((request: Request<Name>) => Reply | Promise<Reply>) | undefined;
        return answer ? answer(request) : reply;
      };
    const handlers: Handlers = {
      history: note("history", { at: [], step: [], figures: {}, min: {}, max: {} }),
      recent: note("recent", {}),
      detail: note("detail", null),
      doctor: note("doctor", { version: "0", node: "20", facts, controllers: [], engines: [] }),
      retry: note("retry", null),
      replay: note("replay", null),
      source: note("source", null),
      lab: note("lab", { parts: [] }),
      images: note("images", []),
      startRace: note("startRace", { id: "a-race" }),
      stopRace: note("stopRace", null),
      raceNews: note("raceNews", null),
      races: note("races", []),
      stopPair: note("stopPair", null),
      findingLog: note("findingLog", { watched: [{ from: 0, to: 0 }], cleared: [], trouble: null }),
      lastFall: note("lastFall", null),
      settings: note("settings", {
        settings: defaultSettings,
        path: "/home/you/settings.json",
        trouble: null,
      }),
      setSettings: note("setSettings", { settings: defaultSettings }),
      mends: note("mends", []),
      prepareChange: note("prepareChange", { trouble: changesOff }),
      commitChange: note("commitChange", { trouble: changesOff }),
      undoChange: note("undoChange", { trouble: changesOff }),
      changes: note("changes", []),
    };
    const channel = serveChannel(ours, handlers, (sequence) => acknowledged.get(sequence)?.(), {
      now: manyMinutes,
      troubleOf: () => ({ code: "failed", where: "test", cause: null }),
    });
    serve = (frame) => channel.send(frame);
    return theirs;
  };
  const stop = new AbortController();
  startIntake(connect, stop.signal);
  onLeave(() => stop.abort());
  const { container } = await render(<App />);
  // As #page is: what belongs at the foot of the window stands there.
  container.style.height = "100%";
  const send = async (frame: Frame) => {
    await new Promise<void>((resolve) => {
      acknowledged.set(frame.sequence, resolve);
      serve?.(frame);
    });
  };
  for (const frame of first) await send(frame);
  return {
    asked,
    send,
    async cut() {
      dead = true;
      machine?.close();
    },
  };
}

const leavings: (() => void)[] = [];
const onLeave = (leave: () => void) => void leavings.push(leave);
/** After each test: ends what its page was doing. */
export function leave(): void {
  for (const one of leavings.splice(0)) one();
  delete document.documentElement.dataset.theme;
  delete document.documentElement.dataset.mode;
}

/** A picture for people, in tests/screenshots (kept out of git): the same state in light and dark, wide and narrow. `folder` from the test's. */
export async function picture(name: string, folder = "../screenshots"): Promise<void> {
  if (!shooting) {
    // By then what measures itself has settled, as it has after a picture.
    await page.viewport(1440, 900);
    return;
  }
  for (const [theme, width, label] of [
    ["light", 1440, "light"],
    ["dark", 1440, "dark"],
    ["light", 900, "900.light"],
  ] as const) {
    await page.viewport(width, 900);
    choose({ theme });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await shoot(`${folder}/${name}.${label}.png`);
  }
  await page.viewport(1440, 900);
  choose({ theme: "light" });
}
