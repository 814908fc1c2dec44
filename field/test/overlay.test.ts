import { expect, test } from 'vitest'
import type { Entry, OpState } from '../src/db'
import { overlay } from '../src/overlay'
import type { Op } from '../src/protocol'
import { ALICE, NOW, person, rows, task } from './cast'

const at = new Date(NOW).toISOString()
const entry = (op: Op, state: OpState = 'waiting', over: Partial<Entry> = {}): Entry => ({ id: op.id, op, state, tries: 0, ...over })
const record = (id: string, outcome: string, over: object = {}): Op =>
  ({ id, at, type: 'record', task: 't1', outcome, base_version: 1, ...over }) as Op
const only = (entries: Entry[], base = rows()) => overlay(base, entries, ALICE).tasks[0]!

test('a record closes its door at once', () => {
  expect(only([entry(record('1', 'met'))])).toMatchObject({ state: 'done', outcome: 'met', attempts: 1 })
})

test('nobody home leaves the door open, with one more attempt and the time to come again', () => {
  const next_try = '2026-03-02T11:00:00.000Z'
  expect(only([entry(record('1', 'nobody_home', { next_try }))])).toMatchObject({ state: 'open', attempts: 1, next_try })
})

test('a correction is not another attempt', () => {
  const entries = [entry(record('1', 'met')), entry(record('2', 'nobody_home', { supersedes: '1' }))]
  expect(only(entries)).toMatchObject({ state: 'open', outcome: 'nobody_home', attempts: 1 })
})

test('until the server has told its rule, the door is not tried again in this round', () => {
  expect(Date.parse(only([entry(record('1', 'nobody_home'))]).next_try!)).toBeGreaterThan(NOW)
})

test('a record taken back leaves the door as if nobody had knocked', () => {
  const entries = [entry(record('1', 'met')), entry(record('2', 'withdrawn', { supersedes: '1' }))]
  expect(only(entries)).toMatchObject({ state: 'open', outcome: null, attempts: 0, next_try: null })
})

test('a refused record does not change the door', () => {
  expect(only([entry(record('1', 'met'), 'refused')])).toEqual(task('t1'))
})

test('an accepted record is not counted twice once the server tells of it', () => {
  const told = rows({ tasks: [task('t1', { version: 2, outcome: 'met', state: 'done', attempts: 1 })] })
  expect(only([entry(record('1', 'met'), 'accepted', { settled_at: NOW })], told).attempts).toBe(1)
})

test('people added at the door are there, people who moved are not', () => {
  const view = overlay(rows({ people: [person('p1')] }), [
    entry({ id: 'p2', at, type: 'person_add', dwelling: '101', name: '林小满' }),
    entry({ id: '3', at, type: 'person_left', person: 'p1' }),
  ], ALICE)
  expect(view.people.map(({ name }) => name)).toEqual(['林小满'])
})

test('claiming and letting go show at once', () => {
  expect(only([entry({ id: '1', at, type: 'claim', task: 't1' })]).claimed_by).toBe(ALICE)
  const both = [entry({ id: '1', at, type: 'claim', task: 't1' }), entry({ id: '2', at, type: 'release', task: 't1' })]
  expect(only(both).claimed_by).toBeNull()
})
