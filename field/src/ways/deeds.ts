/** An operation in words, for the list of what waits and what was answered. */
import type { Entry } from '../db'
import { doorName, placeName } from '../names'
import { find, nameOf } from '../outcomes'
import { doors, outcomes, view } from '../phone'
import type { Id } from '../protocol'
import { language, w } from '../words'

function place(task: Id | undefined, dwelling?: Id): string {
  const door = doors.value.find((one) => one.key === dwelling || one.tasks.some(({ id }) => id === task))
  return door ? `${placeName(door)} ${doorName(door, view.value)}` : ''
}

function what({ op }: Entry): string {
  switch (op.type) {
    case 'record': {
      const campaign = view.value.tasks.find(({ id }) => id === op.task)?.campaign ?? ''
      const outcome = find(outcomes.value(campaign), op.outcome)
      return `${place(op.task)} ${outcome ? nameOf(outcome, language.value) : op.outcome}`
    }
    case 'person_add': return `${place(undefined, op.dwelling)} ${op.name}`
    case 'person_left': return view.value.people.find(({ id }) => id === op.person)?.name ?? ''
    case 'complaint': return op.text
    default: return place(op.task)
  }
}

export function describe(entry: Entry): string {
  return `${w.value.opTypes[entry.op.type]} · ${what(entry).trim()}`
}
