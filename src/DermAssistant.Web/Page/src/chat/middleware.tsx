// What this page draws itself inside Web Chat's transcript: photos, progress, answers. All else is Web Chat's.
import type { ReactNode } from 'react';
import { answerOf, isBeingWritten, isFromUser, isProgress, type ChatActivity, type ChatAttachment } from './activity';
import { AnswerText } from './AnswerText';
import { PhotoBubble } from './PhotoBubble';
import { Progress, Working } from './Progress';

// Web Chat's own middleware types are unions of all its versions; these are the parts used here.
type ActivityArgument = { activity: ChatActivity };
type AttachmentArgument = { activity: ChatActivity; attachment: ChatAttachment };
type Next<TArgument, TResult> = (argument: TArgument, ...more: unknown[]) => TResult;
type Middleware<TArgument, TResult> = () => (next: Next<TArgument, TResult>) => Next<TArgument, TResult>;
type Renderer = false | ((...parts: never[]) => ReactNode);

export const activityMiddleware: Middleware<ActivityArgument, Renderer> = () => (next) => (argument, ...more) => {
  const { activity } = argument;
  // Web Chat 4.18 leaves out what a stream says before its first words; here it tells what is being done.
  if (isProgress(activity)) return () => <Progress activity={activity} />;
  // The evidence panel says what an answer's card says, and more.
  if (answerOf(activity) && activity.attachments?.some(isCard)) {
    return next({ ...argument, activity: { ...activity, attachments: activity.attachments.filter((attachment) => !isCard(attachment)) } }, ...more);
  }
  return next(argument, ...more);
};

export const attachmentMiddleware: Middleware<AttachmentArgument, ReactNode> = () => (next) => (argument, ...more) => {
  const { activity, attachment } = argument;
  if (attachment.contentType.startsWith('image/')) return <PhotoBubble attachment={attachment} />;
  const id = answerOf(activity);
  if ((id || isBeingWritten(activity)) && !isFromUser(activity) && attachment.contentType.startsWith('text/') && typeof attachment.content === 'string') {
    return <AnswerText id={id} text={attachment.content} />;
  }
  return next(argument, ...more);
};

/** Instead of Web Chat's dots, which would stand below the progress too. */
export const typingIndicatorMiddleware = () => () => ({ activeTyping }: { activeTyping: Record<string, { role: string; type: string }> }) =>
  Object.values(activeTyping).some(({ role, type }) => role === 'bot' && type === 'busy') && <Working />;

/** An answer has its own line of thumbs and origin below it; Web Chat's would be a second one. */
export const activityStatusMiddleware: Middleware<ActivityArgument, ReactNode> = () => (next) => (argument, ...more) =>
  answerOf(argument.activity) ? false : next(argument, ...more);

function isCard(attachment: ChatAttachment): boolean {
  return attachment.contentType === 'application/vnd.microsoft.card.adaptive';
}
