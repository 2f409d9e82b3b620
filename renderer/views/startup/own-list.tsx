import { ListBox, ListBoxItem } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import { useWords } from "../../state/words.ts";
import { draw, useDraft } from "./draft.ts";
import type { ownOf } from "./possible.ts";
import "../../components/text-field.css";
import "./image-list.css";

const disk = "disk";

/** What the user has and does not run: stopped containers, shut-off domains, or the disk image of a whole system. */
export function OwnList({ own }: { readonly own: ReturnType<typeof ownOf> }) {
  const words = useWords().startup.what.own;
  const chosen = useDraft((draft) => draft.own);
  const path = useDraft((draft) => draft.path);
  const choose = (key: string) => {
    const found = own.find(({ instance }) => instance.id === key);
    draw({ own: found?.subject ?? { kind: disk, path }, probe: null, port: null });
  };
  return (
    <div className="image-list own-list">
      <div className="list-head" aria-hidden="true">
        <span>{words.name}</span>
        <span>{words.kind}</span>
      </div>
      <ListBox
        aria-label={words.name}
        className="list"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={chosen === null ? [] : [chosen.kind === disk ? disk : chosen.id]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : keys;
          if (key !== undefined) choose(`${key}`);
        }}
      >
        {[
          ...own.map(({ instance, subject }) => (
            <ListBoxItem
              key={instance.id}
              id={instance.id}
              textValue={visible(instance.name)}
              className="list-row"
            >
              <bdi className="name">{visible(instance.name)}</bdi>
              <span className="aside">{words.kinds[subject.kind]}</span>
            </ListBoxItem>
          )),
          <ListBoxItem key={disk} id={disk} textValue={words.disk} className="list-row">
            <span className="name">{words.disk}</span>
            <span className="aside">{words.diskKind}</span>
          </ListBoxItem>,
        ]}
      </ListBox>
      {chosen?.kind === disk ? (
        <label className="path">
          <span className="unseen">{words.path}</span>
          <input
            className="text-field"
            placeholder={words.placeholder}
            autoComplete="off"
            spellCheck={false}
            maxLength={4096}
            value={path}
            onChange={(event) =>
              draw({ path: event.target.value, own: { kind: disk, path: event.target.value } })
            }
          />
          <small>{words.diskNote}</small>
        </label>
      ) : null}
      {own.length === 0 ? <p className="list-note">{words.none}</p> : null}
    </div>
  );
}
