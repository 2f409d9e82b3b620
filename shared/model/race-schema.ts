import * as z from "zod/mini";
import { type LabTrouble, type LabTroubleCode, type Race, type Trial, wishSchema } from "./race.ts";

const text = z.string().check(z.maxLength(4_096));
const someText = z.nullable(text);
/** A moment, a length or a size: never below 0. */
const amount = z.number().check(z.minimum(0));
const some = z.nullable(amount);
/** A part that is what is left of others may be a little below 0. */
const rest = z.nullable(z.number());
const moment = z.optional(amount);

const codes: { readonly [code in LabTroubleCode]: true } = {
  "no-docker": true,
  "no-image": true,
  "no-healthcheck": true,
  "no-command": true,
  "other-architecture": true,
  "image-too-large": true,
  "file-too-large": true,
  "hostile-image": true,
  "no-qemu": true,
  "no-kernel": true,
  "kernel-unreadable": true,
  "kernel-unusable": true,
  "no-helper": true,
  "no-accelerator": true,
  "not-ready": true,
  exited: true,
  "failed-to-start": true,
  "no-room": true,
  "not-agreed": true,
  running: true,
  busy: true,
  stopped: true,
  failed: true,
};

const kind = z.enum(["container", "vm"]);
const trouble: z.ZodMiniType<LabTrouble> = z.strictObject({
  code: z.enum(Object.keys(codes) as [LabTroubleCode, ...LabTroubleCode[]]),
  where: text,
  cause: someText,
  output: z.array(text).check(z.maxLength(64)),
});

const trial: z.ZodMiniType<Trial> = z.strictObject({
  kind,
  cold: z.boolean(),
  at: amount,
  moments: z.strictObject({
    created: moment,
    netns: moment,
    startedAt: moment,
    spawned: moment,
    firmware: moment,
    kernel: moment,
    init: moment,
    exec: moment,
    ready: moment,
  }) as unknown as z.ZodMiniType<Trial["moments"]>,
  memory: z.nullable(
    z.strictObject({
      gross: some,
      net: some,
      cache: some,
      tare: some,
      other: rest,
      imageCopy: some,
      translated: some,
    }),
  ),
  trouble: z.nullable(trouble),
});

/** More runs than one race can have: 100 counted and 5 cold ones of each kind. */
const mostTrials = 256;

/** A race as a file tells it, which anybody may have written: unknown keys refused, every list bounded. */
export const raceSchema: z.ZodMiniType<Race> = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  at: amount,
  wish: wishSchema,
  // Races that were kept before there was a name have none.
  name: z._default(someText, null),
  seed: z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1)),
  image: z.nullable(z.strictObject({ name: text, digest: text, bytes: amount })),
  order: z.array(z.strictObject({ kind, cold: z.boolean() })).check(z.maxLength(mostTrials)),
  trials: z.array(trial).check(z.maxLength(mostTrials)),
  state: z.enum(["preparing", "racing", "done", "stopped", "failed"]),
  troubles: z.array(trouble).check(z.maxLength(64)),
  environment: z.strictObject({
    cpu: text,
    threads: amount,
    os: text,
    docker: someText,
    storage: someText,
    cgroup: someText,
    qemu: someText,
    accelerator: someText,
    refused: z.array(z.strictObject({ accelerator: text, why: text })).check(z.maxLength(16)),
    machine: someText,
    kernel: someText,
    boot: z.nullable(z.enum(["direct", "disk", "domain"])),
    overhead: some,
  }),
  beside: some,
  pair: z.array(text).check(z.maxLength(8)),
});
