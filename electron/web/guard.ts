/** A request as it came, before anything is believed of it. */
export type Asked = {
  readonly method: string | undefined;
  /** The request target, as written on the first line. */
  readonly url: string | undefined;
  readonly httpVersion: string;
  /** Name, value, name, value: as received, so that a header that comes twice is seen twice. */
  readonly rawHeaders: readonly string[];
};

/** Which rule refused it: the only thing of a refused request that is ever logged. */
export type Rule = "version" | "headers" | "target" | "host" | "method" | "body" | "origin" | "fetch" | "key";

export type Refusal = { readonly status: 403 | 405; readonly rule: Rule };

/** Node keeps 64 headers (maxHeadersCount) and drops the rest silently: what was dropped can't be judged. */
const mostHeaders = 63;

/** No query, no escapes, no absolute form, no fragment; one slash at the front. */
const plainTarget = /^\/(?!\/)[A-Za-z0-9._/-]*$/;

/**
 * The one gate for requests and upgrades; null: let in. Everything is compared as whole strings with what the page's own
 * browser sends. `hosts` are the names under which this door may be spoken to, `127.0.0.1:<port>` first.
 *
 * Why so strict: Node takes two Host headers and keeps the first, answers HTTP/1.0 without Host, and lets absolute and
 * `#` targets pass. A page on a neighbour port is same-site with ours, so SameSite cookies alone hold nobody off.
 */
export function gate(asked: Asked, upgrade: boolean, hosts: readonly string[]): Refusal | null {
  const refuse = (rule: Rule, status: 403 | 405 = 403): Refusal => ({ status, rule });
  const all = (name: string) => valuesOf(asked, name);
  const { method, url = "", httpVersion, rawHeaders } = asked;

  if (httpVersion !== "1.1") return refuse("version");
  if (rawHeaders.length > 2 * mostHeaders) return refuse("headers");
  if (!plainTarget.test(url)) return refuse("target");

  const [host, ...moreHosts] = all("host");
  if (host === undefined || moreHosts.length > 0 || !hosts.includes(host)) return refuse("host");

  const posts = method === "POST" && url === "/session";
  const gets = method === "GET" || (method === "HEAD" && !upgrade);
  if (!gets && !(posts && !upgrade)) return refuse("method", 405);
  if (all("transfer-encoding").length > 0 || (!posts && all("content-length").length > 0))
    return refuse("body");

  const [origin, ...moreOrigins] = all("origin");
  if (moreOrigins.length > 0) return refuse("origin");
  if (origin === undefined ? posts || upgrade : origin !== `http://${host}`) return refuse("origin");

  const [site, ...moreSites] = all("sec-fetch-site");
  if (moreSites.length > 0) return refuse("fetch");
  if (site !== undefined && site !== "same-origin" && !isVisit(asked)) return refuse("fetch");
  return null;
}

/** A user who opens the page, from wherever: the one request that another site may cause. */
const isVisit = (asked: Asked): boolean =>
  asked.url === "/" &&
  asked.method === "GET" &&
  valuesOf(asked, "sec-fetch-mode").join() === "navigate" &&
  valuesOf(asked, "sec-fetch-dest").join() === "document";

/** Every value of a header, by the raw list; `name` in lower case. */
export function valuesOf({ rawHeaders }: Asked, name: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? "");
  return values;
}

/** The key in `Sec-WebSocket-Protocol: tare.v1, key.<key>`; null where it is anything else. */
export function keyOf(asked: Asked): string | null {
  const [offered, ...more] = valuesOf(asked, "sec-websocket-protocol");
  const found = more.length === 0 ? /^tare\.v1, ?key\.([A-Za-z0-9_-]{43})$/.exec(offered ?? "") : null;
  return found?.[1] ?? null;
}

/**
 * Every value of the cookie `name`. More than one may come: cookies know no ports and no paths that one can trust, so a
 * neighbour can add its own of that name; it can't take ours away.
 */
export const cookiesOf = (asked: Asked, name: string): readonly string[] =>
  valuesOf(asked, "cookie")
    .flatMap((header) => header.split(";"))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
