import type { Trouble } from "../model/trouble.ts";

/**
 * Calls, replies and acknowledged frames over a Pipe. A message is one byte of kind, then its body: JSON for calls,
 * replies and acknowledgements, the bytes of frames.ts for a frame. Same for every carrier.
 */
export const kinds = { json: 0, frame: 1 } as const;

export type FromMachine =
  | { readonly reply: number; readonly ok: unknown }
  | { readonly reply: number; readonly trouble: Trouble };

export function json(value: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(value));
  const message = new Uint8Array(body.length + 1);
  message[0] = kinds.json;
  message.set(body, 1);
  return message;
}
