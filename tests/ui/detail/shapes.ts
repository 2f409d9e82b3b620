/** Deterministic noise: the same pictures on each run. mulberry32, public domain. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296 - 0.5;
  };
}

export const mib = 1024 * 1024;
/** 2026-03-02 14:02:31 UTC: "now" of all made-up series. */
export const now = Date.UTC(2026, 2, 2, 14, 2, 31);
export const minutesAgo = (minutes: number): number => now - minutes * 60_000;

/** Moments of an hour as the history tells them: 10 s steps, the last ten minutes in seconds. */
export const hourOfSteps: readonly { readonly at: number; readonly step: number }[] = [
  ...Array.from({ length: 300 }, (_, index) => ({ at: minutesAgo(60) + index * 10_000, step: 10_000 })),
  ...Array.from({ length: 600 }, (_, index) => ({ at: minutesAgo(10) + (index + 1) * 1000, step: 1000 })),
];

/** When the saw-tooth's container was killed, its limit raised, its computer asleep. Minutes ago. */
export const sawTooth = { kills: [42.85, 11.5], raised: 32.3, asleep: [54.5, 52.3] } as const;

/** Share of the way from one kill to the next at a moment; and which stretch it is. */
function stretchOf(at: number): { readonly stretch: number; readonly share: number } {
  const ends = [minutesAgo(60), ...sawTooth.kills.map(minutesAgo), now];
  for (let stretch = 0; stretch < 3; stretch++) {
    const [from, to] = [ends[stretch] ?? 0, ends[stretch + 1] ?? 0];
    if (at < to || stretch === 2) return { stretch, share: (at - from) / (to - from) };
  }
  return { stretch: 2, share: 1 };
}

/** Bursts of CPU against the quota: from, to (minutes ago) and the share of throttled periods. */
const bursts = [
  [48, 42.85, 0.46],
  [29.2, 27.5, 0.22],
  [17.7, 11.5, 0.58],
  [5, 3.2, 0.31],
] as const;
const burstAt = (at: number) => bursts.find(([from, to]) => at >= minutesAgo(from) && at < minutesAgo(to));

/** A container whose own memory grows until the kernel kills it, throttled while it is busy; null while asleep. */
export function sawToothAt(at: number, random: () => number): Readonly<Record<string, number | null>> | null {
  if (at > minutesAgo(sawTooth.asleep[0]) && at < minutesAgo(sawTooth.asleep[1])) return null;
  const { stretch, share } = stretchOf(at);
  const limit = (at < minutesAgo(sawTooth.raised) ? 160 : 192) * mib;
  const charged =
    Math.min(
      limit / mib - 0.3,
      stretch === 0
        ? 122 + 34 * share ** 1.4
        : stretch === 1
          ? 62 + 128 * share ** 0.62
          : 62 + 128 * share ** 0.5,
    ) *
      mib +
    random() * 0.4 * mib;
  const kernel = (3.2 + 2.1 * share) * mib;
  const cache = Math.min(0.3 * charged, (8 + 10.6 * Math.min(1, share * 9 + 0.25)) * mib);
  const burst = burstAt(at);
  const intoBurst = burst ? Math.min(1, (at - minutesAgo(burst[0])) / 80_000) : 0;
  const cores = burst ? Math.min(0.5, 0.2 + 0.3 * intoBurst + random() * 0.02) : 0.15 + random() * 0.07;
  const pressed =
    stretch < 2 && share > 0.8 ? (share - 0.8) * 1.6 : stretch === 2 ? share ** 8 * 0.18 : 0.004;
  const afterKill = stretch > 0 && share < 0.06 ? 0.14 * (1 - share / 0.06) : 0.01;
  return {
    cores,
    cpuLimit: 0.5,
    cpuUsed: cores / 0.5,
    throttledShare: burst ? Math.max(0, burst[2] * intoBurst * (1 + random() * 0.3)) : 0,
    gross: charged + 9.1 * mib,
    net: charged - kernel - cache,
    cache,
    cacheActive: cache * 0.4,
    tare: kernel + 9.1 * mib,
    tareKernel: kernel,
    tareHelpers: 9.1 * mib,
    other: 0,
    workingSet: charged - 1.2 * mib,
    peak: limit,
    memoryLimit: limit,
    memoryUsed: (charged - 1.2 * mib) / limit,
    pids: 15,
    received: Math.max(0, (burst ? 4.4e5 : 2.2e5) + random() * 1e5),
    sent: Math.max(0, 6e4 + random() * 2e4),
    read: 0,
    written: Math.max(0, (burst ? 2.8e6 : 1.2e6) + random() * 9e5),
    pressureCpu: Math.max(0, (burst ? 0.2 * intoBurst : 0.02) + random() * 0.01),
    pressureMemory: Math.max(0, pressed + random() * 0.006),
    pressureMemoryFull: pressed * 0.45,
    killable: charged - cache - 1.2 * mib,
    slabReclaimable: 1.2 * mib,
    cacheMapped: cache * 0.4,
    pressureIo: Math.max(0, afterKill + random() * 0.008),
    oomKills: at < minutesAgo(sawTooth.kills[0]) ? 0 : at < minutesAgo(sawTooth.kills[1]) ? 1 : 2,
    limitHits: 41,
    swap: 0,
  };
}

/** A VM of 8 GiB: a build swells its use, the host gets nothing back. `balloon` false: it does not say what it uses. */
export function swollenAt(
  at: number,
  random: () => number,
  balloon: boolean,
): Readonly<Record<string, number | null>> {
  const gone = (at - minutesAgo(60)) / 60_000;
  const build = gone < 16 ? 0 : gone < 19 ? (gone - 16) / 3 : gone < 27 ? 1 : gone < 30 ? (30 - gone) / 3 : 0;
  const late = gone > 46 ? Math.min(1, (gone - 46) / 8) : 0;
  const used = (2450 + 150 * Math.sin(gone / 4) + 1830 * build + 860 * late + random() * 50) * mib;
  const gross =
    (gone < 16 ? 2900 : gone < 19 ? 2900 + 1720 * build : 4620 + Math.max(0, gone - 19) * 2.7) * mib;
  const cores = Math.max(0.1, 0.75 + 1.9 * build + random() * 0.25);
  return {
    cores,
    cpuLimit: 4,
    cpuUsed: cores / 4,
    gross,
    configured: 8192 * mib,
    memoryLimit: 8192 * mib,
    memoryUsed: gross / 8192 / mib,
    inUse: balloon ? Math.min(used, gross) : null,
    held: balloon ? Math.max(0, gross - used) : null,
    tare: balloon ? 2468 * mib : null,
    tareKernel: 15 * mib,
    pids: 11,
    received: Math.max(0, 1.1e5 + random() * 8e4),
    sent: Math.max(0, 4e4 + random() * 3e4),
    read: Math.max(0, 4e5 * build + random() * 1e5),
    written: Math.max(0, 2.4e6 * build + 3e5 + random() * 2e5),
  };
}
