import { bytes, cores, count, percentFine, rate, times } from "../../../../shared/format.ts";
import type { Evidence, Finding } from "../../../../shared/model/finding.ts";
import type { EvidenceName } from "../../../../shared/rules/evidence.ts";
import { isBroken } from "../../../../shared/rules/worst-first.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { Foreign } from "../../../components/foreign.tsx";
import { useWords } from "../../../state/words.ts";

/** What a finding was made of: each figure with the kernel's own name of it. */
export function EvidenceTable({ finding }: { readonly finding: Finding }) {
  const words = useWords();
  if (finding.evidence.length === 0) return null;
  const broken = isBroken(finding);
  return (
    <table className="evidence" aria-label={words.limits.case.evidence}>
      <tbody>
        {finding.evidence.map((one, index) => (
          <tr key={one.name}>
            <th scope="row">{words.findings.evidence[one.name as EvidenceName]}</th>
            <td className="source">
              <Foreign text={one.source.replace(": ", " ")} most={60} />
            </td>
            <td className={broken && index === 0 ? "over-text" : ""}>{valueText(one, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valueText({ value, unit }: Evidence, { limits, frame, detail }: Words): string {
  switch (unit) {
    case "bytes":
      return bytes(value);
    case "cores":
      return cores(value);
    case "fraction":
      return limits.percent(percentFine(value));
    case "count":
      return count(value);
    case "per-second":
      return limits.case.aSecond(value < 10 ? times(value) : count(value));
    case "bytes-per-second":
      return `${rate(value)} ${detail.rate}`;
    case "ms":
      return frame.duration(value);
  }
}
