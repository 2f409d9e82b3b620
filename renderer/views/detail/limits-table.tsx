import type { Sample } from "../../../shared/figures.ts";
import { cores, count, percent, rate, unknown, wholeBytes } from "../../../shared/format.ts";
import type { Detail } from "../../../shared/model/detail.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Meaning } from "../../meaning/meaning.tsx";
import { useWords } from "../../state/words.ts";
import { type LimitRow, limitRows, reportedOf } from "./limit-rows.ts";

type W = Words["detail"]["facts"];
/** From here on a limit is near: semibold ink. It is red only once it is reached. */
const near = 0.9;

function amount(words: W, unit: LimitRow["unit"], value: number | null): string {
  if (value === null) return words.none;
  if (unit === "bytes/s") return words.mbs(rate(value));
  if (unit === "count/s") return words.aSecond(count(value));
  if (unit === "bytes") return value === 0 ? count(0) : wholeBytes(value);
  return unit === "cores" ? words.coresOf(cores(value)) : count(value);
}

function usedText(words: W, used: LimitRow["used"]): string {
  if (used === null) return "";
  if ("share" in used) return words.share(percent(used.share));
  if ("now" in used) return words.nowCount(count(used.now));
  return used.squeezed ? words.squeezed : words.notSqueezed;
}

function toneOf(used: LimitRow["used"]): string {
  if (used === null || !("share" in used)) return "second";
  return used.share >= 1 ? "over-text" : used.share >= near ? "near" : "";
}

/** What it may use and does use; a parent's limit is named, and so is what its engine says otherwise. */
export function LimitsTable({
  instance,
  sample,
  detail,
}: {
  readonly instance: Instance;
  readonly sample: Sample | null;
  readonly detail: Detail | null;
}) {
  const words = useWords().detail.facts;
  const rows = limitRows(instance, sample, detail);
  return (
    <section>
      <h3>{instance.kind === "vm" ? words.limitsTitleVm : words.limitsTitle}</h3>
      <table>
        <tbody>
          {rows.map(({ key, unit, value, known, used, from, told }) => (
            <tr key={`${key} ${told}`} title={[from, told].filter(Boolean).join(": ") || undefined}>
              <th scope="row">
                <Meaning of="limits">
                  {key === "hugetlb" && told !== null ? words.hugePages(told) : words.limits[key]}
                </Meaning>
              </th>
              <td className={value === null ? "none" : undefined}>
                {known ? amount(words, unit, value) : unknown}
              </td>
              <td className={toneOf(used)}>
                {key === "cpuset" && told !== null ? (
                  <Foreign text={told} most={16} />
                ) : (
                  usedText(words, used)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">
        <Foreign text={notes(words, instance, rows).join(" ")} most={600} />
      </p>
    </section>
  );
}

function notes(words: W, instance: Instance, rows: readonly LimitRow[]): readonly string[] {
  const parents = rows.flatMap(({ key, ancestor, own, unit }) =>
    ancestor === null
      ? []
      : [words.fromAncestor(words.limits[key], ancestor, own === null ? null : amount(words, unit, own))],
  );
  if (instance.kind === "vm") return [...parents, words.heldNote];
  if (!rows.some(({ known }) => known)) return [];
  const { differs, own } = reportedOf(instance, rows);
  const engine = engineNames[instance.engine];
  // A cgroup that no engine explains has nobody who could report anything.
  const reported =
    instance.engine === "cgroup"
      ? []
      : differs.length === 0
        ? [words.reportsSame(engine)]
        : differs.map(({ key, value }) =>
            value === null
              ? words.reportsNone(engine, words.limits[key])
              : words.reportsOther(
                  engine,
                  words.limits[key],
                  amount(words, key === "memory" ? "bytes" : key === "cpu" ? "cores" : "count", value),
                ),
          );
  return [...reported, ...parents, ...(own && instance.weighed === "cgroup" ? [words.parentsNone] : [])];
}
