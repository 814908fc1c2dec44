/** Operations made on this phone. None is forgotten before the server has answered for it. */
import type { Entry, PhoneDb } from './db'
import { uuid7 } from './ids'
import type { Draft, Id, Op, Result } from './protocol'

export const UNSENT = ['waiting', 'sent'] as const
export const isUnsent = (entry: Entry) => entry.state === 'waiting' || entry.state === 'sent'
export const needsReading = (entry: Entry) =>
  (entry.state === 'conflict' || entry.state === 'refused') && !entry.read

/** Writes one operation; when this resolves it survives the death of the phone. */
export async function enqueue(db: PhoneDb, draft: Draft, jpeg?: Blob, now = Date.now()): Promise<Op> {
  const op = { ...draft, id: uuid7(now), at: new Date(now).toISOString() } as Op
  await db.transaction('rw', db.ops, db.photos, async () => {
    await db.ops.add({ id: op.id, state: 'waiting', op, tries: 0 })
    if (jpeg) await db.photos.add({ record: op.id, jpeg })
  })
  return op
}

/** The oldest unsent operations, marked as on their way: after a lost answer they simply go again. */
export async function takeBatch(db: PhoneDb, limit: number): Promise<Op[]> {
  return db.transaction('rw', db.ops, async () => {
    const entries = await db.ops.orderBy('id').filter(isUnsent).limit(limit).toArray()
    await db.ops.bulkPut(entries.map((entry) => ({ ...entry, state: 'sent', tries: entry.tries + 1 })))
    return entries.map((entry) => entry.op)
  })
}

export async function settle(db: PhoneDb, results: Result[], now = Date.now()): Promise<void> {
  await db.transaction('rw', db.ops, async () => {
    for (const { id, status, code, message } of results) {
      const state = status === 'repeated' ? 'accepted' : status
      await db.ops.update(id, { state, code, message, settled_at: now })
    }
  })
}

export async function markRead(db: PhoneDb, id: Id): Promise<void> {
  await db.ops.update(id, { read: true })
}

export async function countUnsent(db: PhoneDb): Promise<number> {
  return db.ops.where('state').anyOf(...UNSENT).count()
}
