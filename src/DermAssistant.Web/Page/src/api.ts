// What the page asks of its server, beside the chat itself. docs/channels.md describes each call.

export interface About {
  ready: boolean;
  model: { id: string; version: string; labels: string; calibrated: boolean } | null;
  /** `narrator`, or the name of a language model. */
  chat: string;
  cases: number;
  conversationHours: number;
  consent: boolean;
  limits: Limits;
}

export interface Limits {
  photoBytes: number;
  photosPerMessage: number;
  accept: string[];
}

export interface Session {
  conversationId: string;
  token: string;
  expiresIn: number;
  user: string;
  consent: boolean;
  resumed: boolean;
}

/** A call the server refused or never got. `message` is for the user. */
export class CallFailed extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/page/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new CallFailed(0, '');
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({})) as { title?: string; detail?: string; remedy?: string };
    throw new CallFailed(response.status, [problem.detail ?? problem.title, problem.remedy].filter(Boolean).join(' '));
  }
  return response;
}

export const api = {
  about: async () => await (await call('GET', 'about')).json() as About,
  session: async (fresh: boolean) => await (await call('POST', 'session', { fresh })).json() as Session,
  consent: async () => { await call('POST', 'consent', { agreed: true }); },
  answer: async <T>(id: string) => await (await call('GET', `answers/${encodeURIComponent(id)}`)).json() as T,
  rate: async (id: string, helpful: boolean, comment: string | null) => {
    await call('POST', `answers/${encodeURIComponent(id)}/rating`, { helpful, comment });
  },
  erase: async () => { await call('DELETE', 'data'); },
  exportUrl: (conversation: string) => `api/page/conversations/${encodeURIComponent(conversation)}/export`,
};
