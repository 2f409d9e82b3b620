import type { Rule } from "../../../../electron/web/guard.ts";

/** Requests that no page of ours makes, each with the rule that must refuse it: another one would do so by accident. `{host}` is 127.0.0.1:<port>; `{cookie}` and `{key}` are of a living session. */
export type Hostile = { readonly rule: Rule; readonly name: string; readonly bytes: string };

const get = (target: string, ...headers: readonly string[]) =>
  `GET ${target} HTTP/1.1\r\nHost: {host}\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`;
const from = (host: string, target = "/") => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const post = (target: string, body: string, ...headers: readonly string[]) =>
  `POST ${target} HTTP/1.1\r\nHost: {host}\r\n${headers.map((line) => `${line}\r\n`).join("")}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const origin = "Origin: http://{host}";
const json = "Content-Type: application/json";
const cookie = "Cookie: {cookie}";
const protocols = "Sec-WebSocket-Protocol: tare.v1, key.{key}";
const upgrade = (target: string, ...headers: readonly string[]) =>
  get(
    target,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  );
const wrong = "A".repeat(43);
const token = JSON.stringify({ token: wrong });

const row = (rule: Rule, name: string, bytes: string): Hostile => ({ rule, name, bytes });

export const hostile: readonly Hostile[] = [
  // Who is spoken to: DNS rebinding, and the many spellings of this machine.
  row("host", "no Host", "GET / HTTP/1.1\r\n\r\n"),
  row("host", "two Hosts, ours first", get("/", "Host: evil.example")),
  row("host", "two Hosts, ours last", "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\n\r\n"),
  row("host", "two equal Hosts", get("/", "Host: {host}")),
  row("host", "Host in two spellings", get("/", "hOsT: {host}")),
  row("host", "Host localhost", from("localhost:{port}")),
  row("host", "Host localhost.", from("localhost.:{port}")),
  row("host", "Host 127.0.0.1.evil.com", from("127.0.0.1.evil.com:{port}")),
  row("host", "Host evil.com", from("evil.com")),
  row("host", "Host [::1]", from("[::1]:{port}")),
  row("host", "Host [::ffff:127.0.0.1]", from("[::ffff:127.0.0.1]:{port}")),
  row("host", "Host 0.0.0.0", from("0.0.0.0:{port}")),
  row("host", "Host 127.1", from("127.1:{port}")),
  row("host", "Host 2130706433", from("2130706433:{port}")),
  row("host", "Host 127.0.0.2", from("127.0.0.2:{port}")),
  row("host", "Host without a port", from("127.0.0.1")),
  row("host", "Host with another port", from("127.0.0.1:1")),
  row("host", "Host with a user", from("user@{host}")),
  row("host", "Host with a dot at the end", from("127.0.0.1.:{port}")),
  row("host", "Host list", from("{host}, evil.example")),
  row("host", "empty Host", from("")),
  // What is asked for, and in which form.
  row("version", "HTTP/1.0", "GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"),
  row("version", "HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n"),
  row("version", "HTTP/0.9", "GET /\r\n\r\n"),
  row("headers", "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  row("target", "absolute form", get("http://{host}/")),
  row("target", "absolute form of another", get("http://evil.example/")),
  row("target", "two slashes", get("//evil.example/")),
  row("target", "an escape", get("/%2e%2e/etc/passwd")),
  row("target", "a backslash", get("/..\\..\\etc")),
  row("target", "a query", get("/?t=1")),
  row("target", "a fragment", get("/#x")),
  row("target", "a colon", get("/a:b")),
  row("headers", "NUL in the target", get("/\0")),
  row("headers", "a high byte in the target", get("/\u00ff")),
  row("target", "asterisk", get("*")),
  row("headers", "NUL in a header", get("/", "X: a\0b")),
  row("headers", "a line break without CR", "GET / HTTP/1.1\nHost: {host}\n\n"),
  row("headers", "a folded header", get("/", "X: a", "\tb: c")),
  row("headers", "a header without a colon", get("/", "nonsense")),
  row("headers", "2,000 headers", get("/", ...Array.from({ length: 2_000 }, (_, at) => `X-${at}: 1`))),
  row(
    "headers",
    "200 headers, the last a second Host",
    get("/", ...Array.from({ length: 200 }, () => "X: 1"), "Host: evil"),
  ),
  row("headers", "a header of 16 KiB", get("/", `X: ${"a".repeat(16 << 10)}`)),
  row("body", "GET with a body", get("/", "Content-Length: 1")),
  row("headers", "chunked and length", post("/session", token, origin, json, "Transfer-Encoding: chunked")),
  row(
    "body",
    "chunked",
    `POST /session HTTP/1.1\r\nHost: {host}\r\n${origin}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ),
  row("headers", "Expect", get("/", "Expect: 100-continue")),
  row("headers", "an unknown Expect", get("/", "Expect: nonsense")),
  // How.
  row(
    "method",
    "OPTIONS",
    "OPTIONS / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nAccess-Control-Request-Method: POST\r\n\r\n",
  ),
  row("method", "TRACE", "TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
  row("method", "PUT", "PUT / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"),
  row("method", "DELETE", "DELETE /session HTTP/1.1\r\nHost: {host}\r\n\r\n"),
  row("method", "CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
  row("headers", "a method of its own", "TARE / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
  row("method", "POST to the page", post("/", "", origin)),
  // Who asks.
  row("origin", "Origin null", get("/", "Origin: null")),
  row("origin", "Origin of another", get("/", "Origin: http://evil.example")),
  row("origin", "Origin with a suffix", get("/", "Origin: http://{host}.evil.example")),
  row("origin", "Origin with a prefix", get("/", "Origin: http://evil.example/http://{host}")),
  row("origin", "Origin of the neighbour port", get("/", "Origin: http://127.0.0.1:1")),
  row("origin", "Origin localhost", get("/", "Origin: http://localhost:{port}")),
  row("origin", "Origin with https", get("/", "Origin: https://{host}")),
  row("origin", "two Origins", get("/", origin, "Origin: http://evil.example")),
  row("origin", "two equal Origins", get("/", origin, origin)),
  row("fetch", "Sec-Fetch-Site same-site, a script", get("/assets/main.js", "Sec-Fetch-Site: same-site")),
  row(
    "fetch",
    "Sec-Fetch-Site cross-site, a script",
    get("/assets/main.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
  ),
  row(
    "fetch",
    "Sec-Fetch-Site none, a script",
    get("/assets/main.js", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
  ),
  row(
    "fetch",
    "cross-site frame",
    get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
  ),
  row(
    "fetch",
    "same-site fetch of the page",
    get("/", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
  ),
  row("fetch", "two Sec-Fetch-Sites", get("/", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site")),
  // The session.
  row("origin", "session without Origin", post("/session", token, json)),
  row("origin", "session, Origin null", post("/session", token, "Origin: null", json)),
  row("origin", "session of the neighbour port", post("/session", token, "Origin: http://127.0.0.1:1", json)),
  row("fetch", "session, same-site", post("/session", token, origin, json, "Sec-Fetch-Site: same-site")),
  row("body", "session as a form", post("/session", token, origin, "Content-Type: text/plain")),
  row("body", "session without a type", post("/session", token, origin)),
  row("body", "session, type with a parameter", post("/session", token, origin, `${json}; charset=utf-8`)),
  row("body", "session, too long", post("/session", token.padEnd(257), origin, json)),
  row("body", "session, no JSON", post("/session", "token", origin, json)),
  row("body", "session, another key beside", post("/session", `{"token":"${wrong}","a":1}`, origin, json)),
  row("body", "session, __proto__", post("/session", `{"__proto__":{"token":"${wrong}"}}`, origin, json)),
  row("body", "session, token no string", post("/session", '{"token":1}', origin, json)),
  row("key", "session, wrong token", post("/session", token, origin, json)),
  row("origin", "session by GET", get("/session", "Upgrade: h2c", "Connection: Upgrade")),
  // The feed.
  row("origin", "upgrade without Origin", upgrade("/feed", cookie, protocols)),
  row("origin", "upgrade, Origin null", upgrade("/feed", "Origin: null", cookie, protocols)),
  row(
    "origin",
    "upgrade of the neighbour port",
    upgrade("/feed", "Origin: http://127.0.0.1:1", cookie, protocols),
  ),
  row(
    "fetch",
    "upgrade, same-site",
    upgrade("/feed", origin, "Sec-Fetch-Site: same-site", cookie, protocols),
  ),
  row(
    "target",
    "upgrade, cross-site visit",
    upgrade(
      "/",
      origin,
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document",
      cookie,
      protocols,
    ),
  ),
  row("host", "upgrade, two Hosts", upgrade("/feed", "Host: evil.example", origin, cookie, protocols)),
  row("target", "upgrade elsewhere", upgrade("/", origin, cookie, protocols)),
  row("key", "upgrade without cookie", upgrade("/feed", origin, protocols)),
  row("key", "upgrade without key", upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: tare.v1")),
  row("key", "upgrade without subprotocol", upgrade("/feed", origin, cookie)),
  row(
    "key",
    "upgrade, wrong key",
    upgrade("/feed", origin, cookie, `Sec-WebSocket-Protocol: tare.v1, key.${wrong}`),
  ),
  row("key", "upgrade, wrong cookie", upgrade("/feed", origin, `Cookie: tare_{port}=${wrong}`, protocols)),
  row("key", "upgrade, cookie of another port", upgrade("/feed", origin, `Cookie: x{cookie}`, protocols)),
  row(
    "key",
    "upgrade, key in a second header",
    upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: tare.v1", "Sec-WebSocket-Protocol: key.{key}"),
  ),
  row(
    "key",
    "upgrade, a second protocol header",
    upgrade("/feed", origin, cookie, protocols, "Sec-WebSocket-Protocol: x"),
  ),
  row(
    "key",
    "upgrade, key first",
    upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: key.{key}, tare.v1"),
  ),
  row(
    "headers",
    "upgrade to h2c",
    get("/feed", "Connection: Upgrade", "Upgrade: h2c", origin, cookie, protocols),
  ),
  row(
    "headers",
    "upgrade, version 7",
    upgrade("/feed", origin, cookie, protocols).replace("Version: 13", "Version: 7"),
  ),
  row("method", "upgrade by POST", upgrade("/feed", origin, cookie, protocols).replace("GET", "POST")),
];
