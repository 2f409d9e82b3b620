import { describe, expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const waits = { sample: { cores: 0.2, pressureCpu: 0.5 }, host: { cores: 3.95 } };

describe("starved though not throttled", () => {
  test("others have the CPU: a warning after a minute, gone within one", () => {
    const told = story();
    told.seconds(62, waits);
    expect(told.one("cpu-starved")).toMatchObject({ severity: "warning", facts: { waited: 0.5, others: 1 } });
    told.seconds(59);
    expect(told.rules()).toEqual([]);
  });

  test("its own work fills the computer: a note", () => {
    const told = story();
    told.seconds(62, { sample: { cores: 3.8, pressureCpu: 0.6 }, host: { cores: 3.95 } });
    expect(told.one("cpu-starved")?.severity).toBe("note");
  });

  test("quiet: held back by a quota, which waits as well", () => {
    const told = story(box({ reported: { memory: 192 * mib, cpu: 0.2, pids: null } }));
    told.seconds(62, {
      sample: { ...waits.sample, cpuLimit: 0.2, throttledShare: 0.5, throttledTime: 0 },
      host: waits.host,
    });
    expect(told.rules()).toEqual([]);
  });

  test("quiet: half a minute, or without pressure being kept", () => {
    const told = story();
    told.seconds(30, waits);
    told.seconds(60);
    told.seconds(62, { sample: { cores: 0.2, pressureCpu: null }, host: waits.host });
    expect(told.told).toEqual([]);
  });
});
