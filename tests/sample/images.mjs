// Images from Debian's own packages, no registry: programs with the libraries that ldd names, by docker import.
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mark } from "./containers.mjs";
import { line, sh, trySh } from "./shell.mjs";

/** What runs in the containers and in the full guest alike. */
const packages = [
  "systemd-sysv",
  "udev",
  "dbus",
  "kmod",
  "iproute2",
  "procps",
  "nginx-light",
  "redis-server",
  "memcached",
  "postgresql-15",
];

/** A Debian of its own, from the mirror that debootstrap knows: a minute and a half, once. */
export function debian(folder) {
  const root = join(folder, "root");
  if (existsSync(join(root, "usr/sbin/nginx"))) return root;
  rmSync(root, { recursive: true, force: true });
  sh("debootstrap", "--variant=minbase", `--include=${packages.join(",")}`, "bookworm", root);
  return root;
}

const applets =
  "sh ls cat echo sleep true dd awk date sync rm mkdir chown id wget httpd mount insmod hostname ps";
const users = ["root:x:0:0::/:/bin/sh", "www-data:x:33:33::/:/bin/sh", "redis:x:101:101::/:/bin/sh"];

/** A root file system with busybox and nothing else. */
function bare(root) {
  for (const name of ["bin", "dev", "proc", "sys", "etc", "run", "var/log", "var/lib", "data"])
    mkdirSync(join(root, name), { recursive: true });
  mkdirSync(join(root, "tmp"));
  // Not by mkdir's mode, which the umask cuts.
  chmodSync(join(root, "tmp"), 0o1777);
  cpSync("/bin/busybox", join(root, "bin/busybox"), { dereference: true });
  for (const name of applets.split(" ")) symlinkSync("busybox", join(root, "bin", name));
  const postgres = "postgres:x:105:105::/:/bin/sh";
  writeFileSync(join(root, "etc/passwd"), `${[...users, postgres].join("\n")}\n`);
  writeFileSync(join(root, "etc/group"), "root:x:0:\nwww-data:x:33:\nredis:x:101:\npostgres:x:105:\n");
}

/** Copies programs and their libraries out of the Debian. */
function closure(debian, root, ...programs) {
  // "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f…)", "/lib64/ld-linux-x86-64.so.2 (0x00007f…)"
  const libraries = [...sh("chroot", debian, "ldd", ...programs).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path]) => path,
  );
  for (const path of new Set([...programs, ...libraries])) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    cpSync(join(debian, path), join(root, path), { dereference: true });
  }
}

/** Refuses to take the name of an image that is not ours. */
function make(folder, name, fill, ...changes) {
  if (
    trySh("docker", "image", "inspect", name, "-f", "{{.Config.Labels}}").trim().replace("map[]", "other") ===
    "other"
  )
    throw new Error(
      `there is an image ${name} that the sample did not make: rename it, or use another Docker`,
    );
  const root = join(folder, "images", name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  bare(root);
  fill(root);
  const change = [...changes, `LABEL ${mark}`].map((one) => `--change '${one}'`).join(" ");
  line(`tar -C '${root}' -c . | docker import ${change} - ${name} > /dev/null`);
}

const nginx = `user www-data; worker_processes 2; error_log stderr; pid /run/nginx.pid; daemon off;
events { worker_connections 256; }
http { access_log /var/log/access.log; server { listen 80; root /srv; } }
`;

/** Makes the five images. Their names are what stands in the sample. */
export function images(folder, root) {
  make(folder, "busybox:1.35", () => undefined, 'CMD ["/bin/sh"]');
  make(
    folder,
    "nginx:1.22",
    (image) => {
      closure(root, image, "/usr/sbin/nginx");
      for (const name of ["etc/nginx", "var/log/nginx", "var/lib/nginx", "srv"])
        mkdirSync(join(image, name), { recursive: true });
      writeFileSync(join(image, "etc/nginx/nginx.conf"), nginx);
      for (const [name, size] of [
        ["index.html", 8],
        ["hero.jpg", 400],
        ["app.js", 120],
      ])
        writeFileSync(join(image, "srv", name), Buffer.alloc(size * 1024, name));
    },
    'CMD ["/usr/sbin/nginx"]',
  );
  make(
    folder,
    "redis:7.0",
    (image) => closure(root, image, "/usr/bin/redis-server"),
    'CMD ["/usr/bin/redis-server","--save","","--protected-mode","no","--dir","/tmp","--maxmemory","48mb","--maxmemory-policy","allkeys-lru"]',
  );
  make(
    folder,
    "memcached:1.6",
    (image) => closure(root, image, "/usr/bin/memcached"),
    'CMD ["/usr/bin/memcached","-u","redis","-m","48"]',
  );
  make(
    folder,
    "postgres:15",
    (image) => postgres(root, image),
    "USER postgres",
    'CMD ["/usr/lib/postgresql/15/bin/postgres","-D","/data/db"]',
  );
}

function postgres(root, image) {
  const home = "/usr/lib/postgresql/15";
  const programs = ["postgres", "initdb", "pgbench"].map((name) => `${home}/bin/${name}`);
  closure(root, image, ...programs, `${home}/lib/plpgsql.so`, `${home}/lib/dict_snowball.so`);
  const share = "/usr/share/postgresql/15";
  cpSync(join(root, share), join(image, share), { recursive: true, dereference: true });
  sh("chown", "105:105", join(image, "data"));
  // initdb starts the server through a shell, which wants one. The container gets its own.
  sh("mknod", "-m", "666", join(image, "dev/null"), "c", "1", "3");
  sh(
    "chroot",
    "--userspec=105:105",
    image,
    `${home}/bin/initdb`,
    "-D",
    "/data/db",
    "-U",
    "postgres",
    "-A",
    "trust",
    "--no-locale",
    "-E",
    "UTF8",
  );
  rmSync(join(image, "dev/null"));
  const settings =
    "listen_addresses='*'\nunix_socket_directories='/tmp'\nshared_buffers=64MB\ndynamic_shared_memory_type=posix\nmax_connections=20\nlog_timezone=GMT\ntimezone=GMT\n";
  writeFileSync(join(image, "data/db/postgresql.auto.conf"), settings);
  writeFileSync(join(image, "data/db/pg_hba.conf"), "local all all trust\nhost all all all trust\n");
}
