import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Millis } from "../../shared/model/units.ts";

/** How long a link can be used, and a session lasts. */
const linkLife: Millis = 120_000;
const sessionLife: Millis = 12 * 3_600_000;
const misses = 5;
/** Links and sessions that can be open at once; the oldest goes. */
const mostLinks = 8;
const mostSessions = 64;

/** Seconds, for the cookie's Max-Age. */
export const cookieLife = sessionLife / 1000;

type Secret = { readonly hash: Uint8Array; readonly until: Millis };
type Session = Secret & { readonly keys: Secret[] };

/** Who may in, for another process with another clock: hashes, and how long each is good (`until` counts from then). */
export type KeptSessions = {
  readonly links: readonly Secret[];
  readonly open: readonly Session[];
  readonly missed: number;
};

export type Sessions = {
  /** A new single-use token, 43 characters base64url. */
  newToken(): string;
  /**
   * A token for a cookie and a key; null: not ours, used, older than 120 s, or one of five wrong ones has voided it.
   * A browser that shows its cookie keeps it and gets one more key, so that its first window goes on working.
   */
  exchange(
    token: string,
    cookies: readonly string[],
  ): { readonly cookie: string; readonly key: string } | null;
  /** Both must be right and belong together. */
  admits(cookies: readonly string[], key: string): boolean;
  /** For the process that takes this one's place. */
  keep(): KeptSessions;
};

/**
 * Who may in. Only hashes are kept: a dump of this process holds no secret that opens the door. `now` is a steady clock;
 * `kept`: who might in where another process kept the door before.
 * Compared by sha256 and timingSafeEqual, so that neither length nor prefix of a secret shows in the time.
 */
export function sessions(now: () => Millis, kept: KeptSessions | null = null): Sessions {
  let { links, open, missed } = moved(kept ?? nobody, now());

  const fresh = () => {
    const time = now();
    links = links.filter(({ until }) => time < until);
    open = open.filter(({ until }) => time < until);
  };
  const sessionOf = (cookies: readonly string[]) =>
    cookies.flatMap((cookie) => {
      const found = find(open, cookie);
      return found ? [{ session: found, cookie }] : [];
    })[0];

  return {
    newToken() {
      fresh();
      missed = 0;
      const token = secret();
      links = [...links, { hash: sha256(token), until: now() + linkLife }].slice(-mostLinks);
      return token;
    },
    exchange(token, cookies) {
      fresh();
      const link = find(links, token);
      if (!link) {
        if (++missed >= misses) links = [];
        return null;
      }
      links = links.filter((other) => other !== link);
      const key = secret();
      const kept = { hash: sha256(key), until: now() + sessionLife };
      const known = sessionOf(cookies);
      if (known) {
        known.session.keys.push(kept);
        known.session.keys.splice(0, known.session.keys.length - mostSessions);
        return { cookie: known.cookie, key };
      }
      const cookie = secret();
      open = [...open, { hash: sha256(cookie), until: now() + sessionLife, keys: [kept] }].slice(
        -mostSessions,
      );
      return { cookie, key };
    },
    admits(cookies, key) {
      fresh();
      const known = sessionOf(cookies);
      return known !== undefined && find(known.session.keys, key) !== undefined;
    },
    keep() {
      fresh();
      return moved({ links, open, missed }, -now());
    },
  };
}

const nobody: KeptSessions = { links: [], open: [], missed: 0 };

/** With all ends so much later. */
function moved({ links, open, missed }: KeptSessions, by: Millis) {
  const later = <Kept extends Secret>(secret: Kept) => ({ ...secret, until: secret.until + by });
  return {
    links: links.map(later),
    open: open.map((session) => ({ ...later(session), keys: session.keys.map(later) })),
    missed,
  };
}

const secret = (): string => randomBytes(32).toString("base64url");
const sha256 = (text: string): Uint8Array => createHash("sha256").update(text).digest();

/** Looks at every one, whatever it finds. */
function find<Kept extends Secret>(among: readonly Kept[], text: string): Kept | undefined {
  const hash = sha256(text);
  return among.filter((one) => timingSafeEqual(one.hash, hash))[0];
}
