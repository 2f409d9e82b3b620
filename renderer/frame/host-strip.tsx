import { bytes, bytesParts, cores, count, mebibytes, rate } from "../../shared/format.ts";
import { Foreign } from "../components/foreign.tsx";
import { hostCut } from "../state/host-cut.ts";
import { latest, trackOfHost } from "../state/series.ts";
import { SparklineOf } from "../state/sparkline-of.tsx";
import { useWatched } from "../state/use-watched.ts";
import { useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";
import { EngineList } from "./engine-list.tsx";
import "./host-strip.css";

/** What the computer does as a whole; it stands on every screen. In a replay it is the recorded computer. */
export function HostStrip() {
  const { host: words } = useWords().frame;
  const facts = useWorld((world) => world.facts);
  return (
    <section className="host" aria-label={words.label}>
      <div className="host-id">
        {facts ? (
          <>
            <b>
              <Foreign text={facts.name} most={40} />
            </b>
            <span className="label">{words.size(count(facts.threads), bytes(facts.memory))}</span>
          </>
        ) : null}
      </div>
      <Cpu />
      <Memory />
      <Disk />
      <Net />
      <EngineList />
      <Self />
    </section>
  );
}

function Cpu() {
  const { host: words } = useWords().frame;
  const used = useWorld((world) => cores(world.host?.cores ?? null));
  return (
    <div>
      <span className="label">{words.cpu}</span>
      <span className="value">
        {used} <span className="unit">{words.cores}</span>
      </span>
      <SparklineOf trail={trackOfHost().cores} hue="ink" fill width={48} height={18} />
    </div>
  );
}

function Memory() {
  const { host: words } = useWords().frame;
  const total = useWorld((world) => world.facts?.memory ?? null);
  const used = useWorld(({ facts, host }) =>
    facts && host?.available != null ? facts.memory - host.available : null,
  );
  const { figure, unit } = bytesParts(used ?? 0);
  const whole = total === null ? null : bytesParts(total);
  const amount = used === null ? bytes(null) : unit === whole?.unit ? figure : `${figure} ${unit}`;
  return (
    <div>
      <span className="label">{words.memory}</span>
      <span className="value">
        {amount} <span className="unit kept">{words.of(bytes(total))}</span>
      </span>
      <MemoryBar />
    </div>
  );
}

function MemoryBar() {
  const { host: words } = useWords().frame;
  const cut = useWatched(() => {
    const { facts, host, byId } = useWorld.getState();
    return hostCut(facts, host, byId.values(), latest);
  }, []);
  if (cut === null) return <span className="host-bar" />;
  const share = (part: number) => `${Math.round((100_000 * part) / cut.total) / 1000}%`;
  const { vms, containers, processes, cache, free } = cut;
  return (
    <span
      className="host-bar"
      role="img"
      aria-label={words.cut(bytes(vms), bytes(containers), bytes(processes), bytes(cache), bytes(free))}
      title={words.cut(bytes(vms), bytes(containers), bytes(processes), bytes(cache), bytes(free))}
    >
      <i className="vm" style={{ width: share(vms) }} />
      <i className="container" style={{ width: share(containers) }} />
      <i className="processes" style={{ width: share(processes) }} />
      <i className="cache" style={{ width: share(cache) }} />
    </span>
  );
}

function Disk() {
  const { host: words } = useWords().frame;
  const read = useWorld((world) => rate(world.host?.read ?? null));
  const written = useWorld((world) => rate(world.host?.written ?? null));
  return (
    <div className="host-io" title={words.readWrite(read, written)}>
      <span className="label">{words.disk}</span>
      <span className="value">
        {`↓${read} ↑${written}`} <span className="unit">{words.rate}</span>
      </span>
    </div>
  );
}

function Net() {
  const { host: words } = useWords().frame;
  const received = useWorld((world) => rate(world.host?.received ?? null));
  const sent = useWorld((world) => rate(world.host?.sent ?? null));
  return (
    <div className="host-io" title={words.inOut(received, sent)}>
      <span className="label">{words.net}</span>
      <span className="value">
        {`↓${received} ↑${sent}`} <span className="unit">{words.rate}</span>
      </span>
    </div>
  );
}

function Self() {
  const { host: words } = useWords().frame;
  const own = useWorld((world) => cores(world.self?.cores ?? null));
  const resident = useWorld((world) => mebibytes(world.self?.resident ?? null));
  return (
    <div className="host-self">
      <span className="label">{words.tare}</span>
      <span className="value">
        {own} <span className="unit kept">{words.cores}</span> {resident}{" "}
        <span className="unit kept">{words.mib}</span>
      </span>
    </div>
  );
}
