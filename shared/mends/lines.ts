import { coresText, dockerBytes, millicores, quantity } from "./amounts.ts";
import type { Setting } from "./setting.ts";

/** A plain word of YAML needs no quotes; any other is one in JSON's, which YAML reads alike. */
const yamlWord = (word: string): string =>
  /^[A-Za-z][\w.-]*$/.test(word) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(word)
    ? word
    : JSON.stringify(word);

/**
 * The lines of a compose file, for one that Tare does not see. https://docs.docker.com/reference/compose-file/services/
 *   services:
 *     loki:
 *       mem_limit: 320m
 */
export function composeLines(service: string, setting: Setting): string {
  const { resource, limit } = setting;
  if (limit === null) return "";
  const line = new Map([
    ["memory", () => `mem_limit: ${dockerBytes(limit)}`],
    ["cpu", () => `cpus: ${coresText(limit)}`],
    ["pids", () => `pids_limit: ${limit}`],
  ]).get(resource);
  return line ? `services:\n  ${yamlWord(service)}:\n    ${line()}\n` : "";
}

/**
 * The resources of a Kubernetes container, https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/.
 * Memory is requested as it is limited, since memory that was promised to two can't be had by both; of CPU a quarter, which
 * can. A limit of processes is the kubelet's (podPidsLimit), not the pod's: "".
 */
export function kubernetesLines(container: string, setting: Setting): string {
  const { resource, limit } = setting;
  if (limit === null || (resource !== "memory" && resource !== "cpu")) return "";
  const [requests, limits] =
    resource === "memory"
      ? [`memory: ${quantity(limit)}`, `memory: ${quantity(limit)}`]
      : [`cpu: ${millicores(limit / 4)}`, `cpu: ${millicores(limit)}`];
  return [
    "containers:",
    `  - name: ${yamlWord(container)}`,
    "    resources:",
    "      requests:",
    `        ${requests}`,
    "      limits:",
    `        ${limits}`,
    "",
  ].join("\n");
}
