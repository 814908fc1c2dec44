/** The phone as the screens see it: one view, one way to act. */
import { liveQuery } from 'dexie'
import { computed, ref, shallowRef } from 'vue'
import { connect } from './api'
import { PhoneDb, type Entry, type Session } from './db'
import { allDoors } from './doors'
import { enqueue, isUnsent, markRead, needsReading } from './outbox'
import { outcomesOf, overlay } from './overlay'
import type { Draft, Id, Op, RecordOp, Rows } from './protocol'
import { signIn, signOut, deviceName, serverNow, type Credentials } from './session'
import { Syncer, type SyncState } from './sync'
import { language, w } from './words'

const FAREWELL = 'fengchao.farewell'
const NOTHING: Rows = { grids: [], buildings: [], dwellings: [], premises: [], people: [], campaigns: [], forms: [], tasks: [] }

export const db = new PhoneDb()
/** undefined until the database has been opened; null when nobody is signed in. */
export const session = shallowRef<Session | null | undefined>(undefined)
const rows = shallowRef<Rows>(NOTHING)
const entries = shallowRef<Entry[]>([])
export const sync = ref<SyncState>({ phase: 'idle', message: '' })
export const farewell = ref(localStorage.getItem(FAREWELL) ?? '')
export const now = ref(Date.now())

export const view = computed(() =>
  overlay(rows.value, entries.value, session.value?.user ?? '', session.value?.pulled_at))
export const doors = computed(() => allDoors(view.value, now.value))
export const outcomes = computed(() => outcomesOf(rows.value))
export const unsent = computed(() => entries.value.filter(isUnsent))
export const attention = computed(() => entries.value.filter(needsReading))
/** Whatever the register holds, of whichever pack; a code nobody explains is shown as it is. */
export const tagName = (code: string) =>
  session.value?.tags?.find((tag) => tag.code === code)?.[language.value] ?? code
export const entryOf = (id: Id) => entries.value.find((entry) => entry.id === id)

const api = connect(() => session.value?.token ?? null, () => w.value.language)

function say(message: string): void {
  farewell.value = message
  if (message) localStorage.setItem(FAREWELL, message)
  else localStorage.removeItem(FAREWELL)
}

const syncer = new Syncer(db, api, {
  changed: (state) => { sync.value = state },
  farewell: (message) => say(message || w.value.ended),
})

/** Opens the database and follows it; every later change of what is shown comes through here. */
export async function open(): Promise<void> {
  await db.open()
  liveQuery(() => db.ops.orderBy('id').toArray()).subscribe((found) => { entries.value = found })
  const mirror = liveQuery(async () => ({ session: await db.session.get('session'), rows: await db.rows() }))
  await new Promise<void>((ready) => mirror.subscribe((found) => {
    rows.value = found.rows
    session.value = found.session ?? null
    ready()
  }))
  follow()
}

function follow(): void {
  if (session.value) void syncer.run()
  window.addEventListener('online', () => void syncer.run(false))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    now.value = Date.now()
    void syncer.run(false)
  })
  // Overdue marks and best hours move with the clock.
  setInterval(() => { now.value = Date.now() }, 60_000)
}

export async function act(draft: Draft, photo?: Blob): Promise<Op> {
  const op = await enqueue(db, draft, photo)
  if (op.type === 'record') made.value = [...made.value, op]
  syncer.kick()
  return op
}

/** Records of this session, also those the server has long taken: each may still be corrected. */
const made = shallowRef<RecordOp[]>([])

export function lastRecord(task: Id): RecordOp | null {
  const kept = view.value.records.get(task) ?? []
  const recent = [...kept, ...made.value.filter((op) => op.task === task)]
  return recent.reduce<RecordOp | null>((last, op) => (last && last.id > op.id ? last : op), null)
}

/**
 * The version a new deed builds on: what the server told, and what this phone has added since and the server
 * will have counted by the time the new deed arrives.
 */
export function baseVersion(task: Id): number {
  const version = rows.value.tasks.find((row) => row.id === task)?.version ?? 0
  const mine = entries.value.flatMap(({ op, state }) =>
    op.type === 'record' && op.task === task && state !== 'refused' ? [op.base_version + 1] : [])
  return Math.max(version, ...mine)
}

export const read = (id: Id) => markRead(db, id)
export const syncNow = () => syncer.run()
export const deadline = () => new Date(session.value ? Date.parse(session.value.expires_at) : 0)
export const serverClock = () => serverNow(session.value!, now.value)

export async function enter(who: Credentials): Promise<void> {
  await signIn(db, api, who, deviceName())
  say('')
  // The first list is fetched as soon as the database has told of the new session.
  session.value = (await db.session.get('session')) ?? null
  void syncer.run()
}

export async function exit(): Promise<void> {
  syncer.stop()
  await signOut(db, api)
  say(w.value.wiped)
}
