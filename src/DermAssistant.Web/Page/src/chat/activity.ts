// What the page reads of an activity. Web Chat hands them on as they came.

export interface ChatActivity {
  id?: string;
  type: string;
  text?: string;
  replyToId?: string;
  from?: { role?: string };
  attachments?: ChatAttachment[];
  channelData?: {
    answerId?: string;
    streamId?: string;
    streamType?: string;
    /** What has been done so far, of a message that grows; the last is being done. */
    steps?: string[];
    'webchat:send-status'?: string;
    [name: string]: unknown;
  };
}

export interface ChatAttachment {
  contentType: string;
  contentUrl?: string;
  thumbnailUrl?: string;
  name?: string;
  content?: unknown;
}

export function isFromUser(activity: ChatActivity): boolean {
  return activity.from?.role === 'user';
}

/** The id of the answer that a finished message is, if it is one. */
export function answerOf(activity: ChatActivity): string | undefined {
  return activity.type === 'message' && !isFromUser(activity) ? activity.channelData?.answerId : undefined;
}

export function isProgress(activity: ChatActivity): boolean {
  return activity.type === 'typing' && activity.channelData?.streamType === 'informative' && !!activity.text;
}

/** What a message's Markdown says as plain text: the server sends sentences in which every sign that Markdown would read is escaped. */
export function plain(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}

export function isBeingWritten(activity: ChatActivity): boolean {
  return activity.channelData?.streamType === 'streaming';
}
