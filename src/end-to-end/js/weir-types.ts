/** How programs use the types of weir.js. Only compiled: each line with an error must have one, and no other line may. */
import { Weir, WeirError } from '../../../target/classes/chat/weir/http/client/weir.js';

export async function program(): Promise<string> {
  const weir = new Weir('ws://localhost:8080/fishing', { firstDelay: 100 });
  // @ts-expect-error: durations are numbers
  new Weir('ws://localhost:8080/fishing', { firstDelay: '100' });
  // @ts-expect-error: there is no such option
  new Weir('ws://localhost:8080/fishing', { retries: 3 });
  weir.on('message', ({ id, user, text, channel, timestamp }) => {
    const line: string = user + text + channel;
    const sum: number = id + timestamp;
    // @ts-expect-error: ids are numbers
    const wrong: string = id;
    return [line, sum, wrong];
  });
  weir.on('state', ({ state, delay }) => {
    // @ts-expect-error: there is no such state
    return state === 'opened' ? delay : null;
  });
  weir.on('lost', ({ error }) => error.reason?.length);
  weir.on('read', ({ id, user }) => {
    // @ts-expect-error: a confirmation has no id
    id.toFixed();
    return user?.length;
  });
  weir.on('users', ({ users }) => users.length);
  await weir.connect();
  const { user } = await weir.identify('heron');
  const { id } = await weir.send('anything biting?', { channel: 'fishing' });
  await weir.markRead(id, { channel: 'fishing' });
  await weir.edit(id, 'nothing biting');
  await weir.react(id, '\u{1F44D}', { channel: 'fishing' });
  // @ts-expect-error: the emoji is missing
  await weir.unreact(id);
  // @ts-expect-error: ids are numbers
  await weir.delete('7');
  const { messages, next } = await weir.history({ before: id, limit: 10 });
  // @ts-expect-error: the name may be gone
  user.length;
  // @ts-expect-error: there may be no next page
  next.toFixed();
  await weir.request('mute', { user: 'bob', duration: 600 }).catch((error: WeirError) => error.retryAfter);
  // @ts-expect-error: the state is changed by the client only
  weir.user = 'egret';
  return messages.map(({ text }) => text).join();
}
