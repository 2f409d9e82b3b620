import X from "lucide-react/icons/x";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { keyCap, type Section, shortcuts } from "../state/keys.ts";
import { choose, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import "./keys-sheet.css";

const columns: readonly (readonly Section[])[] = [["anywhere", "replay"], ["scale", "row"], ["detail"]];
/** Sections of the screen behind: theirs are bold. */
const behind: ReadonlySet<Section> = new Set(["scale", "row"]);

/** All keys, from the table that the handlers are made from. */
export function KeysSheet() {
  const { frame } = useWords();
  const { keys } = frame;
  const help = useUi((ui) => ui.help);
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
              <p>{keys.note(frame.scale)}</p>
            </div>
            <Button className="btn quiet only-icon" slot="close" aria-label={frame.close} autoFocus>
              <X className="icon" aria-hidden="true" />
            </Button>
          </header>
          <div className="columns">
            {columns.map((sections) => (
              <div key={sections[0]}>
                {sections.map((section) => (
                  <KeySection key={section} section={section} />
                ))}
                {sections[0] === "detail" ? (
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

function KeySection({ section }: { readonly section: Section }) {
  const { keys } = useWords().frame;
  const own = shortcuts.filter((one) => one.section === section);
  if (own.length === 0) return null;
  return (
    <section className={behind.has(section) ? "behind" : ""}>
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
