import { updateCommand, virshCommands } from "../../../shared/mends/commands.ts";
import { settingFrom, settingTo } from "../../../shared/mends/setting.ts";
import { nameOrId, shortId } from "../../../shared/mends/shell.ts";
import type { Proposal } from "../../../shared/model/change.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import type { Words } from "../../../shared/words/words.ts";
import { evidenceText } from "./evidence-text.ts";
import type { Reported } from "./report.ts";

const plain = (phrase: Phrase): string =>
  phrase
    .map((part) => (typeof part === "string" ? part : [part.text, part.unit].filter(Boolean).join(" ")))
    .join("");

/** A finding in the user's words. `instance` null: it concerns the whole computer. */
export function reported(finding: Finding, instance: Instance | null, host: string, say: Words): Reported {
  const { findings, terminal } = say;
  return {
    finding,
    instance,
    title: findings.title(finding, instance?.name ?? host),
    explanation: plain(findings.why(finding)),
    evidence: finding.evidence.map(
      (one) =>
        `${findings.evidence[one.name as keyof typeof findings.evidence] ?? one.name}: ${evidenceText(one, terminal.check)} (${one.source})`,
    ),
    mend: instance === null || finding.proposal === null ? null : commandOf(instance, finding.proposal),
  };
}

/** The engine's command for a limit, as far as it follows from what was seen; null: this engine has none. */
function commandOf({ engine, name, id }: Instance, { resource, from, to }: Proposal): string | null {
  const setting = settingTo(settingFrom(resource, from), to);
  const called = nameOrId(name, shortId(id));
  if (engine === "docker" || engine === "podman") return updateCommand(engine, called, setting);
  return engine === "libvirt" ? (virshCommands(called, setting, "live")[0] ?? null) : null;
}
