import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from '../src/backoff'
import { isPhone, isRic } from '../src/checks'
import { outboxFile } from '../src/export'
import { uuid7 } from '../src/ids'
import { nextTries } from '../src/nexttry'
import { parse } from '../src/route'
import { deviceName, serverNow } from '../src/session'
import { NOW } from './cast'

test('ids are UUIDv7 and only ever grow, even when the clock goes back', () => {
  const ids = [NOW, NOW, NOW + 5, NOW - 60_000, NOW + 5, ...Array(5000).fill(NOW + 6)].map(uuid7)
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('waiting grows, stays under five minutes and is never nothing', () => {
  fc.assert(fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, chance) => {
    const wait = backoff(failures, () => chance)
    expect(wait).toBeGreaterThanOrEqual(1_000)
    expect(wait).toBeLessThanOrEqual(300_000)
  }))
  expect(backoff(5, () => 0.5)).toBeGreaterThan(backoff(2, () => 0.5))
})

test('the server decides what time it is, and a clock set back does not make data young', () => {
  const session = { skew: 3_600_000, pulled_at: NOW }
  expect(serverNow(session, NOW + 1000)).toBe(NOW + 3_601_000)
  expect(serverNow(session, NOW - 86_400_000)).toBe(NOW + 3_600_000)
})

test('the next try is always to come, the best hour first', () => {
  fc.assert(fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }), fc.option(fc.nat(23)), (now, hour) => {
    const choices = nextTries(now, hour)
    expect(choices.length).toBeGreaterThan(1)
    expect(choices.every(({ at }) => at > now)).toBe(true)
    if (hour !== null) expect(choices[0]!.at.getHours()).toBe(hour)
  }))
})

test('a best hour half an hour away is offered for the day after', () => {
  expect(nextTries(new Date(2026, 3, 13, 23, 30), 0)[0]!.at).toEqual(new Date(2026, 3, 15, 0))
})

test('slips of the finger in numbers are caught, absent numbers are not asked for', () => {
  expect(isRic('11010519491231002X')).toBe(true)
  expect(isRic('110105194912310021')).toBe(false)
  expect(isPhone('13800000000')).toBe(true)
  expect(isPhone('0591-85200000')).toBe(true)
  expect(isPhone('1380000000')).toBe(false)
})

test('addresses lead to screens, and unknown ones to today', () => {
  expect(parse('#/door/a%20b')).toEqual({ screen: 'door', id: 'a b' })
  expect(parse('#/elsewhere')).toEqual({ screen: 'today', id: '' })
})

test('the exported outbox is what a push would send', async () => {
  const op = { id: '1', at: '', type: 'complaint' as const, text: '重复填表' }
  const file = outboxFile({ user: 'u', name: '爱丽丝' }, [{ id: '1', state: 'waiting', op, tries: 0 }], new Date(NOW))
  expect(file.name).toBe('fengchao-outbox-20260302T0200.json')
  expect(JSON.parse(await file.text())).toMatchObject({ format: 'fengchao-outbox/1', user: 'u', ops: [op] })
})

test('a phone is named by its model where the browser tells', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONOR) AppleWebKit')).toBe('HLK-AL00')
  expect(deviceName('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit')).toBe('Android')
})
