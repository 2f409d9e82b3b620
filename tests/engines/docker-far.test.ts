import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { docker } from "../../electron/engines/docker/docker.ts";
import { findProgram } from "../../electron/machine/spawn.ts";
import { needs } from "../needs.ts";
import { all, event, known, watching } from "../unit/electron/engines/docker-api/watching.ts";
import { ensureBusyboxImage, busyboxImage as image } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";

const prefix = "tare-docker-far-";
const watchAt = (environment: Readonly<Record<string, string>>) => {
  const watched = watching(docker({ surroundings: { environment } }));
  onTestFinished(watched.stop);
  return watched;
};

needs("docker", "busybox")("Docker behind ssh", () => {
  const path = process.env.PATH;
  let folder: string;
  /** A program in ssh's place, first on PATH: found, spawned and killed as ssh itself. */
  const putSsh = (script: string) => {
    writeFileSync(join(folder, "ssh"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "ssh"), 0o755);
  };
  beforeAll(async () => {
    ensureBusyboxImage();
    await removeContainers(prefix);
    folder = mkdtempSync(join(tmpdir(), "tare-docker-ssh-"));
    process.env.PATH = `${folder}:${path}`;
  });
  afterAll(async () => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
    await removeContainers(prefix);
  });

  test("claims and events come through `docker system dial-stdio`; weighed by the API", async () => {
    // Runs here what it would run there: ssh [options] -- HOST COMMAND...
    putSsh('while [ "$1" != "--" ]; do shift; done; [ "$2" = me@far ] || exit 255; shift 2; exec "$@"');
    const watched = watchAt({ DOCKER_HOST: "ssh://me@far" });
    await watched.until(all, 8_000);
    const id = await dockerCommand([
      "run",
      "-d",
      "--network",
      "none",
      "--name",
      `${prefix}one`,
      image,
      "sleep",
      "60",
    ]);
    const claim = await watched.until(
      known((one) => one.id === `docker:${id}` && one.state === "running" && one.detailed),
      8_000,
    );
    expect(claim.handle).toEqual({ via: "api", engine: "docker", endpoint: "ssh://me@far", key: id });
    await dockerCommand(["kill", id]);
    await watched.until((news) => event("died")(news) && true, 8_000);
    await watched.stop();
  }, 30_000);

  test("ssh's own last words are the cause", async () => {
    putSsh('echo "far: Permission denied (publickey)." >&2; exit 255');
    const watched = watchAt({ DOCKER_HOST: "ssh://me@far" });
    await watched.ended;
    expect(watched.failure()).toMatchObject({
      where: "DOCKER_HOST=ssh://me@far",
      cause: { message: expect.stringContaining("Permission denied (publickey)") },
    });
  }, 15_000);
});

needs("openssl")("Docker behind TLS", () => {
  let folder: string;
  let server: Server;
  let host: string;
  const program = findProgram("openssl") ?? "";
  const openssl = (line: string) => execFileSync(program, line.split(" "), { cwd: folder, stdio: "ignore" });
  const authority = (name: string) =>
    openssl(
      `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${name} -keyout ${name}-key.pem -out ${name}.pem`,
    );
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tare-docker-tls-"));
    authority("ca");
    authority("other");
    writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
    for (const name of ["server", "client"]) {
      openssl(`req -newkey rsa:2048 -nodes -subj /CN=${name} -keyout ${name}-key.pem -out ${name}.csr`);
      openssl(
        `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile names -out ${name}.pem`,
      );
    }
    const read = (name: string) => readFileSync(join(folder, name));
    server = createServer(
      {
        ...{ ca: read("ca.pem"), cert: read("server.pem"), key: read("server-key.pem") },
        ...{ requestCert: true, rejectUnauthorized: true },
      },
      (request, response) => {
        response.setHeader("api-version", "1.41");
        if (request.url?.includes("/events")) response.flushHeaders();
        else response.end(request.url === "/_ping" ? "OK" : request.url?.endsWith("/info") ? "{}" : "[]");
      },
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 30_000);
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** DOCKER_CERT_PATH with the client's certificate, and the authority that it trusts. */
  const certificates = (trusted: string) => {
    const path = mkdtempSync(join(folder, "certificates-"));
    copyFileSync(join(folder, `${trusted}.pem`), join(path, "ca.pem"));
    copyFileSync(join(folder, "client.pem"), join(path, "cert.pem"));
    copyFileSync(join(folder, "client-key.pem"), join(path, "key.pem"));
    return { DOCKER_HOST: host, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: path };
  };

  test("with the certificates of DOCKER_CERT_PATH, which the server asks for", async () => {
    expect(await watchAt(certificates("ca")).until(all)).toEqual([]);
  });

  test("a server that somebody else vouches for is unsafe", async () => {
    const watched = watchAt(certificates("other"));
    await watched.ended;
    expect(watched.failure()).toMatchObject({ code: "unsafe" });
  });
});
