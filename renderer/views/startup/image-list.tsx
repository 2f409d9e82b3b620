import { ListBox, ListBoxItem } from "react-aria-components";
import { count, mebibytes, unknown, visible } from "../../../shared/format.ts";
import type { LabImage, LabPart, Subject } from "../../../shared/model/race.ts";
import { Mend } from "../../components/mend.tsx";
import { useWords } from "../../state/words.ts";
import { draw } from "./draft.ts";
import { canBoot, fitting, preparing } from "./images.ts";
import "./image-list.css";

type ImageListProps = {
  readonly images: readonly LabImage[] | null;
  readonly parts: readonly LabPart[] | null;
  readonly subject: Subject | null;
  readonly filter: string;
};

/** What `docker pull` is shown with: only what can be a name, so that nothing else is pasted into a shell. */
const isName = (text: string): boolean => /^[a-z0-9][\w.\-/:@]{0,200}$/.test(text);
/** A small image that every registry has. */
const smallImage = "busybox";

/** The images that Docker has, with their size and how soon they boot. */
export function ImageList({ images, parts, subject, filter }: ImageListProps) {
  const words = useWords().startup.what;
  if (images === null) return <p className="list-note">{words.looking}</p>;
  const shown = fitting(images, filter);
  if (shown.length === 0) return <NoImages filter={images.length === 0 ? "" : filter} parts={parts} />;
  const boots = canBoot(parts);
  const chosen = subject?.kind === "image" ? subject.image : "";
  return (
    <div className="image-list">
      <div className="list-head" aria-hidden="true">
        <span>{words.image}</span>
        <span className="number">{words.mib}</span>
        <span>{words.asVm}</span>
      </div>
      <ListBox
        aria-label={words.sources.image}
        className="list"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const [image] = keys === "all" ? [] : keys;
          if (image !== undefined) draw({ image: `${image}`, probe: null, port: null });
        }}
      >
        {shown.map((image) => (
          <ListBoxItem key={image.name} id={image.name} textValue={visible(image.name)} className="list-row">
            <bdi className="name" title={visible(image.name)}>
              {visible(image.name)}
            </bdi>
            <span className="number">{mebibytes(image.bytes)}</span>
            <span className="aside">{bootText(preparing(image, boots), words)}</span>
          </ListBoxItem>
        ))}
      </ListBox>
    </div>
  );
}

const bootText = (
  time: number | null,
  words: { readonly bootable: string; readonly prepare: (seconds: string) => string },
): string =>
  time === null ? unknown : time === 0 ? words.bootable : words.prepare(count(Math.round(time / 1_000)));

function NoImages({ filter, parts }: { readonly filter: string; readonly parts: readonly LabPart[] | null }) {
  const { startup, frame } = useWords();
  const words = startup.what;
  const docker = parts?.find(({ part }) => part === "docker");
  if (docker && docker.state !== "ready") return <p className="list-note">{words.noDocker}</p>;
  const name = filter.trim();
  const pull = name === "" ? smallImage : name;
  return (
    <div className="list-note">
      <p>{name === "" ? words.noImages : words.notHere(visible(name, 60))}</p>
      {isName(pull) ? <Mend command={`docker pull ${pull}`} words={frame} /> : null}
    </div>
  );
}
