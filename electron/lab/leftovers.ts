import { findLabDaemon, type LabDaemon } from "./docker-daemon.ts";
import { sweepGuests } from "./guest/leftovers.ts";
import { notesIn } from "./guest/process.ts";
import { labFolder } from "./half.ts";
import { sweep } from "./sweep.ts";

/** Takes away what earlier runs of Tare left behind when they were killed. Never rejects; what it can't do stays noted. */
export async function sweepLeftovers(directory: string, signal: AbortSignal): Promise<void> {
  let daemon: LabDaemon | null = null;
  const docker = async () => {
    daemon ??= await findLabDaemon(signal);
    return daemon.docker;
  };
  try {
    sweepGuests(notesIn(labFolder(directory)));
    await sweep(directory, docker, signal);
  } catch {
    // Tare ends, or the disk does not answer: the next start looks again
  } finally {
    (daemon as LabDaemon | null)?.close();
  }
}
