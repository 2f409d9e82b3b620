/** A chunk of one of the two streams that Docker sends over one connection. */
export type Frame = { readonly stream: "stdout" | "stderr"; readonly bytes: Buffer };

/**
 * Cuts an attached stream into its frames, https://docs.docker.com/reference/api/engine/ (ContainerAttach, "Stream format"):
 *   01 00 00 00  00 00 00 05  h e l l o        1: stdout, 2: stderr; then the length, big-endian
 * A frame is told as its bytes come, not when it is whole: it may be long, and a line in it may be what is waited for.
 * A loop and no recursion: docker-modem's own overflows the stack at 5,000 one-byte frames in a chunk (`yes ''`).
 */
export function frameCutter(): (chunk: Buffer) => readonly Frame[] {
  const head = Buffer.alloc(8);
  let headLength = 0;
  let left = 0;
  let stream: Frame["stream"] = "stdout";
  return (chunk) => {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const bytes = chunk.subarray(at, at + left);
        at += bytes.length;
        left -= bytes.length;
        frames.push({ stream, bytes });
        continue;
      }
      const taken = chunk.copy(head, headLength, at, at + 8 - headLength);
      headLength += taken;
      at += taken;
      if (headLength < 8) break;
      headLength = 0;
      stream = head[0] === 2 ? "stderr" : "stdout";
      left = head.readUInt32BE(4);
    }
    return frames;
  };
}
