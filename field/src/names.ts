/** How a door is called on the screen. */
import type { Door } from './doors'
import type { Person } from './protocol'
import { w } from './words'

export function doorName(door: Door, people: Person[]): string {
  const { dwelling, tasks } = door
  if (!dwelling) return people.find((person) => person.id === tasks[0]?.person)?.name ?? w.value.task
  const entrance = dwelling.entrance ? w.value.entranceName(dwelling.entrance) : ''
  return [entrance, dwelling.room || dwelling.label].filter(Boolean).join(' ')
}

export function placeName({ building }: Door): string {
  return [building.compound, building.name].filter(Boolean).join(' · ')
}
