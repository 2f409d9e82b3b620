import Lock from "lucide-react/icons/lock-keyhole";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { clockTime } from "../../shared/format.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import { engineNames } from "../../shared/words/engine-names.ts";
import { Foreign } from "../components/foreign.tsx";
import { call } from "../state/channel.ts";
import { offsetHere, useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";
import { TroubleText } from "./trouble-text.tsx";

/** Engines that are here, or should be. Cgroups are no engine to anybody: they are named only when they can't be read. */
const shown = ({ engine, state, trouble }: EngineStatus) =>
  (state !== "absent" || (trouble !== null && trouble.code !== "absent")) &&
  (engine !== "cgroup" || state === "denied" || state === "silent");

/** Who runs instances here and how they are doing: a dot each, with all that is known behind it. */
export function EngineList() {
  const { host: words } = useWords().frame;
  const engines = useWorld((world) => world.engines);
  const here = engines.filter(shown);
  return (
    <div className="engines">
      <span className="label">{words.engines}</span>
      {here.map((status) => (
        <Engine key={status.engine} status={status} />
      ))}
      {here.length === 0 && engines.length > 0 ? (
        <span className="engine absent">
          <i className="dot" />
          {words.noEngine}
        </span>
      ) : null}
    </div>
  );
}

function Engine({ status }: { readonly status: EngineStatus }) {
  const words = useWords().frame.engine;
  const name = engineNames[status.engine];
  return (
    <DialogTrigger>
      <Button className={`engine ${status.state}`} aria-label={`${name}: ${words.states[status.state]}`}>
        {status.state === "denied" ? (
          <Lock className="icon small" aria-hidden="true" />
        ) : (
          <i className="dot" />
        )}
        {name}
      </Button>
      <Popover className="popover" placement="bottom" offset={6}>
        <Dialog className="engine-sheet dialog" aria-label={name}>
          <EngineSheet status={status} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function EngineSheet({ status }: { readonly status: EngineStatus }) {
  const words = useWords().frame.engine;
  const { engine, state, version, where, looked, trouble, since } = status;
  const facts = [
    words.states[state],
    ...(version === null ? [] : [words.version(version)]),
    words.since(clockTime(since, offsetHere())),
  ];
  return (
    <>
      <h2>{engineNames[engine]}</h2>
      <p>
        <Foreign text={facts.join(", ")} />
      </p>
      {trouble ? <TroubleText engine={engine} trouble={trouble} /> : null}
      {looked.length > 0 || where ? <h3>{words.lookedAt}</h3> : null}
      <dl>
        {(looked.length > 0 ? looked : where === null ? [] : [{ where, found: true }]).map((place) => (
          <div key={place.where} className="looked-at">
            <dt>
              <Foreign text={place.where} />
            </dt>
            <dd>{place.found ? words.found : words.notFound}</dd>
          </div>
        ))}
      </dl>
      <Button className="btn" onPress={() => void call("retry", {}).catch(() => null)}>
        {words.lookAgain}
      </Button>
    </>
  );
}
