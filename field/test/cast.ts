/** A small block of doors, and a server kept in memory that follows the sync protocol. */
import type { Api } from '../src/api'
import { Unreachable } from '../src/api'
import { PhoneDb, type Session } from '../src/db'
import type { Building, Campaign, Dwelling, Form, Gone, Op, Outcome, Page, Person, Result, Rows, Task } from '../src/protocol'

export const NOW = Date.parse('2026-03-02T10:00:00+08:00')
export const ALICE = 'alice'

export const form: Form = {
  id: 'form', version: 1, title: '敲门', xform: '',
}
const outcomes: Outcome[] = [
  { code: 'met', zh: '见到本人', en: 'Met', colour: '#0a0', closes: true, needs_form: false },
  { code: 'nobody_home', zh: '没人在家', en: 'Nobody home', colour: '#b40', closes: false, needs_form: false },
  { code: 'withdrawn', zh: '撤回', en: 'Withdrawn', colour: '#ccc', closes: false, needs_form: false, reopens: true },
]
export const campaign: Campaign = {
  id: 'round', name: '核实', purpose: '核实人口', basis: '传染病防治法', declared_by: '社区', kind: 'verify_visit', kind_zh: '敲门行动', kind_en: 'Door-knock', form: 'form',
  deadline: null, expires: '2026-04-01', outcomes,
}
export const building = (id: string, seq = 1): Building => ({ id, grid: 350181005004001, name: `${seq}号楼`, compound: '宏侨花园', entrances: 1, seq })
export const dwelling = (id: string, over: Partial<Dwelling> = {}): Dwelling => ({
  id, building: 'b1', grid: 350181005004001, entrance: '', floor: 1, room: id, label: id, walk: 0, state: 'occupied', ...over,
})
export const person = (id: string, over: Partial<Person> = {}): Person => ({
  id, dwelling: '101', name: '陈秀英', sex: 'female', born: '1950-02-03', relation: '户主', tags: [], phone: '138****1234', presence: 'present', ...over,
})
export const task = (id: string, over: Partial<Task> = {}): Task => ({
  id, campaign: 'round', grid: 350181005004001, building: 'b1', dwelling: '101', person: null, premises: null, state: 'open', outcome: null,
  attempts: 0, next_try: null, due: null, level: 0, claimed_by: null, version: 1, best_hour: null, ...over,
})
export const rows = (over: Partial<Rows> = {}): Rows => ({
  grids: [{ code: 350181005004001, name: '第一网格' }], buildings: [building('b1')], dwellings: [dwelling('101')], premises: [], people: [],
  campaigns: [campaign], forms: [form], tasks: [task('t1')], ...over,
})

export const page = (over: Partial<Page> = {}): Page => ({
  ...rows(), cursor: '1', full: true, more: false, server_time: new Date(NOW).toISOString(),
  expires_at: new Date(NOW + 86_400_000).toISOString(), me: { name: '爱丽丝', duties: [], team: [] }, gone: [], ...over,
})
export const nothing: Rows = { grids: [], buildings: [], dwellings: [], premises: [], people: [], campaigns: [], forms: [], tasks: [] }

let phones = 0
export async function phone(over: Partial<Session> = {}): Promise<PhoneDb> {
  const db = new PhoneDb(`phone-${++phones}`)
  await db.session.add({
    key: 'session', token: 'token', user: ALICE, name: '爱丽丝', me: null, cursor: null,
    expires_at: new Date(NOW + 86_400_000).toISOString(), skew: 0, pulled_at: null, ...over,
  })
  return db
}

/** Keeps each operation once, whatever is repeated; loses answers when told to. */
export class Server implements Api {
  kept = new Map<string, Op>()
  calls = 0
  pages: Page[] = [page()]
  attached: string[] = []
  constructor(private mood: () => 'fine' | 'lost_request' | 'lost_answer' = () => 'fine') {}

  async enrol() { return { token: 't', device: { id: 'd' }, user: { id: ALICE, name: '爱丽丝', duties: [] }, expires_at: new Date(NOW + 1).toISOString() } }
  async leave() {}
  async attach(record: string) { this.attached.push(record) }
  async pull(_cursor: string | null): Promise<Page> { return this.pages.length > 1 ? this.pages.shift()! : this.pages[0]! }
  async push(ops: Op[]): Promise<{ server_time: string; results: Result[] }> {
    this.calls += 1
    const mood = this.mood()
    if (mood === 'lost_request') throw new Unreachable('lost')
    const results = ops.map((op): Result => {
      const status = this.kept.has(op.id) ? 'repeated' : 'accepted'
      this.kept.set(op.id, op)
      return { id: op.id, status }
    })
    if (mood === 'lost_answer') throw new Unreachable('lost')
    return { server_time: new Date(NOW).toISOString(), results }
  }
}

/** A district whose rows change; what it tells since a cursor obeys the protocol. */
export class District {
  private tx = 0
  private live = new Map<string, { tx: number; task: Task }>()
  private dead = new Map<string, { tx: number; gone: Gone }>()

  put(id: string, version: number): void {
    this.dead.delete(id)
    this.live.set(id, { tx: ++this.tx, task: task(id, { version }) })
  }

  remove(id: string): void {
    if (this.live.delete(id)) this.dead.set(id, { tx: ++this.tx, gone: { kind: 'task', id } })
  }

  /** All pages from a cursor on, at most `size` changes each. */
  since(cursor: string | null, size: number): Page[] {
    const from = cursor === null ? 0 : Number(cursor)
    const changes = [
      ...[...this.live.values()].map(({ tx, task: row }) => ({ tx, tasks: [row], gone: [] as Gone[] })),
      ...[...this.dead.values()].map(({ tx, gone }) => ({ tx, tasks: [] as Task[], gone: [gone] })),
    ].filter(({ tx }) => tx > from).sort((a, b) => a.tx - b.tx)
    const pages: Page[] = []
    do {
      const some = changes.splice(0, size)
      pages.push(page({
        ...nothing, full: cursor === null && pages.length === 0, more: changes.length > 0,
        cursor: String(some.at(-1)?.tx ?? this.tx), tasks: some.flatMap((one) => one.tasks), gone: some.flatMap((one) => one.gone),
      }))
    } while (changes.length)
    return pages
  }
}
