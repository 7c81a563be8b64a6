// What is said in pieces is one message that grows.
import type { ChatAction, ChatStore } from './delivery';

/**
 * Middleware of a chat's store: each piece takes the place of the one before it, and the message that
 * replies takes the place of the last piece, also where another process says it because the first was killed.
 *
 * Web Chat 4.18.1 keeps every piece and finds what belongs together by what it showed before. Pieces that arrive at once, as a short answer
 * does on a slow machine, were not shown before: each then stands in the chat as a message of its own.
 */
export const growing = () => ({ getState }: ChatStore) => (next: (action: ChatAction) => unknown) => (action: ChatAction) => {
  const { type, payload } = action;
  const said = payload?.activity;
  if (type !== 'DIRECT_LINE/INCOMING_ACTIVITY' || !said) return next(action);
  const stream = said.channelData?.streamId;
  if (said.type === 'typing' && stream) {
    const before = getState().activities.find(({ id }) => id === stream)?.channelData?.steps ?? [];
    const steps = said.channelData?.streamType === 'informative' && said.text ? [...before, said.text] : before;
    return next({ ...action, payload: { ...payload, activity: { ...said, id: stream, channelData: { ...said.channelData, steps } } } });
  }
  // First what is finished, then away with what was not: seen in between, the two are still taken for one.
  const result = next(action);
  if (said.type === 'message' && said.replyToId) {
    const unfinished = getState().activities.filter((activity) => activity.type === 'typing' && activity.replyToId === said.replyToId);
    for (const { id } of unfinished) if (id) next({ type: 'DIRECT_LINE/DELETE_ACTIVITY', payload: { activityID: id } });
  }
  return result;
};
