import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronUp from "lucide-react/icons/chevron-up";
import Close from "lucide-react/icons/x";
import type { RefObject } from "react";
import { Button } from "react-aria-components";
import type { Instance } from "../../../shared/model/instance.ts";
import { raceableImage } from "../../../shared/race/raceable.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import { Foreign } from "../../components/foreign.tsx";
import { toStartup } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";

/** Name, what it is and since when, and the ways out: the instance before, the one after, close. */
export function Head({
  instance,
  here,
  closeRef,
  onStep,
  onClose,
}: {
  readonly instance: Instance;
  /** false: it went while its panel was open. */
  readonly here: boolean;
  readonly closeRef: RefObject<HTMLButtonElement | null>;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
}) {
  const { detail: words, frame } = useWords();
  const { kind, engine, group, image, state, startedAt } = instance;
  const up = useWorld(({ at }) =>
    at === null || startedAt === null ? null : frame.duration(Math.max(0, at - startedAt)),
  );
  const recorded = useWorld(({ replay }) => replay !== null);
  const toRace = here && !recorded ? raceableImage(instance) : null;
  return (
    <header className="detail-head">
      <i className="stripe" />
      <div>
        <h2>
          <Foreign text={instance.name} />
        </h2>
        <p>
          <Foreign
            text={
              here
                ? words.about({
                    kind,
                    engine: engine === "cgroup" ? null : engineNames[engine],
                    pod: engine === "kubernetes",
                    group,
                    image,
                    state,
                    up,
                  })
                : words.gone
            }
            most={400}
          />
        </p>
      </div>
      <div className="actions">
        {toRace === null ? null : (
          <Button className="btn quiet race-it" onPress={() => toStartup(toRace)}>
            {words.race}
            <kbd>{"R"}</kbd>
          </Button>
        )}
        <Button className="btn quiet only-icon" aria-label={words.previous} onPress={() => onStep(-1)}>
          <ChevronUp className="icon" aria-hidden="true" />
        </Button>
        <Button className="btn quiet only-icon" aria-label={words.next} onPress={() => onStep(1)}>
          <ChevronDown className="icon" aria-hidden="true" />
        </Button>
        <Button ref={closeRef} className="btn quiet only-icon" aria-label={words.close} onPress={onClose}>
          <Close className="icon" aria-hidden="true" />
        </Button>
      </div>
    </header>
  );
}
