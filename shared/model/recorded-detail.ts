import * as z from "zod/mini";
import {
  countKeys,
  type Detail,
  missingThings,
  mostSharers,
  type NamedLimit,
  namespaceKinds,
  untold,
} from "./detail.ts";
import { few, id, number, oneOf, some, someText, text } from "./recorded-fields.ts";

const limitKey = oneOf<NamedLimit["key"]>({
  memory: true,
  memoryHigh: true,
  memorySoft: true,
  memoryLow: true,
  memoryMin: true,
  swap: true,
  cpu: true,
  cpuWeight: true,
  cpuset: true,
  pids: true,
  hugetlb: true,
  ioRead: true,
  ioWrite: true,
  ioReads: true,
  ioWrites: true,
  ram: true,
  vcpus: true,
  balloon: true,
  domainMemory: true,
  domainSoft: true,
  domainSwap: true,
  domainLow: true,
  domainCpu: true,
  domainVcpu: true,
  domainEmulator: true,
  domainShares: true,
});

const stall = z.nullable(z.strictObject({ avg10: number, avg60: number, avg300: number, total: number }));
const stalls = z.strictObject({ some: stall, full: stall });
const someFlag = z.nullable(z.boolean());
const security = z.strictObject({
  capabilities: z.nullable(few(text)),
  beyondDefault: few(text),
  everyCapability: z.boolean(),
  seccomp: z.nullable(z.enum(["off", "strict", "filter"])),
  noNewPrivileges: someFlag,
  readOnlyRoot: someFlag,
  user: some,
});

/** What a recording of before format 3 does not hold is untold. */
export const detailSchema: z.ZodMiniType<Detail> = z.strictObject({
  limits: z
    .array(
      z.strictObject({
        key: limitKey,
        value: some,
        ancestor: someText,
        from: text,
        own: z._default(some, null),
        used: z._default(some, null),
        told: z._default(someText, null),
      }),
    )
    .check(z.maxLength(64)),
  processes: z
    .array(z.strictObject({ pid: number, name: text, helper: z.boolean(), threads: some, memory: some }))
    .check(z.maxLength(1_024)),
  readFrom: z.array(text).check(z.maxLength(256)),
  pressure: z._default(
    z.nullable(z.strictObject({ cpu: stalls, memory: stalls, io: stalls })),
    untold.pressure,
  ),
  counts: z._default(
    few(z.strictObject({ key: z.enum(countKeys), value: number, local: some, from: text })),
    [],
  ),
  namespaces: z._default(
    z.nullable(
      few(
        z.strictObject({
          kind: z.enum(namespaceKinds),
          inode: number,
          sharing: z.enum(["own", "host", "shared"]),
          sharers: z.array(id).check(z.maxLength(mostSharers)),
          more: number,
        }),
      ),
    ),
    untold.namespaces,
  ),
  security: z._default(z.nullable(security), untold.security),
  missing: z._default(
    few(z.strictObject({ what: z.enum(missingThings), why: z.enum(["off", "undelegated", "denied"]) })),
    [],
  ),
});
