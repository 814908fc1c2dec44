/** What the worker sees: the server's rows with this phone's own deeds laid over them, at once. */
import type { Entry } from './db'
import type { ClaimOp, Id, Outcome, Person, PersonAddOp, RecordOp, Rows, Task } from './protocol'

export interface View extends Rows {
  /** Deeds of this phone by task, oldest first: what may be corrected in this session. */
  records: Map<Id, RecordOp[]>
}

export const OPEN = 'open'
export const DONE = 'done'
/** Left out of the count, by a rule or by the office: nothing to do there. */
export const EXCLUDED = 'excluded'

/** After this long a settled deed is taken to be in the pulled rows, whatever their version says. */
const SETTLED_MS = 10 * 60 * 1000

export interface Known { tasks: Map<Id, Task>; people: Map<Id, Person>; pulledAt: number }

export const known = (rows: Pick<Rows, 'tasks' | 'people'>, pulledAt: number | null): Known => ({
  tasks: new Map(rows.tasks.map((task) => [task.id, task])),
  people: new Map(rows.people.map((person) => [person.id, person])),
  pulledAt: pulledAt ?? 0,
})

/** The server's rule says when to knock again; until it has spoken, not in this round. */
const REST_MS = 2 * 3_600_000

export function outcomesOf({ campaigns }: Pick<Rows, 'campaigns'>): (campaign: Id) => Outcome[] {
  const byCampaign = new Map(campaigns.map((campaign) => [campaign.id, campaign.outcomes]))
  return (campaign) => byCampaign.get(campaign) ?? []
}

export function overlay(rows: Rows, entries: Entry[], me: Id, pulledAt: number | null = null): View {
  const server = known(rows, pulledAt)
  const tasks = new Map(server.tasks)
  const people = new Map(server.people)
  const records = new Map<Id, RecordOp[]>()
  const outcomes = outcomesOf(rows)

  for (const entry of entries) {
    const op = entry.op
    if (op.type === 'record') records.set(op.task, [...(records.get(op.task) ?? []), op])
    if (entry.state === 'refused' || isCovered(entry, server)) continue
    if (op.type === 'person_add') people.set(op.id, asPerson(op))
    else if (op.type === 'person_left') people.delete(op.person)
    else if (op.type !== 'complaint') {
      const task = tasks.get(op.task)
      if (task) tasks.set(task.id, after(task, op, me, outcomes(task.campaign)))
    }
  }
  return { ...rows, tasks: [...tasks.values()], people: [...people.values()], records }
}

function after(task: Task, op: RecordOp | ClaimOp, me: Id, outcomes: Outcome[]): Task {
  if (op.type !== 'record') return { ...task, claimed_by: op.type === 'claim' ? me : null }
  const outcome = outcomes.find(({ code }) => code === op.outcome)
  if (outcome?.reopens) return { ...task, outcome: null, state: OPEN, attempts: Math.max(0, task.attempts - 1), next_try: null }
  const closes = outcome?.closes ?? true
  return {
    ...task,
    outcome: op.outcome,
    state: closes ? DONE : OPEN,
    attempts: task.attempts + (op.supersedes ? 0 : 1),
    next_try: closes ? null : (op.next_try ?? new Date(Date.parse(op.at) + REST_MS).toISOString()),
  }
}

function asPerson(op: PersonAddOp): Person {
  const { id, dwelling, name, sex = '', born = null, relation = '', phone = '', presence = 'present' } = op
  return { id, dwelling, name, sex, born, relation, phone, presence, tags: [] }
}

/** Whether the pulled rows already tell what this settled deed told. */
export function isCovered(entry: Entry, server: Known): boolean {
  if (entry.state !== 'accepted' && entry.state !== 'conflict') return false
  if (server.pulledAt - (entry.settled_at ?? Infinity) > SETTLED_MS) return true
  const op = entry.op
  switch (op.type) {
    case 'record': return (server.tasks.get(op.task)?.version ?? Infinity) > op.base_version
    case 'person_add': return server.people.has(op.id)
    case 'person_left': return !server.people.has(op.person)
    case 'complaint': return true
    default: return server.pulledAt > (entry.settled_at ?? Infinity)
  }
}
