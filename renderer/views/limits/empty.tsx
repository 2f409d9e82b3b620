import Play from "lucide-react/icons/play";
import { Button } from "react-aria-components";
import { Say } from "../../components/say.tsx";
import { call } from "../../state/channel.ts";
import { useWords } from "../../state/words.ts";

/** Nobody runs: what would be here, and one thing to do next. */
export function Empty() {
  const { empty } = useWords().limits;
  return (
    <div className="limits-empty">
      <Say first={[empty.title]} second={[empty.text]} />
      <Button className="btn main" onPress={() => void call("source", { use: "sample" }).catch(() => null)}>
        <Play className="icon" fill="currentColor" aria-hidden="true" />
        {empty.replay}
      </Button>
      <Button className="btn" onPress={() => void call("retry", {}).catch(() => null)}>
        {empty.again}
      </Button>
    </div>
  );
}
