import { expect, test } from "vitest";
import { frameCutter } from "../../../../electron/lab/docker-frames.ts";

const frame = (stream: number, text: string) => {
  const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

function read(bytes: Buffer, chunk: number): string {
  const cut = frameCutter();
  let text = "";
  for (let at = 0; at < bytes.length; at += chunk)
    for (const { stream, bytes: part } of cut(bytes.subarray(at, at + chunk)))
      text += stream === "stderr" ? `(${part})` : part.toString("latin1");
  return text.replaceAll(")(", "");
}

test.each([1, 3, 8, 9, 1_000])("two streams in chunks of %i bytes", (chunk) => {
  const bytes = Buffer.concat([frame(1, "one "), frame(2, "two"), frame(1, ""), frame(1, " three")]);
  expect(read(bytes, chunk)).toBe("one (two) three");
});

test("50,000 frames of a byte in one chunk, and one that is cut off", () => {
  const many = Buffer.concat([
    ...Array.from({ length: 50_000 }, () => frame(1, "y")),
    frame(1, "end").subarray(0, 10),
  ]);
  expect(read(many, many.length)).toBe(`${"y".repeat(50_000)}en`);
});
