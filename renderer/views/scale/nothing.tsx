import Play from "lucide-react/icons/play";
import { Button } from "react-aria-components";
import { engineNames } from "../../../shared/words/engine-names.ts";
import { Foreign } from "../../components/foreign.tsx";
import { call } from "../../state/channel.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { linearTicks } from "./domain.ts";
import { Ruler } from "./ruler.tsx";
import "./nothing.css";

const gib = 1024 ** 3;

/** Nothing lies on the scale: what was looked for and where, and one thing to do next. */
export function Nothing() {
  const { scale, frame } = useWords();
  const engines = useWorld((world) => world.engines);
  const answering = engines.filter(({ state, engine }) => state === "ready" && engine !== "cgroup");
  const names = answering.map(({ engine }) => engineNames[engine]);
  const none = names.length === 0;
  const again = () => void call("retry", {}).catch(() => null);
  const replay = () => void call("source", { use: "sample" }).catch(() => null);
  return (
    <div className="nothing">
      <div className="nothing-top">
        <div>
          <h1>{none ? scale.empty.title : scale.idle.title}</h1>
          <p>{none ? scale.empty.text : scale.idle.text(names)}</p>
          <p>{scale.empty.sample}</p>
          <div className="acts">
            <Button className="btn main" onPress={replay} autoFocus={none}>
              <Play className="icon" fill="currentColor" aria-hidden="true" />
              {scale.empty.replay}
            </Button>
            <Button className="btn" onPress={again}>
              {scale.empty.again}
            </Button>
          </div>
        </div>
        <table className="looked">
          <thead>
            <tr>
              <th>{scale.empty.lookedFor}</th>
              <th>{scale.empty.at}</th>
              <th>{scale.empty.found}</th>
            </tr>
          </thead>
          <tbody>
            {engines.map(({ engine, state, looked, where }) => (
              <tr key={engine}>
                <th scope="row">{engineNames[engine]}</th>
                <td>
                  {(looked.length > 0 ? looked.map((one) => one.where) : where === null ? [] : [where]).map(
                    (place) => (
                      <code key={place}>
                        <Foreign text={place} most={90} />
                      </code>
                    ),
                  )}
                </td>
                <td>{frame.engine.states[state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="ghost">
        <Ruler ticks={linearTicks(8 * gib)} />
        <span className="grid" aria-hidden="true">
          {linearTicks(8 * gib).map(({ at }) => (
            <i key={at} style={{ left: `${100 * at}%` }} />
          ))}
        </span>
      </div>
    </div>
  );
}
