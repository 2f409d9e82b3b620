import type { Trouble } from "../model/trouble.ts";
import type { CallName, Reply, Request } from "./calls.ts";
import { decodeFrame, type Frame } from "./frames.ts";
import { type FromMachine, json, kinds } from "./messages.ts";
import type { Pipe } from "./pipe.ts";
import { putBackStill, type SentFrame } from "./still.ts";

/** The error a call rejects with: what the machine said, as data. */
export class CallFailure extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`${trouble.code}: ${trouble.where}`);
    this.trouble = trouble;
  }
}

export type Channel = {
  call<Name extends CallName>(name: Name, request: Request<Name>): Promise<Reply<Name>>;
  close(): void;
};

/** The page's (or terminal's) end. Each frame is acknowledged when `onFrame` has returned: only then comes the next. */
export function openChannel(
  pipe: Pipe,
  listeners: { readonly onFrame: (frame: Frame) => void; readonly onClosed: () => void },
): Channel {
  let next = 1;
  const whole = putBackStill();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  pipe.receive((message) => {
    if (message[0] === kinds.frame) {
      const frame = whole(decodeFrame(message.subarray(1)) as SentFrame);
      listeners.onFrame(frame);
      pipe.send(json({ ack: frame.sequence }));
      return;
    }
    const reply = JSON.parse(new TextDecoder().decode(message.subarray(1))) as FromMachine;
    const call = waiting.get(reply.reply);
    waiting.delete(reply.reply);
    if ("trouble" in reply) call?.reject(new CallFailure(reply.trouble));
    else call?.resolve(reply.ok);
  });
  pipe.closed(() => {
    for (const call of waiting.values()) call.reject(new CallFailure(gone));
    waiting.clear();
    listeners.onClosed();
  });
  return {
    call: <Name extends CallName>(name: Name, request: Request<Name>) =>
      new Promise<Reply<Name>>((resolve, reject) => {
        const number = next++;
        waiting.set(number, { resolve: resolve as (value: unknown) => void, reject });
        pipe.send(json({ call: number, name, request }));
      }),
    close: () => pipe.close(),
  };
}

const gone: Trouble = { code: "refused", where: "Tare", cause: null };
