// What becomes of a sent message, where Web Chat and its Direct Line leave the person in the dark.
import type { createDirectLine } from 'botframework-webchat';
import type { ChatActivity } from './activity';

// The parts of Web Chat's store and of its actions that are used here.
export interface ChatAction { type: string; meta?: { clientActivityID?: string }; payload?: { activity?: ChatActivity; activityID?: string } }
export interface ChatStore { dispatch: (action: ChatAction) => unknown; getState: () => { activities: ChatActivity[] } }

/** What botframework-directlinejs gives for the id of a message that it could not send. */
const notSent = 'retry';

/** A message that does not get through is said to have failed when that is known; left alone, Web Chat shows it as on its way for two minutes. */
export function failAtOnce(directLine: ReturnType<typeof createDirectLine>): void {
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) => post(activity).map((id) => {
    if (id === notSent) throw new Error('The message did not reach the server.');
    return id;
  });
}

/**
 * Middleware of a chat's store. A message that the server sends back has arrived, also where the reply to sending it was lost; Web Chat
 * would offer to send it twice. And a message sent again takes its photos along and the place of the one that failed; Web Chat forgets the
 * photos and keeps both.
 */
export const deliver = () => {
  const photos = new Map<string, (string | undefined)[]>();
  return ({ dispatch, getState }: ChatStore) => (next: (action: ChatAction) => unknown) => (action: ChatAction) => {
    const activity = action.payload?.activity;
    switch (action.type) {
      case 'DIRECT_LINE/POST_ACTIVITY_PENDING':
        if (action.meta?.clientActivityID && activity?.attachments?.length) {
          photos.set(action.meta.clientActivityID, activity.attachments.map(({ contentUrl }) => contentUrl));
        }
        break;
      case 'DIRECT_LINE/POST_ACTIVITY': {
        const again = String(activity?.channelData?.clientActivityID);
        const failed = getState().activities.find(({ channelData }) => channelData?.clientActivityID === again);
        if (!activity || !failed) break;
        // The message that failed makes way for this one; only one with an id can be taken out.
        next({ type: 'DIRECT_LINE/POST_ACTIVITY_FULFILLED', meta: { clientActivityID: again }, payload: { activity: { ...failed, id: again } } });
        next({ type: 'DIRECT_LINE/DELETE_ACTIVITY', payload: { activityID: again } });
        const held = photos.get(again);
        photos.delete(again);
        const attachments = activity.attachments?.map((attachment, index) => ({ ...attachment, contentUrl: held?.[index] }));
        return next({ ...action, payload: { ...action.payload, activity: { ...activity, attachments } as ChatActivity } });
      }
      case 'DIRECT_LINE/POST_ACTIVITY_FULFILLED': {
        const id = action.meta?.clientActivityID ?? '';
        for (const url of photos.get(id) ?? []) if (url) URL.revokeObjectURL(url);
        photos.delete(id);
        break;
      }
    }
    const result = next(action);
    if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY' || action.type === 'DIRECT_LINE/POST_ACTIVITY_REJECTED') {
      // Only the server gives a message its id.
      const arrived = getState().activities.find(({ id, channelData }) => id !== undefined && channelData?.['webchat:send-status'] === 'send failed');
      if (arrived) {
        const clientActivityID = String(arrived.channelData?.clientActivityID);
        dispatch({ type: 'DIRECT_LINE/POST_ACTIVITY_FULFILLED', meta: { clientActivityID }, payload: { activity: arrived } });
      }
    }
    return result;
  };
};
