import { constants } from "node:os";
import { execaNode } from "execa";

export type Successor = {
  /** Sends it away: it ends as by Ctrl-C. */
  leave(): void;
  /** Its exit code (128 and the signal's number, as a shell says it), and what it sent last. */
  readonly end: Promise<{ readonly code: number; readonly left: unknown }>;
};

/**
 * Starts a process of this same program that takes this one's place: the same terminal, the whole environment, and a channel
 * on which it gets `estate`. It ends when this process does.
 */
export function startSuccessor(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  estate: object,
): Successor {
  const child = execaNode(path, args, {
    stdio: "inherit",
    ipc: true,
    env: environment,
    nodeOptions: [...process.execArgv, youngGeneration],
    reject: false,
    // Not by a signal: it would end in the middle of what it has to tidy up. It goes when the channel closes.
    cleanup: false,
  });
  let left: unknown = null;
  child.on("message", (message: unknown) => {
    left = message;
  });
  // It may have ended already: then its exit code says so.
  child.send?.(estate, () => undefined);
  return {
    leave: () => child.disconnect?.(),
    end: child.then(({ exitCode, signal }) => ({
      code: exitCode ?? 128 + (signal ? constants.signals[signal] : 1),
      left,
    })),
  };
}

/** As start.mjs sets it. */
const youngGeneration = "--semi-space-growth-factor=1";
