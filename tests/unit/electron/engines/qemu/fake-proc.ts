import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const qemuPath = "/usr/bin/qemu-system-x86_64";

/** A folder that looks like /proc, 1,000.00 s after boot, with processes that come and go. */
export function fakeProc() {
  const proc = mkdtempSync(join(tmpdir(), "tare-proc-"));
  writeFileSync(join(proc, "uptime"), "1000.00 1.00\n");
  const folderOf = (pid: number) => join(proc, String(pid));
  const run = (pid: number, exe: string, args: readonly string[]) => {
    symlinkSync(exe, join(folderOf(pid), "exe"));
    writeFileSync(join(folderOf(pid), "cmdline"), [exe, ...args, ""].join("\0"));
  };
  return {
    proc,
    /** A process that began `ticks` hundredths of a second after boot. */
    start(pid: number, ticks: number, exe: string, ...args: string[]): void {
      const folder = folderOf(pid);
      mkdirSync(join(folder, "task", String(pid)), { recursive: true });
      mkdirSync(join(folder, "fd"));
      mkdirSync(join(folder, "net"));
      symlinkSync(proc, join(folder, "cwd"));
      symlinkSync("/", join(folder, "root"));
      writeFileSync(join(folder, "task", String(pid), "comm"), "x\n");
      writeFileSync(join(folder, "stat"), `${pid} (a) b) S ${"0 ".repeat(18)}${ticks} 0 0\n`);
      run(pid, exe, args);
    },
    /** The same process runs another program. */
    become(pid: number, exe: string, ...args: string[]): void {
      rmSync(join(folderOf(pid), "exe"));
      run(pid, exe, args);
    },
    /** What /proc/PID/net/unix tells of the socket vm.qmp. */
    sockets(pid: number, ...states: string[]): void {
      const lines = states.map((state) => `0: 00000002 00000000 00010000 0001 ${state} 1 vm.qmp`);
      writeFileSync(join(folderOf(pid), "net/unix"), lines.join("\n"));
    },
    /** The pid that was given last; not told before. */
    newest: (pid: number) => writeFileSync(join(proc, "loadavg"), `0.31 0.20 0.10 1/234 ${pid}\n`),
    end: (pid: number) => rmSync(folderOf(pid), { recursive: true }),
    remove: () => rmSync(proc, { recursive: true }),
  };
}
