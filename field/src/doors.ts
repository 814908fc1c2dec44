/** Doors in the order one walks them, and what remains to be done at each. */
import { groupBy, natural } from './lists'
import { EXCLUDED, OPEN, type View } from './overlay'
import type { Building, Dwelling, Id, Person, Task } from './protocol'

export interface Door {
  key: Id
  building: Building
  dwelling: Dwelling | null
  tasks: Task[]
  open: Task[]
  overdue: boolean
  /** When to knock again, in ms; null when any time is good. */
  nextTry: number | null
  bestHour: number | null
  claimedBy: Id | null
}

export interface BuildingDoors { building: Building; doors: Door[]; overdue: number; bestHour: number | null }

const NOWHERE: Building = { id: '', grid: 0, name: '', compound: null, entrances: [], seq: Number.MAX_SAFE_INTEGER }

export const isOverdue = (task: Task, now: number) =>
  task.state === OPEN && task.due !== null && Date.parse(task.due) < now

function times(tasks: Task[]): number | null {
  const nexts = tasks.map((task) => (task.next_try ? Date.parse(task.next_try) : 0))
  return Math.min(...nexts) || null
}

function toDoor(key: Id, tasks: Task[], building: Building, dwelling: Dwelling | null, now: number): Door {
  const open = tasks.filter((task) => task.state === OPEN)
  return {
    key, building, dwelling, tasks, open,
    overdue: open.some((task) => isOverdue(task, now)),
    nextTry: open.length ? times(open) : null,
    bestHour: open.find((task) => typeof task.best_hour === 'number')?.best_hour ?? null,
    claimedBy: open.find((task) => task.claimed_by)?.claimed_by ?? null,
  }
}

const byWalk = (a: Door, b: Door) =>
  a.building.seq - b.building.seq
  || natural(a.building.name, b.building.name)
  || (a.dwelling?.walk ?? 0) - (b.dwelling?.walk ?? 0)
  || natural(a.dwelling?.label ?? '', b.dwelling?.label ?? '')

/** Every door of the phone's grids, in walking order, whether or not anything is to be done there. */
export function allDoors(view: View, now: number): Door[] {
  const buildings = new Map(view.buildings.map((building) => [building.id, building]))
  const tasks = groupBy(view.tasks.filter((task) => task.state !== EXCLUDED), (task) => task.dwelling ?? task.id)
  const doors = view.dwellings.map((dwelling) => {
    const mine = tasks.get(dwelling.id) ?? []
    tasks.delete(dwelling.id)
    return toDoor(dwelling.id, mine, buildings.get(dwelling.building) ?? NOWHERE, dwelling, now)
  })
  for (const [key, rest] of tasks) {
    doors.push(toDoor(key, rest, buildings.get(rest[0]!.building ?? '') ?? NOWHERE, null, now))
  }
  return doors.sort(byWalk)
}

export type Filter = 'all' | 'overdue' | 'now' | 'mine'

export function matches(door: Door, filter: Filter, now: number, me: Id): boolean {
  if (!door.open.length) return false
  switch (filter) {
    case 'overdue': return door.overdue
    case 'now': return door.nextTry !== null ? door.nextTry <= now : isBestHour(door, now)
    case 'mine': return door.claimedBy === me
    default: return true
  }
}

export const isBestHour = (door: Pick<Door, 'bestHour'>, now: number) => door.bestHour === new Date(now).getHours()

/** Remaining doors by building in walking order; inside a building the overdue ones come first. */
export function byBuilding(doors: Door[]): BuildingDoors[] {
  return [...groupBy(doors, (door) => door.building.id).values()].map((mine) => ({
    building: mine[0]!.building,
    doors: [...mine.filter((door) => door.overdue), ...mine.filter((door) => !door.overdue)],
    overdue: mine.filter((door) => door.overdue).length,
    bestHour: mostCommon(mine.map((door) => door.bestHour)),
  }))
}

function mostCommon(hours: (number | null)[]): number | null {
  const counts = new Map<number, number>()
  for (const hour of hours) if (hour !== null) counts.set(hour, (counts.get(hour) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null
}

/** The next remaining door after this one, first in the same building, then onwards, then from the start. */
export function nextDoor(doors: Door[], key: Id, now: number): Door | null {
  const at = doors.findIndex((door) => door.key === key)
  const onward = [...doors.slice(at + 1), ...doors.slice(0, Math.max(at, 0))]
  const ready = onward.filter((door) => door.open.length && (door.nextTry === null || door.nextTry <= now))
  return ready.find((door) => door.building.id === doors[at]?.building.id) ?? ready[0] ?? null
}

export function membersOf(view: View, door: Door): Person[] {
  return view.people.filter((person) => person.dwelling === door.key)
}

/** Doors and people on this phone whose address, name or phone tail holds every word asked for. */
export function search(view: View, doors: Door[], asked: string): Door[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return []
  const people = new Map<Id, string>()
  for (const { dwelling, name, phone } of view.people) {
    people.set(dwelling, `${people.get(dwelling) ?? ''} ${name} ${phone.slice(-4)}`)
  }
  return doors.filter((door) => {
    const { building, dwelling } = door
    const text = [building.compound ?? '', building.name, dwelling?.label ?? '', dwelling?.room ?? '',
      people.get(door.key) ?? ''].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
