import { Meaning, type Meant } from "../../meaning/meaning.tsx";
import { latest } from "../../state/series.ts";
import type { ScaleMode } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { type Filling, partsOf } from "./cut.ts";

const order: readonly Filling[] = ["net", "cache", "other", "tare", "mixed", "held"];

const meant = {
  net: "net",
  cache: "cache",
  other: "other",
  tare: "tare",
  estimate: "vm-memory",
  mixed: "vm-memory",
  held: "vm-memory",
} as const satisfies Record<Filling, Meant>;

/** What the fillings mean: only those that are on screen. */
export function Legend({ mode, raced }: { readonly mode: ScaleMode; readonly raced: boolean }) {
  const { legend } = useWords().scale;
  const seen = useWatched(() => {
    const fillings = new Set<Filling>();
    for (const { id, kind } of useWorld.getState().byId.values())
      for (const { filling } of partsOf(kind, latest(id)))
        fillings.add(filling === "estimate" ? "tare" : filling);
    return order.filter((filling) => fillings.has(filling));
  }, []);
  if (mode === "log")
    return (
      <ul className="legend" aria-label={legend.label}>
        <Key className="ring" word={legend.net} means="net" />
        <Key className="dot" word={legend.gross} means="gross" />
        <Key className="limit-key" word={legend.limit} means="limits" />
        <li className="hint">{legend.log}</li>
      </ul>
    );
  return (
    <ul className="legend" aria-label={legend.label}>
      {seen.map((filling) => (
        <Key
          key={filling}
          className={filling}
          word={legend[filling === "estimate" ? "tare" : filling]}
          means={meant[filling]}
        />
      ))}
      {raced ? <Key className="estimate of-vm" word={legend.raced} means="vm-memory" /> : null}
      {mode === "linear" ? <Key className="limit-key" word={legend.limit} means="limits" /> : null}
    </ul>
  );
}

function Key({
  className,
  word,
  means,
}: {
  readonly className: string;
  readonly word: string;
  readonly means: Meant;
}) {
  return (
    <li>
      <i className={`swatch ${className}`} />
      <Meaning of={means}>{word}</Meaning>
    </li>
  );
}
