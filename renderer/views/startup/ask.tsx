import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import type { Wish } from "../../../shared/model/race.ts";
import { useWords } from "../../state/words.ts";
import "./ask.css";

type AskProps = {
  /** What would be started; null: nothing is asked. */
  readonly wish: Wish | null;
  readonly name: string;
  readonly onAnswer: (agreed: boolean) => void;
};

/** Asks before something of the user's own is started: what will happen to it, and what stays as it is. */
export function Ask({ wish, name, onAnswer }: AskProps) {
  const words = useWords().startup.ask;
  const shown = visible(name, 60);
  const runs = (wish?.runs ?? 0) + (wish?.warmup ?? 0);
  const kind = wish?.subject.kind;
  return (
    <ModalOverlay className="scrim" isOpen={wish !== null} isDismissable onOpenChange={() => onAnswer(false)}>
      <Modal className="sheet asking">
        <Dialog className="dialog ask" role="alertdialog">
          <Heading slot="title">{words.title(shown)}</Heading>
          <p>
            {kind === "disk"
              ? words.disk(runs)
              : kind === "domain"
                ? words.domain(shown, runs)
                : words.container(shown, runs)}
          </p>
          <div className="answers">
            <Button className="btn main" autoFocus onPress={() => onAnswer(false)}>
              {words.no}
              <kbd>{"Esc"}</kbd>
            </Button>
            <Button className="btn" onPress={() => onAnswer(true)}>
              {words.yes}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
