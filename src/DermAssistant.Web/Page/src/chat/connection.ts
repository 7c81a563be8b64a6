// The chat's connection: a session of the server, a Direct Line to it, and a new one of both when the old one cannot go on.
import { createDirectLine, createStore } from 'botframework-webchat';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, CallFailed, type Session } from '../api';
import { isFromUser, type ChatActivity } from './activity';
import { deliver, failAtOnce, type ChatStore } from './delivery';
import { growing } from './streams';

// Numbers of botframework-directlinejs' ConnectionStatus.
const online = 2;
/** Expired, failed, ended: this connection will not come back by itself. */
const lost: ReadonlySet<number> = new Set([3, 4, 5]);
const longestPause = 30_000;

export interface Connection {
  key: number;
  session: Session;
  directLine: ReturnType<typeof createDirectLine>;
  store: ReturnType<typeof createStore>;
  /** What the connection before this one could not deliver. */
  undelivered: { text: string; photos: boolean } | undefined;
}

export type Chat =
  | { state: 'starting' }
  | { state: 'failed'; why: string }
  | { state: 'open' | 'renewing'; connection: Connection };

let keys = 0;

function connect(session: Session, before: Connection | undefined): Connection {
  const directLine = createDirectLine({
    domain: new URL('v3/directline', document.baseURI).href,
    token: session.token,
    // With a watermark the server sends again what was said before.
    ...(session.resumed ? { conversationId: session.conversationId, watermark: '0' } : {}),
  });
  failAtOnce(directLine);
  const undelivered = before && session.conversationId === before.session.conversationId ? undeliveredOf(before) : undefined;
  return { key: ++keys, session, directLine, store: createStore({}, deliver(), growing()), undelivered };
}

function undeliveredOf(connection: Connection): Connection['undelivered'] {
  const waiting = activitiesOf(connection.store)
    .filter((activity) => isFromUser(activity) && activity.type === 'message' && activity.channelData?.['webchat:send-status'] !== 'sent');
  return waiting.length === 0 ? undefined : {
    text: waiting.map(({ text }) => text).filter(Boolean).join('\n'),
    photos: waiting.some(({ attachments }) => attachments && attachments.length > 0),
  };
}

/** What has been said, in order. */
export function activitiesOf(store: Connection['store']): readonly ChatActivity[] {
  return (store as unknown as ChatStore).getState().activities;
}

export function useConnection(): { chat: Chat; startNew: () => Promise<void>; retry: () => void } {
  const [chat, setChat] = useState<Chat>({ state: 'starting' });
  const current = useRef<Connection>();
  const attempts = useRef(0);

  const open = useCallback(async (fresh: boolean) => {
    const session = await api.session(fresh);
    const before = current.current;
    // First the new one: the end of the old one must not look like a loss.
    current.current = connect(session, fresh ? undefined : before);
    before?.directLine.end();
    setChat({ state: 'open', connection: current.current });
  }, []);

  const start = useCallback(() => {
    open(false).catch((error: unknown) => setChat({ state: 'failed', why: error instanceof CallFailed ? error.message : '' }));
  }, [open]);
  useEffect(start, [start]);

  const connection = 'connection' in chat ? chat.connection : undefined;
  useEffect(() => {
    if (!connection) return;
    let timer: number | undefined;
    let renewing = false;
    const renew = () => {
      // A loss is told more than once, as expired and as failed; one new session is enough.
      if (renewing || current.current !== connection) return;
      renewing = true;
      setChat({ state: 'renewing', connection });
      const pause = Math.min(longestPause, 500 * 2 ** attempts.current++);
      timer = window.setTimeout(() => {
        open(false).catch(() => {
          renewing = false;
          renew();
        });
      }, pause);
    };
    const watching = connection.directLine.connectionStatus$.subscribe((status: number) => {
      if (status === online) attempts.current = 0;
      if (lost.has(status)) renew();
    });
    return () => {
      watching.unsubscribe();
      clearTimeout(timer);
    };
  }, [connection, open]);

  const startNew = useCallback(() => open(true), [open]);
  const retry = useCallback(() => {
    setChat({ state: 'starting' });
    start();
  }, [start]);
  return { chat, startNew, retry };
}
