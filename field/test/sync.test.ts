import { expect, test, vi } from 'vitest'
import { Answered, Revoked, Unreachable } from '../src/api'
import { enqueue } from '../src/outbox'
import { signIn, signOut } from '../src/session'
import { Syncer, type SyncState } from '../src/sync'
import { NOW, phone, Server } from './cast'

async function start(server = new Server(), now = () => NOW) {
  const db = await phone()
  const states: SyncState[] = []
  const farewells: string[] = []
  const syncer = new Syncer(db, server, { changed: (state) => states.push(state), farewell: (message) => farewells.push(message) }, now)
  return { db, server, syncer, states, farewells }
}

test('a round sends what waits and brings the list', async () => {
  const { db, server, syncer, states } = await start()
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  await syncer.run()
  syncer.stop()
  expect(server.kept.size).toBe(1)
  expect(await db.tasks.count()).toBe(1)
  expect(states.at(-1)?.phase).toBe('idle')
})

test('a revoked phone keeps nothing but the message', async () => {
  const { db, server, syncer, farewells } = await start()
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  server.push = async () => { throw new Revoked(401, 'device_revoked', '这台手机已被停用') }
  await syncer.run()
  expect(farewells).toEqual(['这台手机已被停用'])
  expect(await Promise.all(db.tables.map((table) => table.count()))).toEqual(db.tables.map(() => 0))
})

const LATER = () => NOW + 2 * 86_400_000

test('when the time has run out the phone says what it has to say and empties itself', async () => {
  const { db, server, syncer } = await start()
  await syncer.run()
  syncer.stop()
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  const farewells: string[] = []
  await new Syncer(db, server, { changed() {}, farewell: (m) => farewells.push(m) }, LATER).run()
  expect(server.kept.size).toBe(1)
  expect(farewells).toEqual([''])
  expect(await db.tasks.count()).toBe(0)
})

test('when the time has run out the phone empties itself also without a network', async () => {
  const { db, server, syncer } = await start()
  await syncer.run()
  syncer.stop()
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  server.push = async () => { throw new Unreachable('no') }
  const farewells: string[] = []
  await new Syncer(db, server, { changed() {}, farewell: (m) => farewells.push(m) }, LATER).run()
  expect(farewells).toEqual([''])
  expect(await Promise.all(db.tables.map((table) => table.count()))).toEqual(db.tables.map(() => 0))
})

test('a clock days ahead does not empty the phone', async () => {
  const ahead = () => NOW + 9 * 86_400_000
  const { db, syncer, farewells } = await start(new Server(), ahead)
  await syncer.run()
  await syncer.run()
  syncer.stop()
  expect(farewells).toEqual([])
  expect(await db.tasks.count()).toBe(1)
})

test('without a network the phone says so, keeps everything and tries again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { db, server, syncer, states } = await start()
  const take = server.push.bind(server)
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  server.push = async () => { throw new Unreachable('no') }
  await syncer.run()
  expect(states.at(-1)?.phase).toBe('offline')
  server.push = take
  vi.advanceTimersByTime(2_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(server.kept.size).toBe(1))
  syncer.stop()
})

test('what the server refuses as a whole is shown in its own words', async () => {
  const { server, syncer, states } = await start()
  server.pull = async () => { throw new Answered(403, 'no_duty', '现在没有职责') }
  await syncer.run()
  syncer.stop()
  expect(states.at(-1)).toEqual({ phase: 'failed', message: '现在没有职责' })
})

test('signing in begins with an empty phone, signing out leaves one', async () => {
  const db = await phone()
  await enqueue(db, { type: 'complaint', text: 'of somebody before' }, undefined, NOW)
  const server = new Server()
  await signIn(db, server, { username: 'alice', password: 'secret' }, 'test')
  expect(await db.ops.count()).toBe(0)
  expect((await db.session.get('session'))!.token).toBe('t')
  server.leave = async () => { throw new Unreachable('no network') }
  await signOut(db, server)
  expect(await db.session.count()).toBe(0)
})
