/** How a phone comes to hold data, and how it stops holding it. */
import type { Api } from './api'
import type { PhoneDb, Session } from './db'

/** Server time as this phone can best tell it. A clock set back does not make old data young again. */
export function serverNow(session: Pick<Session, 'skew' | 'pulled_at'>, now = Date.now()): number {
  return Math.max(now, session.pulled_at ?? 0) + session.skew
}

/** Before the first answer the phone's own clock, which may be days ahead, is no reason to empty it. */
export function isExpired(session: Session, now = Date.now()): boolean {
  return session.pulled_at !== null && serverNow(session, now) >= Date.parse(session.expires_at)
}

export interface Credentials { username: string; password: string; code?: string }

export async function signIn(db: PhoneDb, api: Api, who: Credentials, device_name: string): Promise<void> {
  const code = who.code?.trim() || undefined
  const { token, user, expires_at } = await api.enrol({ ...who, code, device_name })
  await db.wipe()
  await db.session.add({
    key: 'session', token, user: user.id, name: user.name,
    me: { name: user.name, duties: user.duties, team: [] },
    cursor: null, expires_at, skew: 0, pulled_at: null,
  })
  // Without this a phone short of space may throw the outbox away by itself.
  await navigator.storage?.persist?.().catch(() => false)
}

/** The phone is emptied whether or not the server hears of it. */
export async function signOut(db: PhoneDb, api: Api): Promise<void> {
  await api.leave().catch(() => undefined)
  await db.wipe()
}

export function deviceName(agent: string = navigator.userAgent): string {
  const model = /Android [^;)]*; ([^;)]+?)(?: Build\/[^;)]*)?[;)]/.exec(agent)?.[1]
  return (model && model !== 'K' ? model : ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((name) => agent.includes(name))) ?? 'phone'
}
