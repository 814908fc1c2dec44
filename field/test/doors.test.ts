import { expect, test } from 'vitest'
import { allDoors, byBuilding, matches, nextDoor, search } from '../src/doors'
import { overlay } from '../src/overlay'
import { stack } from '../src/stack'
import type { Rows } from '../src/protocol'
import { ALICE, building, dwelling, NOW, person, rows, task } from './cast'

const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString()
const look = (over: Partial<Rows>) => {
  const view = overlay(rows(over), [], ALICE)
  return { view, doors: allDoors(view, NOW) }
}
const block = {
  buildings: [building('b2', 2), building('b1', 1)],
  dwellings: [
    dwelling('201', { walk: 1, floor: 2 }), dwelling('101', { walk: 2 }), dwelling('102', { walk: 3 }),
    dwelling('x', { building: 'b2', walk: 1 }),
  ],
  tasks: [task('a', { dwelling: '101', due: ago(1) }), task('b', { dwelling: '201' }), task('c', { dwelling: '102', state: 'done' }),
    task('d', { dwelling: 'x', building: 'b2', next_try: ago(-3) })],
}

test('doors come in walking order, building after building', () => {
  expect(look(block).doors.map(({ key }) => key)).toEqual(['201', '101', '102', 'x'])
})

test('inside a building the overdue doors come first', () => {
  const remaining = look(block).doors.filter((door) => matches(door, 'all', NOW, ALICE))
  const [first] = byBuilding(remaining)
  expect(first!.doors.map(({ key }) => key)).toEqual(['101', '201'])
  expect(first!.overdue).toBe(1)
})

test('a door to be tried later is not a door to go to now', () => {
  const later = look(block).doors.find(({ key }) => key === 'x')!
  expect(matches(later, 'now', NOW, ALICE)).toBe(false)
  expect(matches(later, 'now', NOW + 4 * 3_600_000, ALICE)).toBe(true)
})

test('the next door is the next one that remains, and not one to be tried later', () => {
  const { doors } = look(block)
  expect(nextDoor(doors, '201', NOW)?.key).toBe('101')
  expect(nextDoor(doors, '102', NOW)?.key).toBe('201')
  expect(nextDoor(doors, '201', NOW + 4 * 3_600_000)?.key).toBe('101')
})

test('doors are found by room, by name and by the tail of a phone', () => {
  const { view, doors } = look({ ...block, people: [person('p', { dwelling: '102' })] })
  expect(search(view, doors, '2号楼').map(({ key }) => key)).toEqual(['x'])
  expect(search(view, doors, '秀英 1号楼').map(({ key }) => key)).toEqual(['102'])
  expect(search(view, doors, '1234').map(({ key }) => key)).toEqual(['102'])
  expect(search(view, doors, '  ')).toEqual([])
})

test('a task without a dwelling still has a place in the list', () => {
  const { doors } = look({ tasks: [task('shop', { dwelling: null })] })
  expect(doors.some(({ key, open }) => key === 'shop' && open.length === 1)).toBe(true)
})

test('the stack shows the top floor first and doors under each other', () => {
  const dwellings = [dwelling('101'), dwelling('102'), dwelling('202', { floor: 2 }), dwelling('1001', { floor: 10 })]
  const [only] = stack(look({ dwellings }).doors, null)
  expect(only!.floors.map(({ floor }) => floor)).toEqual([10, 2, 1])
  expect(only!.floors[1]!.cells.map((cell) => cell?.room ?? null)).toEqual([null, '202'])
})

test('rooms that cannot be aligned stand in order', () => {
  const dwellings = [dwelling('a', { room: '甲' }), dwelling('b', { room: '乙' }), dwelling('c', { room: '乙' })]
  const [only] = stack(look({ dwellings }).doors, null)
  expect(only!.floors[0]!.cells).toHaveLength(3)
})
