import type { About } from '../api';
import { icons } from '../icons';
import { texts } from '../texts';

const words = texts.welcome;

interface Props {
  about: About | undefined;
  /** Undefined until there is a connection. */
  send: ((question: string) => void) | undefined;
  addPhoto: () => void;
}

/** The first thing a visitor sees: what this is, what it is not, and how to begin. */
export function Welcome({ about, send, addPhoto }: Props) {
  return (
    <div className="welcome">
      <h2>{words.title}</h2>
      <p className="welcome__lead">{words.lead}</p>
      <button type="button" className="button button--primary button--large" onClick={addPhoto} disabled={!about}><icons.photo />{words.addPhoto}</button>
      <div className="welcome__columns">
        <section>
          <h3>{words.isTitle}</h3>
          <ul>{words.is.map((line) => <li key={line}>{line}</li>)}</ul>
        </section>
        <section>
          <h3>{words.isNotTitle}</h3>
          <ul>
            {words.isNot.map((line) => <li key={line}>{line}</li>)}
            {about?.model && <li>{words.knows(about.model.labels)}</li>}
          </ul>
        </section>
      </div>
      <p className="welcome__ask">{words.orAsk}</p>
      <ul className="suggestions">
        {words.questions.map((question) => <li key={question}><button type="button" className="chip" disabled={!send} onClick={() => send?.(question)}>{question}</button></li>)}
      </ul>
    </div>
  );
}
