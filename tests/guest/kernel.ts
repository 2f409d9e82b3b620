import { readFileSync } from "node:fs";
import type { Reader } from "../../electron/readers/reader.ts";

// What every part of the guest's program needs: how it tells, waits, and looks at the kernel's files by itself.

/** One result, a JSON line on the serial console. */
export const tell = (name: string, what: object) => console.log(JSON.stringify({ name, ...what }));

export const textOf = (folder: string, file: string) => {
  try {
    return readFileSync(`${folder}/${file}`, "utf8");
  } catch {
    return null;
  }
};

export const pause = (wait: number) => new Promise((done) => setTimeout(done, wait));

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  wait = 60_000,
): Promise<void> {
  for (const end = Date.now() + wait; !(await holds()); await pause(20))
    if (Date.now() > end) throw new Error(`waited ${wait} ms in vain: ${what}`);
}

const seen = ["memory.current", "memory.stat", "memory.peak", "memory.events", "memory.swap.current"];
const others = ["cpu.stat", "pids.current", "io.stat", "cpu.pressure", "memory.pressure", "io.pressure"];
const counted = ["pids.events", "memory.events.local", "cpuset.cpus.effective", "hugetlb.2MB.current"];
const settings = ["memory.max", "memory.high", "memory.swap.max", "cpu.max", "cpu.weight", "pids.max"];
export const filesOf = (folder: string) =>
  Object.fromEntries(
    [...seen, ...others, ...counted, ...settings].map((file) => [file, textOf(folder, file)]),
  );

/** A reading taken while the kernel's files stood still: they read the same before and after. */
export async function atRest(folder: string, open: () => Reader) {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
    const before = filesOf(folder);
    const one = open();
    const reading = one.read();
    one.close();
    const after = filesOf(folder);
    if (seen.every((file) => before[file] === after[file])) return { reading, files: after };
  }
  throw new Error(`${folder} never stood still`);
}
