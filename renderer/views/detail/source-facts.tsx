import { type FigureName, figureNames, figures } from "../../../shared/figures.ts";
import type { Detail } from "../../../shared/model/detail.ts";
import type { HostFacts } from "../../../shared/model/host.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Meaning } from "../../meaning/meaning.tsx";
import { latest } from "../../state/series.ts";
import { useWatchedText } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";

type From = "v1" | "v2" | "process" | "api";

/** How its figures are read: which column of the registry's "from" holds. */
export function readingOf(weighed: Instance["weighed"], cgroup: HostFacts["cgroup"]): From | null {
  if (weighed === null) return null;
  if (weighed !== "cgroup") return weighed;
  // Hybrid: v1 holds the controllers.
  return cgroup === "v2" ? "v2" : "v1";
}

/** A source as it is read: names of the kernel's and of engines stay, the words between them are ours. */
export const readFrom = (source: string, terms: Words["detail"]["facts"]["terms"]): string =>
  source.replace(/\{(\w+)\}/g, (_, term: string) => terms[term as keyof typeof terms]);

/** From where each figure on this panel was read, and where its formula stands. */
export function SourceFacts({
  instance,
  detail,
}: {
  readonly instance: Instance;
  readonly detail: Detail | null;
}) {
  const words = useWords().detail.facts;
  const { engine, weighed } = instance;
  const from = useWorld(({ facts }) => readingOf(weighed, facts?.cgroup ?? null));
  const version = useWorld(
    ({ engines }) => engines.find((status) => status.engine === engine)?.version ?? null,
  );
  if (from === null) return null;
  const notes = [
    words.readBy[from],
    ...(engine === "cgroup" ? [] : [words.namesFrom(engineNames[engine], version)]),
  ];
  return (
    <section>
      <h3>{words.fromTitle}</h3>
      {detail?.readFrom.map((path) => (
        <p key={path} className="path">
          <Foreign text={path} most={300} />
        </p>
      ))}
      <p className="note">
        <Foreign text={notes.join("; ")} />
      </p>
      <Sources id={instance.id} from={from} />
    </section>
  );
}

function Sources({ id, from }: { readonly id: string; readonly from: From }) {
  const words = useWords().detail.facts;
  // Which figures are known changes hardly ever; their values do each second and are none of this list's business.
  const known = useWatchedText(() => knownNames(id).join(" "));
  return (
    <details>
      <summary>{words.eachFigure}</summary>
      <dl className="sources">
        {known.split(" ").map((name) => {
          const figure = figures[name as FigureName];
          const source = (figure?.from as { readonly [key in From]?: string } | undefined)?.[from];
          return source === undefined ? null : (
            <div key={name}>
              <dt>
                <Meaning of={figure.doc}>{words.figures[name as FigureName]}</Meaning>
              </dt>
              <dd>{readFrom(source, words.terms)}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}

function knownNames(id: string): readonly FigureName[] {
  const sample = latest(id);
  return sample === null ? [] : figureNames.filter((name) => sample[name] !== null);
}
