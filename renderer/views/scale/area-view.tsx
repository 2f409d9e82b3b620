import { useMemo } from "react";
import { bytes } from "../../../shared/format.ts";
import { PhraseText } from "../../components/phrase-text.tsx";
import { hostCut } from "../../state/host-cut.ts";
import { latest } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { AreaField } from "./area-field.tsx";
import { AreaTable } from "./area-table.tsx";
import type { Scale } from "./use-scale.ts";
import "./area-view.css";

/** The host's memory as one rectangle, cut to scale: VMs over containers, everything else, free. Beside it the sums. */
export function AreaView({ scale }: { readonly scale: Scale }) {
  const { area } = useWords().scale;
  const cut = useWatched(() => {
    const { facts, host, byId } = useWorld.getState();
    return hostCut(facts, host, byId.values(), latest);
  }, []);
  const ids = useMemo(() => [...new Set(scale.lines.flatMap(idsIn))], [scale.lines]);
  const byId = useWorld((world) => world.byId);
  if (cut === null) return null;
  const { total, vms, containers, processes, cache, free } = cut;
  const number = (kind: string) => ids.filter((id) => byId.get(id)?.kind === kind).length;
  const share = (part: number) => `${Math.round((10_000 * part) / total) / 100}%`;
  const boxed = vms + containers;
  return (
    <div className="area">
      <div className="area-box">
        <div className="captions">
          <span className="vm">
            {vms > 0 ? (
              <>
                {area.vms(number("vm"))} <b>{bytes(vms)}</b>
              </>
            ) : null}
          </span>
          <span style={{ left: `max(${share(boxed)}, ${vms > 0 ? "110px" : "0px"})` }}>
            {area.rest} <b>{bytes(processes + cache)}</b>
          </span>
          <span
            className="of-free"
            style={{
              left: `max(${share(total - free)}, max(${share(boxed)}, ${vms > 0 ? "110px" : "0px"}) + 190px)`,
            }}
          >
            {area.free} <b>{bytes(free)}</b>
          </span>
        </div>
        <AreaField cut={cut} ids={ids} />
        <div className="captions below">
          <span className="container">
            {area.containers(number("container"))} <b>{bytes(containers)}</b>
          </span>
          <span style={{ left: `max(${share(boxed)}, 160px)` }}>
            <PhraseText phrase={area.whole(total)} />
          </span>
        </div>
      </div>
      <AreaTable lines={scale.lines} cut={cut} />
    </div>
  );
}

const idsIn = (line: Scale["lines"][number]): readonly string[] =>
  line.line === "row" ? [line.key] : line.line === "group" ? line.ids : [];
