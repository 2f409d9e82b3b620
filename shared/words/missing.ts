import type { Missing } from "../model/detail.ts";
import type { Words } from "./words.ts";

/** How what the kernel does not offer can be had; `parameter` goes to the kernel's command line, `command` to a shell. */
export type MissingMend = { readonly parameter: string } | { readonly command: string } | null;

/** Hands the controllers down to users' own cgroups, https://rootlesscontaine.rs/getting-started/common/cgroup2/ */
const delegate =
  "sudo mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' | sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload";

/** https://docs.kernel.org/admin-guide/kernel-parameters.html; null: nothing that one could type. */
export function mendOfMissing({ what, why }: Missing): MissingMend {
  switch (what) {
    case "memory":
      // A Raspberry Pi's firmware switches it off; the first of the two is what its kernel understands.
      return why === "off" ? { parameter: "cgroup_enable=memory cgroup_memory=1" } : { command: delegate };
    case "cpu":
    case "pids":
    case "io":
      return why === "off" ? null : { command: delegate };
    case "pressure":
      return why === "off" ? { parameter: "psi=1" } : { parameter: "systemd.unified_cgroup_hierarchy=1" };
    case "kernelMemory":
      return null;
    case "swap":
      return { parameter: "swapaccount=1" };
    case "namespaces":
      return null;
    case "kernelLog":
      return why === "denied" ? { command: "sudo sysctl kernel.dmesg_restrict=0" } : null;
  }
}

function undelegated(what: Missing["what"], words: Words["detail"]["kept"]): string {
  if (what === "pressure") return words.noPressureHere;
  return what === "memory" || what === "cpu" || what === "pids" || what === "io"
    ? words.undelegated(words.things[what])
    : words.missing[what];
}

/** What is missing, in a sentence, and what stands before its mend; null: there is none to type. */
export function tellMissing(
  missing: Missing,
  words: Words["detail"]["kept"],
): { readonly what: string; readonly how: string | null; readonly type: string | null } {
  const { what, why } = missing;
  const mend = mendOfMissing(missing);
  return {
    what: why === "undelegated" ? undelegated(what, words) : words.missing[what],
    how: mend === null ? null : "parameter" in mend ? words.toCommandLine : words.toShell,
    type: mend === null ? null : "parameter" in mend ? mend.parameter : mend.command,
  };
}
