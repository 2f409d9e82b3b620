/** Requests that no page of ours makes. `{host}` is 127.0.0.1:<port>; `{cookie}` and `{key}` are of a living session. */
export type Hostile = { readonly name: string; readonly bytes: string; readonly status: 403 | 405 };

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

const row = (name: string, bytes: string, status: 403 | 405 = 403): Hostile => ({ name, bytes, status });

export const hostile: readonly Hostile[] = [
  // Who is spoken to: DNS rebinding, and the many spellings of this machine.
  row("no Host", "GET / HTTP/1.1\r\n\r\n"),
  row("two Hosts, ours first", get("/", "Host: evil.example")),
  row("two Hosts, ours last", "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\n\r\n"),
  row("two equal Hosts", get("/", "Host: {host}")),
  row("Host in two spellings", get("/", "hOsT: {host}")),
  row("Host localhost", from("localhost:{port}")),
  row("Host localhost.", from("localhost.:{port}")),
  row("Host 127.0.0.1.evil.com", from("127.0.0.1.evil.com:{port}")),
  row("Host evil.com", from("evil.com")),
  row("Host [::1]", from("[::1]:{port}")),
  row("Host [::ffff:127.0.0.1]", from("[::ffff:127.0.0.1]:{port}")),
  row("Host 0.0.0.0", from("0.0.0.0:{port}")),
  row("Host 127.1", from("127.1:{port}")),
  row("Host 2130706433", from("2130706433:{port}")),
  row("Host 127.0.0.2", from("127.0.0.2:{port}")),
  row("Host without a port", from("127.0.0.1")),
  row("Host with another port", from("127.0.0.1:1")),
  row("Host with a user", from("user@{host}")),
  row("Host with a dot at the end", from("127.0.0.1.:{port}")),
  row("Host list", from("{host}, evil.example")),
  row("empty Host", from("")),
  // What is asked for, and in which form.
  row("HTTP/1.0", "GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"),
  row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n"),
  row("HTTP/0.9", "GET /\r\n\r\n"),
  row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  row("absolute form", get("http://{host}/")),
  row("absolute form of another", get("http://evil.example/")),
  row("two slashes", get("//evil.example/")),
  row("an escape", get("/%2e%2e/etc/passwd")),
  row("a backslash", get("/..\\..\\etc")),
  row("a query", get("/?t=1")),
  row("a fragment", get("/#x")),
  row("a colon", get("/a:b")),
  row("NUL in the target", get("/\0")),
  row("a high byte in the target", get("/\u00ff")),
  row("asterisk", get("*")),
  row("NUL in a header", get("/", "X: a\0b")),
  row("a line break without CR", "GET / HTTP/1.1\nHost: {host}\n\n"),
  row("a folded header", get("/", "X: a", "\tb: c")),
  row("a header without a colon", get("/", "nonsense")),
  row("2,000 headers", get("/", ...Array.from({ length: 2_000 }, (_, at) => `X-${at}: 1`))),
  row(
    "64 headers, the last a second Host",
    get("/", ...Array.from({ length: 64 }, () => "X: 1"), "Host: evil"),
  ),
  row("a header of 16 KiB", get("/", `X: ${"a".repeat(16 << 10)}`)),
  row("GET with a body", get("/", "Content-Length: 1")),
  row("chunked and length", post("/session", token, origin, json, "Transfer-Encoding: chunked")),
  row(
    "chunked",
    `POST /session HTTP/1.1\r\nHost: {host}\r\n${origin}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ),
  row("Expect", get("/", "Expect: 100-continue")),
  row("an unknown Expect", get("/", "Expect: nonsense")),
  // How.
  row(
    "OPTIONS",
    "OPTIONS / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nAccess-Control-Request-Method: POST\r\n\r\n",
    405,
  ),
  row("TRACE", "TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n", 405),
  row("PUT", "PUT / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n", 405),
  row("DELETE", "DELETE /session HTTP/1.1\r\nHost: {host}\r\n\r\n", 405),
  row("CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", 405),
  row("a method of its own", "TARE / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
  row("POST to the page", post("/", "", origin), 405),
  // Who asks.
  row("Origin null", get("/", "Origin: null")),
  row("Origin of another", get("/", "Origin: http://evil.example")),
  row("Origin with a suffix", get("/", "Origin: http://{host}.evil.example")),
  row("Origin with a prefix", get("/", "Origin: http://evil.example/http://{host}")),
  row("Origin of the neighbour port", get("/", "Origin: http://127.0.0.1:1")),
  row("Origin localhost", get("/", "Origin: http://localhost:{port}")),
  row("Origin with https", get("/", "Origin: https://{host}")),
  row("two Origins", get("/", origin, "Origin: http://evil.example")),
  row("two equal Origins", get("/", origin, origin)),
  row("Sec-Fetch-Site same-site, a script", get("/assets/main.js", "Sec-Fetch-Site: same-site")),
  row(
    "Sec-Fetch-Site cross-site, a script",
    get("/assets/main.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
  ),
  row(
    "Sec-Fetch-Site none, a script",
    get("/assets/main.js", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
  ),
  row(
    "cross-site frame",
    get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
  ),
  row(
    "same-site fetch of the page",
    get("/", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
  ),
  row("two Sec-Fetch-Sites", get("/", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site")),
  // The session.
  row("session without Origin", post("/session", token, json)),
  row("session, Origin null", post("/session", token, "Origin: null", json)),
  row("session of the neighbour port", post("/session", token, "Origin: http://127.0.0.1:1", json)),
  row("session, same-site", post("/session", token, origin, json, "Sec-Fetch-Site: same-site")),
  row("session as a form", post("/session", token, origin, "Content-Type: text/plain")),
  row("session without a type", post("/session", token, origin)),
  row("session, type with a parameter", post("/session", token, origin, `${json}; charset=utf-8`)),
  row("session, too long", post("/session", JSON.stringify({ token: "A".repeat(300) }), origin, json)),
  row("session, no JSON", post("/session", "token", origin, json)),
  row("session, another key beside", post("/session", `{"token":"${wrong}","a":1}`, origin, json)),
  row("session, __proto__", post("/session", `{"__proto__":{"token":"${wrong}"}}`, origin, json)),
  row("session, token no string", post("/session", '{"token":1}', origin, json)),
  row("session, wrong token", post("/session", token, origin, json)),
  row("session by GET", get("/session", "Upgrade: h2c", "Connection: Upgrade")),
  // The feed.
  row("upgrade without Origin", upgrade("/feed", cookie, protocols)),
  row("upgrade, Origin null", upgrade("/feed", "Origin: null", cookie, protocols)),
  row("upgrade of the neighbour port", upgrade("/feed", "Origin: http://127.0.0.1:1", cookie, protocols)),
  row("upgrade, same-site", upgrade("/feed", origin, "Sec-Fetch-Site: same-site", cookie, protocols)),
  row(
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
  row("upgrade, two Hosts", upgrade("/feed", "Host: evil.example", origin, cookie, protocols)),
  row("upgrade elsewhere", upgrade("/", origin, cookie, protocols)),
  row("upgrade without cookie", upgrade("/feed", origin, protocols)),
  row("upgrade without key", upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: tare.v1")),
  row("upgrade without subprotocol", upgrade("/feed", origin, cookie)),
  row(
    "upgrade, wrong key",
    upgrade("/feed", origin, cookie, `Sec-WebSocket-Protocol: tare.v1, key.${wrong}`),
  ),
  row("upgrade, wrong cookie", upgrade("/feed", origin, `Cookie: tare_{port}=${wrong}`, protocols)),
  row("upgrade, cookie of another port", upgrade("/feed", origin, `Cookie: x{cookie}`, protocols)),
  row(
    "upgrade, key in a second header",
    upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: tare.v1", "Sec-WebSocket-Protocol: key.{key}"),
  ),
  row("upgrade, key first", upgrade("/feed", origin, cookie, "Sec-WebSocket-Protocol: key.{key}, tare.v1")),
  row("upgrade to h2c", get("/feed", "Connection: Upgrade", "Upgrade: h2c", origin, cookie, protocols)),
  row("upgrade, version 7", upgrade("/feed", origin, cookie, protocols).replace("Version: 13", "Version: 7")),
  row("upgrade by POST", upgrade("/feed", origin, cookie, protocols).replace("GET", "POST"), 405),
];
