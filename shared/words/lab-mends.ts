import { visible } from "../format.ts";
import type { LabTrouble, LabTroubleCode } from "../model/race.ts";
import type { Told } from "./mends.ts";

/** What can be done about a trouble of the lab; the sentence for each stands in the catalogues. */
export type LabMendKey =
  | "startDocker"
  | "fetchImage"
  | "otherProbe"
  | "giveCommand"
  | "fetchForHere"
  | "moreMemory"
  | "fromDisk"
  | "buildAnew"
  | "installQemu"
  | "installKernel"
  | "allowKernel"
  | "otherKernel"
  | "installHelper"
  | "readCause"
  | "waitLonger"
  | "readOutput"
  | "freeRoom"
  | "agree"
  | "stopFirst"
  | "waitForOther"
  | "raceAgain";

export type LabWords = {
  readonly wrong: { readonly [code in LabTroubleCode]: (where: string) => string };
  readonly mends: { readonly [key in LabMendKey]: string };
};

/** A name that a shell takes as one word; any other is left for the user to quote. */
const plain = /^[\w./:@-]{1,256}$/;
const withName = (before: string, name: string) => (plain.test(name) ? before + name : null);

/** Debian's and Ubuntu's names; elsewhere the sentence alone has to do. */
const mends: {
  readonly [code in LabTroubleCode]: readonly [LabMendKey, ((where: string) => string | null)?];
} = {
  "no-docker": ["startDocker", () => "sudo systemctl enable --now docker"],
  "no-image": ["fetchImage", (where) => withName("docker pull ", where)],
  "no-healthcheck": ["otherProbe"],
  "no-command": ["giveCommand"],
  "other-architecture": ["fetchForHere", (where) => withName("docker pull ", where)],
  "image-too-large": ["moreMemory"],
  "file-too-large": ["fromDisk"],
  "hostile-image": ["buildAnew"],
  "no-qemu": ["installQemu", () => "sudo apt-get install qemu-system-x86"],
  "no-kernel": ["installKernel", () => "sudo apt-get install linux-image-cloud-amd64"],
  "kernel-unreadable": ["allowKernel", (where) => withName("sudo chmod a+r ", where)],
  "kernel-unusable": ["otherKernel"],
  "no-helper": ["installHelper", () => "sudo apt-get install busybox-static"],
  "no-accelerator": ["readCause"],
  "not-ready": ["waitLonger"],
  exited: ["readOutput"],
  "failed-to-start": ["readCause"],
  "no-room": ["freeRoom"],
  "not-agreed": ["agree"],
  running: ["stopFirst"],
  busy: ["waitForOther"],
  stopped: ["raceAgain"],
  failed: ["readCause"],
};

/** What is wrong in the lab and how it is put right, in the language of `words`. */
export function tellLabTrouble({ code, where }: LabTrouble, words: LabWords): Told {
  const [key, command] = mends[code];
  return {
    what: words.wrong[code](visible(where)),
    mend: words.mends[key],
    command: command?.(where) ?? null,
    risk: null,
  };
}
