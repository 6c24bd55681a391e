/**
 * What runs in the thread that speaks to SQL Server? Started by `mssql-host.ts`, one for each source.
 *
 * A thread, because tedious 19 throws where nobody can catch it when a server sends what it should not: the whole process would end. And
 * because answers of many megabytes are taken apart here while the gateway goes on answering others.
 */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type Answer, type Login, type Question, type ToSession, type Trouble, troubles, welcome } from './mssql-messages.ts'
import { TediousSession } from './mssql-session.ts'

// An address where the driver expects a name is told to nobody here.
process.noDeprecation = true

parentPort?.on('message', ({ port }: { port: MessagePort }) => void serve(port, workerData as Login))

async function serve(port: MessagePort, login: Login): Promise<void> {
  let session: TediousSession | undefined
  let over = false
  const end = (): void => {
    over = true
    session?.end()
    port.close()
  }
  port.on('message', (said: ToSession) => {
    if (said === 'end') return end()
    void answerTo(said.question, session).then(answer => port.postMessage({ id: said.id, answer }))
  })
  port.on('close', () => session?.end())
  const answer = await attempt(async () => {
    const tedious = await loaded()
    // What was asked is answered first: the reason is better news than the loss.
    session = new TediousSession(tedious, login, () => setImmediate(() => port.postMessage('gone')))
    if (over) session.end()
    else await session.connect()
    return { done: true }
  })
  port.postMessage({ id: welcome, answer })
}

async function loaded(): Promise<typeof import('tedious')> {
  const { default: tedious } = await import('tedious').catch(() => {
    throw Object.assign(new Error('the driver cannot be loaded'), { code: troubles.missing })
  })
  return tedious
}

async function answerTo(question: Question, session: TediousSession | undefined): Promise<Answer> {
  if (!session) return { trouble: { code: troubles.gone, numbers: [], message: 'there is no connection' } }
  switch (question.ask) {
    case 'describe':
      return attempt(async () => ({ facts: await session.describe(question.text) }))
    case 'run':
      return attempt(async () => ({ rows: await session.run(question.text, question.parameters, question.limitBytes) }))
    case 'cancel':
      session.cancel()
      return { done: true }
  }
}

async function attempt(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    return { trouble: toldOf(error) }
  }
}

function toldOf(error: unknown): Trouble {
  const { code, numbers, message } = error as Partial<Trouble>
  return { code: String(code ?? troubles.protocol), numbers: numbers ?? [], message: String(message ?? error) }
}
