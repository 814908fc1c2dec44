/** How a door is called on the screen. */
import type { Door } from './doors'
import type { Rows } from './protocol'
import { w } from './words'

export function doorName({ dwelling, tasks }: Door, rows: Pick<Rows, 'people' | 'premises'>): string {
  if (dwelling) {
    const entrance = dwelling.entrance ? w.value.entranceName(dwelling.entrance) : ''
    return [entrance, dwelling.room || dwelling.label].filter(Boolean).join(' ')
  }
  const task = tasks[0]
  const person = task?.person && rows.people.find(({ id }) => id === task.person)
  const premises = task?.premises && rows.premises.find(({ id }) => id === task.premises)
  return (person || premises || { name: w.value.task }).name
}

export function placeName({ building }: Door): string {
  return [building.compound, building.name].filter(Boolean).join(' · ')
}
