import { hooks } from 'botframework-webchat';
import { icons } from '../icons';
import { texts } from '../texts';
import { isProgress, plain, type ChatActivity } from './activity';

/** What has been done for an answer so far, and what is being done now. */
export function Progress({ activity }: { activity: ChatActivity }) {
  const steps = [...new Set(activity.channelData?.steps ?? [activity.text!])].map(plain);
  return (
    <ol className="progress" role="status">
      {steps.map((step, index) => (
        <li key={step} className={index === steps.length - 1 ? 'progress__step progress__step--now' : 'progress__step'}>
          {index === steps.length - 1 ? <span className="progress__pulse" aria-hidden="true" /> : <icons.check />}
          {capitalised(step)}
        </li>
      ))}
    </ol>
  );
}

/** Something is being done, and nothing has been said about it yet. */
export function Working() {
  const [activities] = hooks.useActivities();
  const newest = (activities as readonly ChatActivity[]).at(-1);
  if (newest && isProgress(newest)) return null;
  return <p className="progress progress__step progress__step--now" role="status"><span className="progress__pulse" aria-hidden="true" />{texts.chat.working}</p>;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
