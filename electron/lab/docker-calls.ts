import { PassThrough, type Readable } from "node:stream";
import type { LabImage } from "../../shared/model/race.ts";
import { GarbledError, parseJson, readBody } from "../engines/docker-api/body.ts";
import type { Connection, Request } from "../engines/docker-api/connection.ts";
import { DeadlineError, within } from "../engines/docker-api/deadline.ts";
import { StatusError } from "../engines/docker-api/failure.ts";
import { systemClock } from "../machine/clock.ts";
import type { LabDocker } from "./docker.ts";
import * as answers from "./docker-answers.ts";
import { labFailureOf, type Meaning } from "./docker-failure.ts";
import { type Frame, frameCutter } from "./docker-frames.ts";
import { lineCutter } from "./line-probe.ts";

/** ms. A start may wait for a slow disk, a stop for what its container may take for it, an import for gigabytes; all of them end sooner by their signal. */
const patience = { ask: 8_000, change: 30_000, start: 120_000, copy: 1_800_000, still: 60_000 } as const;
const caps = { one: 8 << 20, all: 32 << 20 } as const;
/** The lab's calls over two sets of sockets; `where`: the daemon's address, for troubles. `engine`: who answers there. */
export function labDocker(
  calls: Connection,
  streams: Connection,
  where: string,
  engine: "docker" | "podman",
): LabDocker {
  const told = async <Value>(
    about: string,
    meaning: Meaning,
    signal: AbortSignal,
    work: () => Promise<Value>,
  ) => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw labFailureOf(error, where, about, meaning);
    }
  };
  const ask = (request: Request, signal: AbortSignal, deadline: number = patience.ask, most = caps.one) =>
    within(deadline, signal, (own) => calls.read(request, most, own)).then(({ text }) => text);
  const get = async (path: string, signal: AbortSignal, query = {}, most: number = caps.one) =>
    parseJson(await ask({ method: "GET", path, query }, signal, patience.ask, most));
  const post = (path: string, signal: AbortSignal, deadline: number, body?: object, query = {}) =>
    ask({ method: "POST", path, query, ...(body && { body }) }, signal, deadline);
  const inspect = (id: string, signal: AbortSignal) =>
    get(`/containers/${container(id)}/json`, signal).catch(nullWhen(404));
  const image = (name: string, signal: AbortSignal) => get(`/images/${imageName(name)}/json`, signal);

  return {
    facts: (signal) =>
      told(where, {}, signal, async () => answers.parseFacts(await get("/info", signal), engine)),
    images: (signal) =>
      told(where, {}, signal, async () => {
        const tags = answers.parseTags(await get("/images/json", signal, {}, caps.all));
        const known = new Map<string, ReturnType<typeof answers.parseImage>>();
        const found: Omit<LabImage, "prepared">[] = [];
        for (const { name, id } of tags) {
          if (!known.has(id)) known.set(id, answers.parseImage(await image(id, signal).catch(nullWhen(404))));
          const facts = known.get(id);
          if (facts) found.push({ name, digest: id, ...facts });
        }
        return found;
      }),
    image: (name, signal) =>
      told(name, { 404: "no-image", 400: "no-image" }, signal, () => image(name, signal)),
    create: (wish, signal) =>
      told(
        wish.image,
        { 404: "no-image", 400: "failed-to-start", 409: "failed-to-start" },
        signal,
        async () => {
          const body = {
            Image: wish.image,
            Labels: wish.labels,
            // Only the lab's own checks run in it, as in the VM.
            Healthcheck: { Test: ["NONE"] },
            HostConfig: {
              NetworkMode: "none",
              Memory: wish.memory,
              MemorySwap: wish.memory, // the VM has no swap either
              NanoCpus: Math.round(wish.cpus * 1e9),
              SecurityOpt: ["no-new-privileges"],
            },
          };
          const query = { name: wish.name };
          return answers.parseId(
            parseJson(await post("/containers/create", signal, patience.change, body, query)),
          );
        },
      ),
    start: (id, signal) =>
      told(
        id,
        { 400: "failed-to-start", 404: "failed-to-start", 409: "failed-to-start", 500: "failed-to-start" },
        signal,
        async () => {
          await post(`/containers/${container(id)}/start`, signal, patience.start).catch(nullWhen(304));
        },
      ),
    inspect: (id, signal) => told(id, {}, signal, () => inspect(id, signal)),
    stop: (id, signal) =>
      told(id, {}, signal, async () => {
        const path = `/containers/${container(id)}/stop`;
        await post(path, signal, patience.start).catch(nullWhen(304, 404));
      }),
    remove: (id, signal) =>
      told(id, {}, signal, async () => {
        const request: Request = {
          method: "DELETE",
          path: `/containers/${container(id)}`,
          query: { force: 1, v: 1 },
        };
        const removed = await ask(request, signal, patience.change).catch(nullWhen(404, 409));
        if (removed !== null) return;
        // 409: it is being removed already, by a call of which we did not hear the end.
        const deadline = performance.now() + patience.change;
        while ((await inspect(id, signal)) !== null) {
          if (performance.now() > deadline) throw new DeadlineError("its removal does not end");
          await systemClock.after(100, signal);
        }
      }),
    labelled: (label, signal) =>
      told(where, {}, signal, async () => {
        const query = { all: 1, filters: { label: [label] } };
        return answers.parseLabelled(await get("/containers/json", signal, query, caps.all));
      }),
    output: (id, tty, signal) =>
      told(id, { 404: "failed-to-start" }, signal, async () => {
        const path = `/containers/${container(id)}/attach`;
        const query = { stream: 1, stdout: 1, stderr: 1 };
        const answer = await within(patience.ask, signal, () =>
          streams.send({ method: "POST", path, query }, signal),
        );
        return linesOf(answer, tty);
      }),
    exec: (id, argv, deadline, signal) =>
      told(id, {}, signal, async () => {
        const wanted = { Cmd: argv, AttachStdout: true, AttachStderr: true };
        const made = await post(`/containers/${container(id)}/exec`, signal, patience.ask, wanted);
        const exec = answers.parseId(parseJson(made));
        const start: Request = {
          method: "POST",
          path: `/exec/${exec}/start`,
          body: { Detach: false, Tty: false },
        };
        try {
          await within(deadline, signal, async (own) => readBody(await streams.send(start, own), caps.one));
        } catch (error) {
          // Too slow, or it prints without end: the check has not passed, and that is all there is to know.
          if (error instanceof DeadlineError || error instanceof GarbledError) return null;
          throw error;
        }
        return answers.parseExitCode(await get(`/exec/${exec}/json`, signal));
      }),
    export: (id, signal) =>
      told(id, { 404: "failed" }, signal, async () => {
        const path = `/containers/${container(id)}/export`;
        const answer = await within(patience.change, signal, () =>
          streams.send({ method: "GET", path }, signal),
        );
        answer.setTimeout(patience.still, () => answer.destroy(new DeadlineError("the export stands still")));
        const tar = new PassThrough({ highWaterMark: 1 << 20 });
        answer.once("error", (error) =>
          tar.destroy(signal.aborted ? signal.reason : labFailureOf(error, where, id, {})),
        );
        tar.once("close", () => answer.destroy());
        return answer.pipe(tar);
      }),
    import: (tar, name, changes, signal) =>
      told(name, {}, signal, async () => {
        const [, repo, tag] = /^(.+?)(?::([\w.-]+))?$/.exec(name) ?? [];
        const query = { fromSrc: "-", repo, tag: tag ?? "latest", changes: [...changes] };
        const request: Request = { method: "POST", path: "/images/create", query, body: tar };
        const { text } = await within(patience.copy, signal, (own) =>
          streams.read(request, caps.one, own),
        ).finally(() => tar.destroy());
        const imported = answers.parseImported(text);
        if ("error" in imported) throw new StatusError(500, imported.error);
        return imported.id;
      }),
    removeImage: (name, signal) =>
      told(name, {}, signal, async () => {
        const request: Request = { method: "DELETE", path: `/images/${imageName(name)}` };
        const removed = await ask(request, signal, patience.change).catch(nullWhen(404, 409));
        return removed !== null;
      }),
  };
}

