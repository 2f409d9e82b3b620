import { expect, test } from "vitest";
import { type Pipe, pipePair } from "../../../../shared/wire/pipe.ts";

const turn = () => new Promise((next) => setImmediate(next));
const heard = (pipe: Pipe) => {
  const messages: number[] = [];
  pipe.receive(([first]) => messages.push(first ?? -1));
  return messages;
};
const message = (value: number) => new Uint8Array([value]);

test("both directions, in order, never inside the call that sends", async () => {
  const [left, right] = pipePair();
  const [atLeft, atRight] = [heard(left), heard(right)];
  for (const value of [1, 2, 3]) left.send(message(value));
  right.send(message(9));
  expect([atLeft, atRight]).toEqual([[], []]);
  await turn();
  expect([atLeft, atRight]).toEqual([[9], [1, 2, 3]]);
});

test("what came before there was a listener is kept for it", async () => {
  const [left, right] = pipePair();
  left.send(message(1));
  await turn();
  left.send(message(2));
  const atRight = heard(right);
  expect(atRight).toEqual([1]);
  await turn();
  expect(atRight).toEqual([1, 2]);
});

test("what was sent before the end arrives, what is sent after it does not", async () => {
  const [left, right] = pipePair();
  const atRight = heard(right);
  left.send(message(1));
  left.close();
  left.send(message(2));
  right.send(message(3));
  await turn();
  expect(atRight).toEqual([1]);
});

test("each side hears of the end once, whoever closed, also when it asks late", async () => {
  const [left, right] = pipePair();
  let [l, r] = [0, 0];
  left.closed(() => l++);
  right.close();
  right.close();
  left.close();
  right.closed(() => r++);
  await turn();
  expect([l, r]).toEqual([1, 1]);
});

test("an answer from within a listener", async () => {
  const [left, right] = pipePair();
  const atLeft = heard(left);
  right.receive(([first]) => right.send(message((first ?? 0) + 1)));
  left.send(message(1));
  await turn();
  expect(atLeft).toEqual([2]);
});
