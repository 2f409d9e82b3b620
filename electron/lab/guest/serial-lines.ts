/** A line's first part is kept, for whoever looks at it, and its last, since a marker may stand behind a workload's output. */
const mostHead = 1_024;
const mostTail = 3_072;

/**
 * Bytes of a serial console in, whole lines out, without their ends and without colours and cursor movements. A line of more
 * than 4 KiB loses its middle. Latin-1 would do for the kernel, but a workload prints what it likes: UTF-8, decoded when
 * the line is whole.
 */
export function serialLines(): {
  feed(chunk: Uint8Array): readonly string[];
  /** The line that has no end yet, as it stands. */
  unfinished(): string;
  rest(): readonly string[];
} {
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  const take = (part: Uint8Array) => {
    const room = mostHead - head.length;
    if (room > 0) head = Buffer.concat([head, part.subarray(0, room)]);
    if (part.length > room)
      tail = Buffer.concat([tail, part.subarray(Math.max(room, 0))]).subarray(-mostTail);
  };
  const unfinished = () => plain(Buffer.concat([head, tail]).toString("utf8"));
  const whole = () => {
    const text = unfinished();
    head = Buffer.alloc(0);
    tail = Buffer.alloc(0);
    return text;
  };
  return {
    feed(chunk) {
      const lines: string[] = [];
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        take(chunk.subarray(from, at));
        lines.push(whole());
        from = at + 1;
      }
      take(chunk.subarray(from));
      return lines;
    },
    unfinished,
    rest: () => (head.length === 0 ? [] : [whole()]),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ECMA-48's sequences begin with one
const sequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78cDEHMNOZ])/g;

/** A console's line ends with CR LF, and an editor of lines writes "\r" in between: what stands at last is what counts. */
const plain = (text: string) => text.replace(sequences, "").replace(/\r+$/, "");
