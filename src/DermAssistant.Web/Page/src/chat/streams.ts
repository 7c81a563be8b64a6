// What is said in pieces is one message that grows.
import type { ChatAction, ChatStore } from './delivery';

/**
 * Middleware of a chat's store: each piece takes the place of the one before it, and the finished message that of the last piece.
 *
 * Web Chat 4.18.1 keeps every piece and finds what belongs together by what it showed before. Pieces that arrive at once, as a short answer
 * does on a slow machine, were not shown before: each then stands in the chat as a message of its own.
 */
export const growing = () => ({ getState }: ChatStore) => (next: (action: ChatAction) => unknown) => (action: ChatAction) => {
  const piece = action.payload?.activity;
  const stream = piece?.channelData?.streamId;
  if (action.type !== 'DIRECT_LINE/INCOMING_ACTIVITY' || !piece || !stream) return next(action);
  if (piece.type === 'typing') {
    const before = getState().activities.find(({ id }) => id === stream)?.channelData?.steps ?? [];
    const steps = piece.channelData?.streamType === 'informative' && piece.text ? [...before, piece.text] : before;
    return next({ ...action, payload: { ...action.payload, activity: { ...piece, id: stream, channelData: { ...piece.channelData, steps } } } });
  }
  // First what is finished, then away with what was not: seen in between, the two are still taken for one.
  const result = next(action);
  next({ type: 'DIRECT_LINE/DELETE_ACTIVITY', payload: { activityID: stream } });
  return result;
};
