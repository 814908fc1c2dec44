/** Sends the outbox. Safe to repeat, to interrupt and to run twice at once: the server knows each id. */
import { Answered, Revoked, type Api } from './api'
import type { PhoneDb } from './db'
import { settle, takeBatch } from './outbox'
import type { Op, Result } from './protocol'

export const BATCH = 100

export async function push(db: PhoneDb, api: Api, now: () => number = Date.now): Promise<void> {
  let limit = BATCH
  for (;;) {
    const ops = await takeBatch(db, limit)
    if (!ops.length) return
    const results = await send(api, ops, now())
    if (results) {
      // An answer that settles nothing would be asked for without end.
      if (!results.some((result) => ops.some((op) => op.id === result.id))) return
      await settle(db, results, now())
      limit = BATCH
    } else {
      limit = Math.max(1, Math.floor(ops.length / 2))
    }
  }
}

/** The server's verdicts, or null when the batch must be smaller: one bad operation may not hold up a hundred. */
async function send(api: Api, ops: Op[], now: number): Promise<Result[] | null> {
  try {
    return (await api.push(ops, new Date(now).toISOString())).results
  } catch (error) {
    if (!isAboutTheBatch(error)) throw error
    if (ops.length > 1) return null
    return [{ id: ops[0]!.id, status: 'refused', code: error.code, message: error.message }]
  }
}

const isAboutTheBatch = (error: unknown): error is Answered =>
  error instanceof Answered && !(error instanceof Revoked) && [400, 413, 422].includes(error.status)

/** Photos follow their records, one at a time; a photo the server will not have is let go, the record stands. */
export async function pushPhotos(db: PhoneDb, api: Api): Promise<void> {
  for (const { record, jpeg } of await db.photos.toArray()) {
    const entry = await db.ops.get(record)
    if (entry && (entry.state === 'waiting' || entry.state === 'sent')) continue
    if (entry && entry.state !== 'refused') {
      try {
        await api.attach(record, jpeg)
      } catch (error) {
        if (!(error instanceof Answered) || error instanceof Revoked || error.status >= 500 || error.status === 429) throw error
      }
    }
    await db.photos.delete(record)
  }
}
