/** Brings the mirror up to the server's state: each step one transaction, so a kill leaves the old or the new. */
import type { Api } from './api'
import { MIRROR, type Mirror, type PhoneDb, type Session } from './db'
import { isCovered, known } from './overlay'
import { needsReading } from './outbox'
import type { Gone, Page } from './protocol'

/** What a tombstone calls a row, and the table that holds it. */
const TABLE_OF: Record<string, Mirror> = {
  grid: 'grids', building: 'buildings', dwelling: 'dwellings', premises: 'premises', person: 'people',
  campaign: 'campaigns', form: 'forms', task: 'tasks',
}
const tableOf = (gone: Gone): Mirror | undefined =>
  TABLE_OF[gone.kind] ?? MIRROR.find((name) => name === gone.kind)

export async function pull(db: PhoneDb, api: Api, now: () => number = Date.now): Promise<void> {
  const session = await db.session.get('session')
  if (!session) return
  let { cursor } = session
  let pages: Page[] = []
  let more = true
  while (more) {
    const page = await api.pull(cursor)
    pages.push(page)
    more = page.more
    cursor = page.cursor
    // A replacement is held back until it is whole: a worker on the stairs keeps the old list until then.
    if (pages[0]!.full && more) continue
    await apply(db, pages, now(), session.token)
    pages = []
  }
}

export async function apply(db: PhoneDb, pages: Page[], now: number, token?: string): Promise<void> {
  await db.transaction('rw', [...db.mirror(), db.session, db.ops, db.photos], async () => {
    // Whoever signed out while the list was on its way must not find it on the phone afterwards.
    const session = await db.session.get('session')
    if (!session || (token && session.token !== token)) return
    for (const page of pages) {
      if (page.full) await Promise.all(db.mirror().map((table) => table.clear()))
      for (const gone of page.gone) {
        const table = tableOf(gone)
        if (table) await db.table(table).delete(gone.id)
      }
      await Promise.all(MIRROR.map((name) => db.table(name).bulkPut(page[name] ?? [])))
    }
    await remember(db, pages[pages.length - 1]!, now)
    await prune(db, now)
  })
}

async function remember(db: PhoneDb, page: Page, now: number): Promise<void> {
  const facts: Partial<Session> = {
    cursor: page.cursor, me: page.me, tags: page.tags, expires_at: page.expires_at, pulled_at: now,
    skew: Date.parse(page.server_time) - now,
  }
  await db.session.update('session', facts)
}

/** Drops answered deeds that the mirror now tells by itself, once the worker has read what was said of them. */
async function prune(db: PhoneDb, now: number): Promise<void> {
  const settled = await db.ops.where('state').anyOf('accepted', 'conflict', 'refused').toArray()
  if (!settled.length) return
  const server = known(
    { tasks: await db.tasks.toArray(), people: await db.people.toArray() }, now)
  const kept = new Set(await db.photos.toCollection().primaryKeys())
  const done = settled.filter((entry) =>
    !kept.has(entry.id) && !needsReading(entry) && (entry.state === 'refused' || isCovered(entry, server)))
  await db.ops.bulkDelete(done.map((entry) => entry.id))
}
