import { expect, test } from 'vitest'
import { Answered, Revoked } from '../src/api'
import { countUnsent, enqueue, settle } from '../src/outbox'
import { BATCH, push, pushPhotos } from '../src/push'
import { NOW, phone, Server } from './cast'

const jpeg = new Blob(['photo'], { type: 'image/jpeg' })

test('batches carry at most a hundred deeds', async () => {
  const db = await phone()
  const server = new Server()
  for (let i = 0; i < BATCH * 2 + 1; i++) await enqueue(db, { type: 'complaint', text: `${i}` }, undefined, NOW)
  await push(db, server, () => NOW)
  expect(server.calls).toBe(3)
})

test('one deed the server cannot read does not hold up the others', async () => {
  const db = await phone()
  const server = new Server()
  const take = server.push.bind(server)
  server.push = async (ops) => {
    if (ops.some((op) => op.type === 'complaint' && op.text === 'bad')) throw new Answered(422, 'invalid', '看不懂')
    return take(ops)
  }
  for (const text of ['a', 'b', 'bad', 'c', 'd']) await enqueue(db, { type: 'complaint', text }, undefined, NOW)
  await push(db, server, () => NOW)
  expect(server.kept.size).toBe(4)
  expect(await db.ops.where('state').equals('refused').toArray()).toMatchObject([{ message: '看不懂' }])
})

test('an answer that speaks of none of the deeds does not make the phone ask for ever', async () => {
  const db = await phone()
  const server = new Server()
  server.push = async () => ({ server_time: '', results: [] })
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  await push(db, server, () => NOW)
  expect(await countUnsent(db)).toBe(1)
})

test('being revoked is not mistaken for a bad batch', async () => {
  const db = await phone()
  const server = new Server()
  server.push = async () => { throw new Revoked(401, 'revoked', '已停用') }
  await enqueue(db, { type: 'complaint', text: 'x' }, undefined, NOW)
  await expect(push(db, server, () => NOW)).rejects.toBeInstanceOf(Revoked)
})

test('a photo follows its record and never goes before it', async () => {
  const db = await phone()
  const server = new Server()
  const op = await enqueue(db, { type: 'record', task: 't1', outcome: 'met', base_version: 1 }, jpeg, NOW)
  await pushPhotos(db, server)
  expect(server.attached).toEqual([])
  await push(db, server, () => NOW)
  await pushPhotos(db, server)
  expect(server.attached).toEqual([op.id])
  expect(await db.photos.count()).toBe(0)
})

test('a photo of a refused record is not sent', async () => {
  const db = await phone()
  const server = new Server()
  const op = await enqueue(db, { type: 'record', task: 't1', outcome: 'met', base_version: 1 }, jpeg, NOW)
  await settle(db, [{ id: op.id, status: 'refused' }], NOW)
  await pushPhotos(db, server)
  expect(server.attached).toEqual([])
  expect(await db.photos.count()).toBe(0)
})
