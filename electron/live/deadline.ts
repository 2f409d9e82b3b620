import type { Millis } from "../../shared/model/units.ts";

/** What `promise` gives, or a rejection after `wait`: for calls of others that need not ever settle. */
export async function deadline<Value>(promise: Promise<Value>, wait: Millis): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${wait} ms`)), wait);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
