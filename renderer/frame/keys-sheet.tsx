import X from "lucide-react/icons/x";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { keyCap, type Section, shortcuts } from "../state/keys.ts";
import { choose, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import { type View, views } from "../views/views.ts";
import "./keys-sheet.css";

const columns: readonly (readonly Section[])[] = [
  ["anywhere", "replay"],
  ["scale", "limits", "row"],
  ["startup", "detail"],
];
/** Sections of each screen: those of the one behind are bold. */
const sectionsOf: { readonly [screen in View["name"]]: ReadonlySet<Section> } = {
  scale: new Set(["scale", "row"]),
  startup: new Set(["startup"]),
  limits: new Set(["limits", "row"]),
};

/** All keys, from the table that the handlers are made from. */
export function KeysSheet() {
  const { frame } = useWords();
  const { keys } = frame;
  const help = useUi((ui) => ui.help);
  const screen = useUi((ui) => ui.screen);
  const { name } = views.find(({ key }) => key === screen) ?? views[0];
  return (
    <ModalOverlay
      className="scrim"
      isOpen={help}
      isDismissable
      onOpenChange={(open) => choose({ help: open })}
    >
      <Modal className="sheet">
        <Dialog className="dialog keys-sheet">
          <header>
            <div>
              <Heading slot="title">{keys.title}</Heading>
              <p>{keys.note(frame[name])}</p>
            </div>
            <Button className="btn quiet only-icon" slot="close" aria-label={frame.close} autoFocus>
              <X className="icon" aria-hidden="true" />
            </Button>
          </header>
          <div className="columns">
            {columns.map((sections) => (
              <div key={sections[0]}>
                {sections.map((section) => (
                  <KeySection key={section} section={section} behind={sectionsOf[name].has(section)} />
                ))}
                {sections.includes("detail") ? (
                  <section>
                    <h3>{keys.reader}</h3>
                    <p>{keys.readerNote}</p>
                  </section>
                ) : null}
              </div>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function KeySection({ section, behind }: { readonly section: Section; readonly behind: boolean }) {
  const { keys } = useWords().frame;
  const own = shortcuts.filter((one) => one.section === section);
  if (own.length === 0) return null;
  return (
    <section className={behind ? "behind" : ""}>
      <h3>{keys.sections[section]}</h3>
      <dl>
        {own.map(({ id, keys: caps }) => (
          <div key={id}>
            <dt>{keys.words[id]}</dt>
            <dd>
              {caps.map((cap) => (
                <kbd key={cap}>{keyCap(cap)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
