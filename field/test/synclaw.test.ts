/** The laws everything rests on: old + changes = new; however often and in whatever order, each deed once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Unreachable } from '../src/api'
import { countUnsent, enqueue } from '../src/outbox'
import { apply, pull } from '../src/pull'
import { push } from '../src/push'
import { District, NOW, page, phone, Server } from './cast'

const id = fc.constantFrom('t1', 't2', 't3', 't4', 't5')
const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id }),
  fc.record({ kind: fc.constant('remove' as const), id }),
  fc.record({ kind: fc.constant('pull' as const), id }),
)

test('an old snapshot and the changes since make the new snapshot', async () => {
  await fc.assert(fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), async (changes, size) => {
    const district = new District()
    const db = await phone()
    const server = new Server()
    let version = 0
    const sync = async () => {
      const { cursor } = (await db.session.get('session'))!
      server.pages = district.since(cursor, size)
      await pull(db, server, () => NOW)
    }
    for (const step of changes) {
      if (step.kind === 'put') district.put(step.id, ++version)
      else if (step.kind === 'remove') district.remove(step.id)
      else await sync()
    }
    await sync()
    const fresh = await phone()
    server.pages = district.since(null, 100)
    await pull(fresh, server, () => NOW)
    expect(await db.tasks.toArray()).toEqual(await fresh.tasks.toArray())
  }), { numRuns: 60 })
})

const mood = fc.constantFrom('fine' as const, 'lost_request' as const, 'lost_answer' as const)

test('whatever is lost and repeated, every deed arrives once and none stays behind', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 230 }), fc.array(mood, { maxLength: 12 }), async (deeds, moods) => {
    const queue = [...moods]
    const server = new Server(() => queue.shift() ?? 'fine')
    const db = await phone()
    for (let i = 0; i < deeds; i++) await enqueue(db, { type: 'complaint', text: `${i}` }, undefined, NOW)
    for (let round = 0; round <= moods.length; round++) {
      await push(db, server, () => NOW).catch((error) => expect(error).toBeInstanceOf(Unreachable))
    }
    expect([...server.kept.values()].map((op) => (op.type === 'complaint' ? Number(op.text) : -1))).toEqual([...Array(deeds).keys()])
    expect(await countUnsent(db)).toBe(0)
  }), { numRuns: 15 })
})

test('two pushes at once leave each deed once', async () => {
  const db = await phone()
  const server = new Server()
  for (let i = 0; i < 150; i++) await enqueue(db, { type: 'complaint', text: `${i}` }, undefined, NOW)
  await Promise.all([push(db, server, () => NOW), push(db, server, () => NOW)])
  expect(server.kept.size).toBe(150)
  expect(await countUnsent(db)).toBe(0)
})

test('the same page twice changes nothing', async () => {
  const db = await phone()
  await apply(db, [page()], NOW)
  const once = await db.rows()
  await apply(db, [page({ full: false })], NOW)
  expect(await db.rows()).toEqual(once)
})
