import { expect, test } from 'vitest'
import { Unreachable } from '../src/api'
import { enqueue, markRead, settle } from '../src/outbox'
import { apply, pull } from '../src/pull'
import { NOW, nothing, page, person, phone, Server, task } from './cast'

test('a replacement that breaks off half way leaves the old list whole', async () => {
  const db = await phone()
  await apply(db, [page()], NOW)
  const server = new Server()
  server.pages = [page({ tasks: [task('new')], more: true, cursor: '2' })]
  server.pull = async (cursor) => {
    if (cursor === '2') throw new Unreachable('cut')
    return server.pages[0]!
  }
  await expect(pull(db, server, () => NOW)).rejects.toThrow('cut')
  expect((await db.tasks.toArray()).map(({ id }) => id)).toEqual(['t1'])
  expect((await db.session.get('session'))!.cursor).toBe('1')
})

test('changes that break off half way are kept as far as they came', async () => {
  const db = await phone()
  await apply(db, [page()], NOW)
  const server = new Server()
  const first = page({ ...nothing, full: false, tasks: [task('t2')], more: true, cursor: '2' })
  server.pull = async (cursor) => {
    if (cursor === '2') throw new Unreachable('cut')
    return first
  }
  await expect(pull(db, server, () => NOW)).rejects.toThrow('cut')
  expect((await db.session.get('session'))!.cursor).toBe('2')
  expect(await db.tasks.count()).toBe(2)
})

test('tombstones take rows away, by whichever name the table goes', async () => {
  const db = await phone()
  await apply(db, [page({ people: [person('p1'), person('p2')] })], NOW)
  await apply(db, [page({ ...nothing, full: false, gone: [{ kind: 'person', id: 'p1' }, { kind: 'tasks', id: 't1' }, { kind: 'unheard-of', id: 'x' }] })], NOW)
  expect((await db.people.toArray()).map(({ id }) => id)).toEqual(['p2'])
  expect(await db.tasks.count()).toBe(0)
})

test('an accepted record is let go once the server tells of it, and not before', async () => {
  const db = await phone()
  await apply(db, [page()], NOW)
  const op = await enqueue(db, { type: 'record', task: 't1', outcome: 'met', base_version: 1 }, undefined, NOW)
  await settle(db, [{ id: op.id, status: 'accepted' }], NOW)
  await apply(db, [page({ ...nothing, full: false })], NOW)
  expect(await db.ops.count()).toBe(1)
  await apply(db, [page({ ...nothing, full: false, tasks: [task('t1', { version: 2, outcome: 'met', state: 'done' })] })], NOW)
  expect(await db.ops.count()).toBe(0)
})

test('a refused deed stays, with its text, until the worker has read why', async () => {
  const db = await phone()
  const op = await enqueue(db, { type: 'record', task: 't1', outcome: 'met', base_version: 1, note: '门口有狗' }, undefined, NOW)
  await settle(db, [{ id: op.id, status: 'refused', code: 'task_closed', message: '任务已结束' }], NOW)
  await apply(db, [page()], NOW)
  expect((await db.ops.get(op.id))!.op).toMatchObject({ note: '门口有狗' })
  await markRead(db, op.id)
  await apply(db, [page()], NOW)
  expect(await db.ops.count()).toBe(0)
})

test('a list that arrives after signing out is not kept', async () => {
  const db = await phone()
  const server = new Server()
  server.pull = async () => {
    await db.wipe()
    return page()
  }
  await pull(db, server, () => NOW)
  expect(await db.tasks.count()).toBe(0)
})

test('what has not been answered is never let go', async () => {
  const db = await phone()
  await enqueue(db, { type: 'complaint', text: '重复填表' }, undefined, NOW)
  await apply(db, [page()], NOW + 30 * 86_400_000)
  expect(await db.ops.count()).toBe(1)
})
