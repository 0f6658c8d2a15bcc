import type { Answer, Ask } from '#offline/protocol.ts';

/** Asks the worker of this site; false where there is none. Every answer is heard. */
export async function askWorker(ask: Ask, hear: (answer: Answer) => void): Promise<boolean> {
  const workers = navigator.serviceWorker;
  const registration = await workers?.getRegistration(import.meta.env.BASE_URL);
  // A worker that is being started is waited for; where none is registered there is nothing to wait for.
  const worker = registration?.active ?? (registration?.installing ? (await workers.ready).active : null);
  if (!worker) return false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Answer>) => hear(data);
  worker.postMessage(ask, [port2]);
  return true;
}
