import { Components, hooks } from 'botframework-webchat';
import { useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import { useAnswers } from '../evidence/answers';
import { icons } from '../icons';
import { useOnline } from '../shell/layout';
import { texts } from '../texts';
import { answerOf, type ChatActivity } from './activity';
import type { Connection } from './connection';
import { activityMiddleware, activityStatusMiddleware, attachmentMiddleware, typingIndicatorMiddleware } from './middleware';
import { cardStyle, styleOptions } from './webChatStyle';

type ComposerProps = ComponentProps<typeof Components.Composer>;

interface Props {
  connection: Connection;
  nonce: string;
  renewing: boolean;
  /** Shown instead of an empty transcript. */
  welcome: (send: ((text: string) => void) | undefined) => ReactNode;
  sendBox: ReactNode;
}

export function ChatView({ connection, nonce, renewing, welcome, sendBox }: Props) {
  return (
    <Components.Composer
      key={connection.key}
      directLine={connection.directLine as ComposerProps['directLine']}
      store={connection.store as ComposerProps['store']}
      nonce={nonce}
      locale="en-US"
      styleOptions={styleOptions}
      adaptiveCardsHostConfig={cardStyle}
      activityMiddleware={activityMiddleware as unknown as ComposerProps['activityMiddleware']}
      activityStatusMiddleware={activityStatusMiddleware as unknown as ComposerProps['activityStatusMiddleware']}
      attachmentMiddleware={attachmentMiddleware as unknown as ComposerProps['attachmentMiddleware']}
      typingIndicatorMiddleware={typingIndicatorMiddleware as unknown as ComposerProps['typingIndicatorMiddleware']}
    >
      <Components.AccessKeySinkSurface className="chat__surface" role="presentation">
        <ConnectionNotice renewing={renewing} />
        <Transcript welcome={welcome} resumed={connection.session.resumed} />
        {sendBox}
        <FollowAnswers />
      </Components.AccessKeySinkSurface>
    </Components.Composer>
  );
}

const replayPatience = 1500;

function Transcript({ welcome, resumed }: Pick<Props, 'welcome'> & { resumed: boolean }) {
  const [activities] = hooks.useActivities();
  const sendMessage = hooks.useSendMessage();
  const [connectivity] = hooks.useConnectivityStatus();
  // What was said before comes a moment after the connection; no welcome flashes up until then.
  const [patient, setPatient] = useState(resumed);
  useEffect(() => {
    if (!patient || connectivity !== 'connected') return;
    const timer = setTimeout(() => setPatient(false), replayPatience);
    return () => clearTimeout(timer);
  }, [patient, connectivity]);
  const begun = activities.some((activity) => activity.type === 'message');
  if (!begun && !patient) return <div className="chat__welcome">{welcome(connectivity === 'connected' || connectivity === 'reconnected' ? (text) => sendMessage(text) : undefined)}</div>;
  return <Components.BasicTranscript className="chat__transcript" />;
}

/** The evidence panel follows the conversation: the newest answer is shown when it arrives. */
function FollowAnswers() {
  const [activities] = hooks.useActivities();
  const { arrived } = useAnswers();
  const newest = (activities as readonly ChatActivity[]).map(answerOf).findLast((id) => id !== undefined);
  useEffect(() => {
    if (newest) arrived(newest);
  }, [newest, arrived]);
  return null;
}

function ConnectionNotice({ renewing }: { renewing: boolean }) {
  const [connectivity] = hooks.useConnectivityStatus();
  // Web Chat itself notices a lost line only when it tries to connect again.
  const away = !useOnline() || renewing || connectivity === 'reconnecting' || connectivity === 'error' || connectivity === 'notconnected';
  return (
    <div className="connection" role="status">
      {away && <p><icons.warning /> {texts.chat.reconnecting}</p>}
    </div>
  );
}
