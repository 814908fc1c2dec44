/** How a door is called on the screen. */
import type { Door } from './doors'
import type { Rows } from './protocol'
import { w } from './words'

type Named = Pick<Rows, 'people' | 'premises'>

/** The room, or who or what is to be visited where that is not a dwelling. */
export function roomName({ dwelling, tasks }: Door, rows: Named): string {
  if (dwelling) return dwelling.room || dwelling.label
  const task = tasks[0]
  if (task?.about) return task.about
  const person = task?.person && rows.people.find(({ id }) => id === task.person)
  const premises = task?.premises && rows.premises.find(({ id }) => id === task.premises)
  return (person || premises || { name: w.value.task }).name
}

export function entranceName({ dwelling }: Door): string {
  return dwelling?.entrance ? w.value.entranceName(dwelling.entrance) : ''
}

export function doorName(door: Door, rows: Named): string {
  return [entranceName(door), roomName(door, rows)].filter(Boolean).join(' ')
}

export function placeName({ building }: Door): string {
  return [building.compound, building.name].filter(Boolean).join(' · ')
}
