import { closeSync, constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { LabFailure } from "../trial.ts";

/**
 * Reads a pseudo terminal that QEMU writes a console to. Throws a LabFailure where it can't be opened: it belongs to whom
 * QEMU runs as. Gives what ends it.
 */
export function readTerminal(path: string, onData: (chunk: Uint8Array) => void): () => void {
  let file: number;
  try {
    file = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    throw new LabFailure({ code: "failed", where: path, cause: (error as Error).message });
  }
  let stream: ReadStream;
  try {
    stream = new ReadStream(file);
  } catch (error) {
    closeSync(file);
    throw new LabFailure({ code: "failed", where: path, cause: (error as Error).message });
  }
  stream.on("data", (chunk: Uint8Array) => onData(chunk));
  // The other end goes with its guest: EIO.
  stream.on("error", () => undefined);
  return () => void stream.destroy();
}
