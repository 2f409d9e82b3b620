import { count, visible } from "../../../shared/format.ts";
import type { EngineName } from "../../../shared/model/instance.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import { Choice } from "../../components/choice.tsx";
import { choose, type GroupBy, type StateFilter, useUi } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { isService } from "../../state/weighed.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { pick } from "./select.ts";

const states: readonly StateFilter[] = ["running", "all", "over"];
const groups: readonly GroupBy[] = ["kind", "project", "engine", "none"];
/** A key that no project can have: projects' names are not empty. */
const any = "";

/** Who is listed and how it is grouped. */
export function Filters({ group }: { readonly group: GroupBy }) {
  const { filter } = useWords().scale;
  const { state, engine, project } = useUi();
  const byId = useWorld((world) => world.byId);
  const number = useWatched(
    () => pick(weighedNow(), { state, engine, project, search: "" }).length,
    [state, engine, project],
  );
  const all = [...byId.values()];
  const engines = [...new Set(all.filter((one) => !isService(one)).map((one) => one.engine))].sort();
  const projects = [...new Set(all.map((one) => one.group).filter((one) => one !== null))].sort();
  const engineOptions = [
    { key: any, word: filter.anyEngine },
    ...engines.map((key) => ({ key, word: engineNames[key] })),
    ...(all.some(isService) ? [{ key: "cgroup" as const, word: filter.services }] : []),
  ];
  const projectOptions = [
    { key: any, word: filter.anyProject },
    ...projects.map((key) => ({ key, word: visible(key, 40) })),
  ];
  return (
    <>
      <Choice
        label={filter.state}
        options={states.map((key) => ({ key, word: filter[key] }))}
        chosen={state}
        onChoose={(key) => choose({ state: key })}
      >
        {filter[state]} <b>{count(number)}</b>
      </Choice>
      {engineOptions.length > 2 || engine !== null ? (
        <Choice
          className="of-engine"
          label={filter.engine}
          options={engineOptions}
          chosen={engine ?? any}
          onChoose={(key) => choose({ engine: key === any ? null : (key as EngineName) })}
        >
          {engine === null ? (
            filter.anyEngine
          ) : engine === "cgroup" ? (
            filter.services
          ) : (
            <b>{engineNames[engine]}</b>
          )}
        </Choice>
      ) : null}
      {projects.length > 0 || project !== null ? (
        <Choice
          className="of-project"
          label={filter.project}
          options={projectOptions}
          chosen={project ?? any}
          onChoose={(key) => choose({ project: key === any ? null : key })}
        >
          <bdi>{project === null ? filter.anyProject : <b>{visible(project, 24)}</b>}</bdi>
        </Choice>
      ) : null}
      <Choice
        label={filter.group}
        options={groups.map((key) => ({ key, word: filter.groups[key] }))}
        chosen={group}
        onChoose={(key) => choose({ group: key })}
      >
        {filter.groupBy(filter.groups[group])}
      </Choice>
    </>
  );
}
