import { count, percentFine, seconds } from "../../../shared/format.ts";
import type { Detail, NamedCount, Stall } from "../../../shared/model/detail.ts";
import { tellMissing } from "../../../shared/words/missing.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Mend } from "../../components/mend.tsx";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { hostsNotes, ordinary, rightsNotes, rightsRows, sharersNotes } from "./rights.ts";
import "./kernel-facts.css";

type W = Words["detail"]["kept"];

/** Which namespaces it has of its own, which are the host's, and whom it shares with. */
export function NamespaceFacts({ detail }: { readonly detail: Detail }) {
  const words = useWords().detail.kept;
  const names = useWorld(({ byId }) => byId);
  const { namespaces } = detail;
  if (namespaces === null || namespaces.length === 0) return null;
  const nameOf = (id: string) => names.get(id)?.name ?? id;
  const notes = [...hostsNotes(words, namespaces), ...sharersNotes(words, namespaces, nameOf)];
  return (
    <section>
      <h3>{words.namespacesTitle}</h3>
      <table>
        <tbody>
          {namespaces.map(({ kind, inode, sharing }) => (
            <tr key={kind}>
              <th scope="row" title={words.namespaces[kind]}>
                {kind}
              </th>
              <td className="second">{inode}</td>
              <td
                className={
                  sharing === "own" ? "second" : ordinary.has(kind) && sharing === "host" ? "" : "near"
                }
              >
                {{ own: words.own, host: words.hosts, shared: words.shared }[sharing]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <p className="note">
          <Foreign text={notes.join(" ")} most={900} />
        </p>
      )}
    </section>
  );
}

/** What its processes may do on this computer, in plain words. */
export function RightsFacts({ detail }: { readonly detail: Detail }) {
  const words = useWords().detail.kept;
  const { security } = detail;
  if (security === null) return null;
  const notes = rightsNotes(words, security);
  return (
    <section>
      <h3>{words.rightsTitle}</h3>
      <table>
        <tbody>
          {rightsRows(words, security).map(({ name, value, loud }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={loud ? "words near" : "words"}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && <p className="note">{notes.join(" ")}</p>}
    </section>
  );
}

/** Waits as the kernel averages them, and what it counted since the cgroup was made. */
export function CountFacts({ detail }: { readonly detail: Detail }) {
  const words = useWords().detail.kept;
  const { pressure, counts } = detail;
  if (pressure === null && counts.length === 0) return null;
  return (
    <details>
      <summary>{words.countsTitle}</summary>
      {pressure !== null && <Waits words={words} pressure={pressure} />}
      <table className="counts">
        <tbody>
          {counts.map((one) => (
            <tr key={one.key} title={one.from}>
              <th scope="row">{words.counts[one.key]}</th>
              <td>{amountOf(words, one)}</td>
              <td className="second">
                {one.local === null || one.local === one.value ? "" : words.itself(count(one.local))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function amountOf(words: W, { key, value }: NamedCount): string {
  if (key === "underOom") return value > 0 ? words.yes : words.no;
  return key === "throttledTime" ? seconds(value / 1e6) : count(value);
}

const spans = ["avg10", "avg60", "avg300"] as const;

function Waits({
  words,
  pressure,
}: {
  readonly words: W;
  readonly pressure: NonNullable<Detail["pressure"]>;
}) {
  const rows = (["cpu", "memory", "io"] as const).flatMap((what) =>
    (["some", "full"] as const).flatMap((who): { key: string; name: string; stall: Stall }[] => {
      const stall = pressure[what][who];
      const name = words.waitOf(words.waits[what], words[who]);
      return stall === null ? [] : [{ key: `${what}-${who}`, name, stall }];
    }),
  );
  return (
    <table className="counts">
      <caption>{words.waitsTitle}</caption>
      <thead>
        <tr>
          <td />
          {spans.map((span) => (
            <th key={span} scope="col">
              {words.spans[span]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, stall }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {spans.map((span) => (
              <td key={span}>{words.share(percentFine(stall[span]))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What this kernel does not offer of it, and how it could be had. */
export function MissingFacts({ detail }: { readonly detail: Detail }) {
  const all = useWords();
  const words = all.detail.kept;
  if (detail.missing.length === 0) return null;
  return (
    <section>
      <h3>{words.missingTitle}</h3>
      {detail.missing.map((missing) => {
        const { what, how, type } = tellMissing(missing, words);
        return (
          <div key={`${missing.what}-${missing.why}`} className="missing">
            <p>{what}</p>
            {how !== null && <p className="note">{how}</p>}
            {type !== null && <Mend command={type} words={all.frame} />}
          </div>
        );
      })}
    </section>
  );
}