/** Lines of an attached container, whatever ends the stream. */
async function* linesOf(stream: Readable, tty: boolean): AsyncGenerator<string> {
  const cutters = { stdout: lineCutter(), stderr: lineCutter() };
  const frames: (chunk: Buffer) => readonly Frame[] = tty
    ? (bytes) => [{ stream: "stdout", bytes }]
    : frameCutter();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>)
      for (const { stream: of, bytes } of frames(chunk)) yield* cutters[of].feed(bytes);
  } catch {
    // the daemon went away in the middle: what it printed until then is all there is
  }
  yield* cutters.stdout.rest();
  yield* cutters.stderr.rest();
}

/** Takes some statuses for "nothing to be done". */
const nullWhen =
  (...statuses: readonly number[]) =>
  (error: unknown): null => {
    if (error instanceof StatusError && statuses.includes(error.status)) return null;
    throw error;
  };

/** Ids go into the path as they are. */
function container(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new GarbledError(`not an id: ${id.slice(0, 80)}`);
  return id;
}

/** A name of an image as a user writes it, or an id: host:5000/team/web:1, web@sha256:…, 3f9c. Its slashes are the path's own. */
function imageName(name: string): string {
  const part = /^[a-z0-9][\w.\-:@]*$/i;
  if (name.length > 512 || !name.split("/").every((one) => part.test(one)))
    throw new StatusError(404, `No such image: ${name}`);
  return name;
}
