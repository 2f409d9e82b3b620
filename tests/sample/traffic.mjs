// Visitors of the shop, in waves of a minute and a half: to nginx, redis and memcached from here, to postgres by pgbench.
import { get } from "node:http";
import { connect } from "node:net";
import { addressOf } from "./containers.mjs";
import { sh, stay, trySh, until } from "./shell.mjs";

/** 0 at low tide, 1 at high. */
const tide = () => 0.5 - 0.5 * Math.cos((performance.now() / 90_000) * 2 * Math.PI);

const files = ["/index.html", "/hero.jpg", "/app.js", "/index.html"];
function visit(host) {
  const path = files[Math.floor(Math.random() * files.length)];
  get({ host, path, timeout: 2_000 }, (answer) => answer.resume()).on("error", () => undefined);
}

/** A connection that is opened again when the container was restarted; answers are read and thrown away. */
function line(host, port) {
  let socket = null;
  return (text) => {
    if (!socket || socket.destroyed) {
      socket = connect({ host, port });
      socket.on("error", () => socket?.destroy());
      socket.resume();
    }
    if (socket.writable) socket.write(text);
  };
}

const word = () => Math.floor(Math.random() * 40_000).toString(36);
const job = () =>
  `SET job:${word()} ${"j".repeat(900)}\r\nGET job:${word()}\r\nLPUSH jobs ${word()}\r\nLTRIM jobs 0 999\r\n`;
const page = () => `set page:${word()} 0 0 1000\r\n${"p".repeat(1000)}\r\nget page:${word()}\r\n`;

/** Comes as soon as the shop is open, until `signal` aborts. */
export async function traffic(root, signal) {
  const web = () => addressOf("shop-web-1");
  let host = web();
  const queue = line(addressOf("shop-queue-1"), 6379);
  const cache = line(addressOf("shop-cache-1"), 11211);
  const db = addressOf("shop-db-1");
  const bench = ["chroot", root, "/usr/lib/postgresql/15/bin/pgbench", "-h", db, "-U", "postgres"];
  await until("postgres", 60, () => trySh("chroot", root, "/usr/lib/postgresql/15/bin/pg_isready", "-h", db));
  sh(...bench, "-i", "-s", "2", "-q", "postgres");
  const queries = stay(...bench, "-c", "4", "-R", "40", "-T", "3600", "-n", "postgres");
  const beat = setInterval(() => {
    const much = tide();
    for (let n = 0; n < 1 + much * 12; n++) visit(host);
    queue(job().repeat(1 + Math.round(much * 40)));
    cache(page().repeat(1 + Math.round(much * 40)));
  }, 100);
  const look = setInterval(() => {
    host = web() || host;
  }, 10_000);
  signal.addEventListener("abort", () => {
    clearInterval(beat);
    clearInterval(look);
    queries.kill("SIGKILL");
  });
}
