import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { agentOn, parseAnswer } from "../../../../../electron/lab/guest/agent.ts";

test.each([
  ["an answer", '{"return": 7}', { return: 7 }],
  ["behind the delimiter of an earlier question", '\u00ff{"return": {}}', { return: {} }],
  ["a refusal", '{"error": {"class": "x", "desc": "disabled"}}', { error: { desc: "disabled" } }],
  ["half of one", '{"return', null],
  ["no object", "7", null],
  ["a refusal without a word", '{"error": {}}', null],
])("%s", (_, line, expected) => {
  expect(parseAnswer(line)).toEqual(expected);
});

test("a flood without a line's end is no answer, and the line behind it is one", async () => {
  const channel = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  const asking = agentOn(channel, new AbortController().signal);
  const flood = Buffer.alloc(1 << 20, '{"return": 1} ');
  for (let count = 0; count < 16; count++) channel.emit("data", flood);
  channel.emit("data", Buffer.from('\n{"return": 2}\n{"return": 1}\n'));
  const ask = await asking;
  const answer = ask("guest-ping", {});
  channel.emit("data", Buffer.from('{"return": {}}\n'));
  expect(await answer).toEqual({});
});
