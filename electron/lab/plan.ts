import type { Kind } from "../../shared/model/instance.ts";
import type { Race, Wish } from "../../shared/model/race.ts";
import { builtinImage, sweepBuiltins } from "./container/builtin.ts";
import { containerHalf, diskHalf, domainHalf, type Ground, type Half, ownHalf, vmHalf } from "./half.ts";
import { guestHelper } from "./image/helper.ts";
import { workloadOf } from "./workload-of.ts";

/** What a wish comes to: each half that it asks for, to be made when it is its turn. */
export type Plan = {
  readonly image: Race["image"];
  readonly halves: { readonly [kind in Kind]?: (signal: AbortSignal) => Promise<Half> };
};

/**
 * Looks whether a wish can be raced at all. Throws a LabFailure where it can't begin; what only one half lacks is found out
 * when that half is made, so that the other runs.
 */
export async function planOf(wish: Wish, ground: Ground, signal: AbortSignal): Promise<Plan> {
  const { subject } = wish;
  switch (subject.kind) {
    case "image":
      return imagePlan(subject.image, wish, ground, signal);
    case "builtin": {
      const { docker } = await ground.docker();
      const lender = { docker, notes: ground.notes, signal };
      const busybox = await guestHelper({ machine: process.arch, directory: ground.directory, lender });
      const image = await builtinImage(subject.name, busybox, docker, signal);
      await sweepBuiltins(docker, image, signal).catch(() => signal.throwIfAborted());
      return imagePlan(image, wish, ground, signal);
    }
    case "container":
      return { image: null, halves: { container: (until) => ownHalf(subject.id, wish, ground, until) } };
    case "domain":
      return { image: null, halves: { vm: (until) => domainHalf(subject.id, wish, until) } };
    case "disk":
      return { image: null, halves: { vm: (until) => diskHalf(subject.path, wish, ground, until) } };
  }
}

async function imagePlan(name: string, wish: Wish, ground: Ground, signal: AbortSignal): Promise<Plan> {
  const { docker } = await ground.docker();
  const workload = workloadOf(await docker.image(name, signal), name, wish, process.arch);
  const { image, digest, bytes } = workload;
  const makers: Required<Plan["halves"]> = {
    container: () => containerHalf(workload, ground),
    vm: (until) => vmHalf(workload, ground, until),
  };
  return {
    image: { name: image, digest, bytes },
    halves: Object.fromEntries(wish.kinds.map((kind) => [kind, makers[kind]])),
  };
}
