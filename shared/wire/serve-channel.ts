import * as z from "zod/mini";
import type { Trouble } from "../model/trouble.ts";
import { calls, type Handlers } from "./calls.ts";
import { encodeFrame, type Frame } from "./frames.ts";
import { type FromMachine, json, kinds } from "./messages.ts";
import type { Pipe } from "./pipe.ts";
import { leaveOutStill } from "./still.ts";

/** A page that sends more than this is broken or hostile, and is closed. */
const mostBytes = 64 * 1024;
const mostMessages = 50;

const fromPage = z.union([
  z.strictObject({ call: z.int(), name: z.string(), request: z.unknown() }),
  z.strictObject({ ack: z.int() }),
]);

/** What the machine's end needs of its surroundings; shared/ has no clock of its own. */
export type Surroundings = {
  /** Any steady clock in ms, to count messages a second. */
  now(): number;
  /** An error that a handler threw, as data. */
  troubleOf(error: unknown): Trouble;
};

export type ServedChannel = { send(frame: Frame): void };

/**
 * The machine's end: answers calls by name from a table (never a name from the wire used as a key of an object), refuses
 * what has no schema, and tells when a frame was acknowledged.
 */
export function serveChannel(
  pipe: Pipe,
  handlers: Handlers,
  onAck: (sequence: number) => void,
  surroundings: Surroundings,
): ServedChannel {
  const table = new Map(Object.entries(handlers)) as ReadonlyMap<string, (request: unknown) => unknown>;
  const schemas = new Map(Object.entries(calls));
  const thin = leaveOutStill();
  let second = -1;
  let inSecond = 0;

  const answer = async (number: number, name: string, request: unknown): Promise<FromMachine> => {
    const checked = schemas.get(name)?.request.safeParse(request);
    const handler = table.get(name);
    if (!checked?.success || !handler)
      return {
        reply: number,
        trouble: { code: "garbled", where: "call", cause: checked?.error?.message ?? null },
      };
    try {
      return { reply: number, ok: (await handler(checked.data)) ?? null };
    } catch (error) {
      return { reply: number, trouble: surroundings.troubleOf(error) };
    }
  };

  pipe.receive((message) => {
    const now = Math.floor(surroundings.now() / 1000);
    inSecond = now === second ? inSecond + 1 : 1;
    second = now;
    if (message.length > mostBytes || inSecond > mostMessages) return pipe.close();
    const parsed = fromPage.safeParse(parse(message));
    if (!parsed.success) return pipe.close();
    if ("ack" in parsed.data) return onAck(parsed.data.ack);
    const { call, name, request } = parsed.data;
    void answer(call, name, request).then((reply) => pipe.send(json(reply)));
  });

  return {
    send(frame) {
      const body = encodeFrame(thin(frame));
      const message = new Uint8Array(body.length + 1);
      message[0] = kinds.frame;
      message.set(body, 1);
      pipe.send(message);
    },
  };
}

function parse(message: Uint8Array): unknown {
  if (message[0] !== kinds.json) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(message.subarray(1)));
  } catch {
    return undefined;
  }
}
