import { useEffect, useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { visible } from "../../../../shared/format.ts";
import type { Proposal } from "../../../../shared/model/change.ts";
import type { Finding } from "../../../../shared/model/finding.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { RefusedText } from "../../../changes/refused-text.tsx";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { toSettings } from "../../../state/ui.ts";
import { useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { Applied } from "./applied.tsx";
import { ApplyForm } from "./apply-form.tsx";
import { codeOf, useApply } from "./use-apply.ts";
import "../../../components/dialog.css";
import "./apply-dialog.css";

type ApplyDialogProps = {
  readonly finding: Finding;
  readonly onClose: () => void;
};

/** Shows what applying a finding's proposal would change, asks, does it, and tells what came of it. */
export function ApplyDialog({ finding, onClose }: ApplyDialogProps) {
  const instance = useLast(finding.instance);
  const { proposal } = finding;
  // While it is being done, nothing closes the dialog: what came of it has to be seen.
  const [busy, setBusy] = useState(false);
  if (instance === null || proposal === null) return null;
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={!busy}
      isKeyboardDismissDisabled={busy}
      onOpenChange={(open) => open || onClose()}
    >
      <Modal className="sheet asked">
        <Dialog className="dialog apply">
          <Content instance={instance} proposal={proposal} onBusy={setBusy} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The instance; one that went while the dialog was open is kept as it was last. */
function useLast(id: string | null): Instance | null {
  const now = useWorld(({ byId }) => (id === null ? null : (byId.get(id) ?? null)));
  const [last, setLast] = useState(now);
  if (now !== null && now !== last) setLast(now);
  return now ?? last;
}

type ContentProps = {
  readonly instance: Instance;
  readonly proposal: Proposal;
  readonly onBusy: (busy: boolean) => void;
  readonly onClose: () => void;
};

function Content({ instance, proposal, onBusy, onClose }: ContentProps) {
  const apply = useApply({ instance: instance.id, resource: proposal.resource }, proposal.to);
  const busy = apply.phase === "applying";
  useEffect(() => onBusy(busy), [busy, onBusy]);
  if (codeOf(apply.barred) === "off") return <Off onClose={onClose} />;
  if (apply.change !== null) return <Applied change={apply.change} kind={instance.kind} onClose={onClose} />;
  if (apply.prepared === null || apply.mends === null)
    return <Looking name={instance.name} apply={apply} onClose={onClose} />;
  return (
    <ApplyForm
      apply={apply}
      prepared={apply.prepared}
      mends={apply.mends}
      instance={instance}
      onClose={onClose}
    />
  );
}

/** Before anything was read, or where nothing can be. */
function Looking({
  name,
  apply,
  onClose,
}: {
  readonly name: string;
  readonly apply: ReturnType<typeof useApply>;
  readonly onClose: () => void;
}) {
  const words = useWords().apply;
  return (
    <>
      <Heading slot="title">
        <PhraseText phrase={words.reading(visible(name, 80))} />
      </Heading>
      {apply.barred === null ? null : <RefusedText refused={apply.barred} />}
      <footer>
        <span className="unit">{words.nothingChanged}</span>
        <span className="answers">
          {apply.barred === null ? null : (
            <Button className="btn" onPress={apply.retry}>
              {words.tryAgain}
            </Button>
          )}
          <Button className="btn main" autoFocus onPress={onClose}>
            {words.cancel}
            <kbd>{"Esc"}</kbd>
          </Button>
        </span>
      </footer>
    </>
  );
}

/** Changes are off: the one way on is the switch, in the settings. */
function Off({ onClose }: { readonly onClose: () => void }) {
  const words = useWords().apply;
  const go = () => {
    onClose();
    toSettings("changes");
  };
  return (
    <>
      <Heading slot="title">{words.off.title}</Heading>
      <p className="apply-said">{words.off.text}</p>
      <footer>
        <span className="unit">{words.nothingChanged}</span>
        <span className="answers">
          <Button className="btn" onPress={onClose}>
            {words.cancel}
            <kbd>{"Esc"}</kbd>
          </Button>
          <Button className="btn main" autoFocus onPress={go}>
            {words.off.go}
          </Button>
        </span>
      </footer>
    </>
  );
}
