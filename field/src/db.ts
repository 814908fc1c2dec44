/** What the phone holds: a mirror of the pull, the outbox, and a few facts about itself. */
import Dexie, { type Table } from 'dexie'
import type {
  Building, Campaign, Dwelling, Form, Grid, Id, Me, Op, Person, Premises, Rows, Tag, Task,
} from './protocol'

export type OpState = 'waiting' | 'sent' | 'accepted' | 'conflict' | 'refused'

export interface Entry {
  id: Id
  state: OpState
  op: Op
  tries: number
  settled_at?: number
  code?: string
  message?: string
  read?: boolean
}

export interface Photo { record: Id; jpeg: Blob }

/** One row of facts about this phone; absent until the first sign-in. */
export interface Session {
  key: 'session'
  token: string
  user: Id
  name: string
  me: Me | null
  tags?: Tag[]
  cursor: string | null
  expires_at: string
  /** Server time minus device time at the last contact: a phone's clock may be off by days. */
  skew: number
  pulled_at: number | null
}

export const MIRROR = ['grids', 'buildings', 'dwellings', 'premises', 'people', 'campaigns', 'forms', 'tasks'] as const
export type Mirror = (typeof MIRROR)[number] & keyof Rows

export class PhoneDb extends Dexie {
  session!: Table<Session, string>
  ops!: Table<Entry, Id>
  photos!: Table<Photo, Id>
  grids!: Table<Grid, number>
  buildings!: Table<Building, Id>
  dwellings!: Table<Dwelling, Id>
  premises!: Table<Premises, Id>
  people!: Table<Person, Id>
  campaigns!: Table<Campaign, Id>
  forms!: Table<Form, Id>
  tasks!: Table<Task, Id>

  constructor(name = 'fengchao') {
    // Strict: a tap is on the disk before the screen says so, whatever kills the phone next.
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      session: 'key', ops: 'id, state', photos: 'record',
      grids: 'code', buildings: 'id', dwellings: 'id', premises: 'id', people: 'id',
      campaigns: 'id', forms: 'id', tasks: 'id',
    })
  }

  mirror(): Table[] {
    return MIRROR.map((name) => this.table(name))
  }

  async rows(): Promise<Rows> {
    return this.transaction('r', this.mirror(), async () => {
      const read = await Promise.all(this.mirror().map((table) => table.toArray()))
      return Object.fromEntries(MIRROR.map((name, i) => [name, read[i]])) as unknown as Rows
    })
  }

  async wipe(): Promise<void> {
    await this.transaction('rw', this.tables, () => Promise.all(this.tables.map((table) => table.clear())))
  }
}
