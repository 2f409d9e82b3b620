import { execa } from "execa";

/**
 * Starts a program of the user's desktop and forgets it: it outlives us, prints nothing here, and gets the user's whole
 * environment, since a browser needs its session. Resolves when it is started or could not be; never rejects.
 */
export async function launch(path: string, args: readonly string[]): Promise<void> {
  const child = execa(path, args, { detached: true, stdio: "ignore", cleanup: false, reject: false });
  child.unref();
  await Promise.race([child, new Promise((started) => child.once("spawn", started))]);
}
