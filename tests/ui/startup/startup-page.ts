import { useRaces } from "../../../renderer/state/races.ts";
import type { Ui } from "../../../renderer/state/ui.ts";
import { firstDraft, useDraft } from "../../../renderer/views/startup/draft.ts";
import { nothingTold, useLab } from "../../../renderer/views/startup/lab-store.ts";
import type { LabImage, LabPart, Race, RaceNews } from "../../../shared/model/race.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import type { Frame } from "../../../shared/wire/frames.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { type Body, usual } from "../../fixtures/synthetic-bodies.ts";
import { madeImages, madeParts } from "../../fixtures/synthetic-races.ts";
import { type OpenPage, openPage } from "../page.tsx";

/** What the lab of the invented computer answers. `news` null: no race is on. */
export type LabGiven = {
  readonly parts?: readonly LabPart[];
  readonly images?: readonly LabImage[];
  readonly races?: readonly Race[];
  readonly news?: RaceNews | null;
  readonly answers?: Partial<Handlers>;
  readonly bodies?: readonly Body[];
  readonly frame?: Partial<Frame>;
  readonly ui?: Partial<Ui>;
};

/** Fetched when it is shown first, which takes longer than a test waits on a busy machine. */
await import("../../../renderer/views/startup/startup-view.tsx");

/** The Startup screen as the page shows it; nothing of an earlier test is left in it. */
export function openStartup(given: LabGiven = {}): Promise<OpenPage> {
  const { parts = madeParts, images = madeImages, races = [], news = null, answers = {}, ui = {} } = given;
  const { bodies = usual(), frame = {} } = given;
  useLab.setState(nothingTold, true);
  useRaces.setState({ races: null });
  useDraft.setState({ ...firstDraft, runs: 20, memory: 512 * 1024 * 1024 }, true);
  let told = false;
  return openPage(
    [0, 1].map((second) => frameOf(bodies, second, frame)),
    { screen: "startup", ...ui },
    {
      lab: () => ({ parts }),
      images: () => images,
      races: () => races,
      // Told once; then held, as the machine's side holds it until something changes.
      raceNews: () => {
        if (told || news === null) return news === null ? null : new Promise<never>(() => undefined);
        told = true;
        return news;
      },
      ...answers,
    },
  );
}
