/** Keeps phone and server in step: when to try, when to wait, when to say farewell. */
import { Answered, Revoked, Unreachable, type Api } from './api'
import { backoff } from './backoff'
import type { PhoneDb } from './db'
import { countUnsent } from './outbox'
import { pull } from './pull'
import { push, pushPhotos } from './push'
import { isExpired } from './session'

export type Phase = 'idle' | 'working' | 'offline' | 'failed'
export interface SyncState { phase: Phase; message: string }

export const PULL_EVERY_MS = 5 * 60_000

export interface Hooks {
  changed(state: SyncState): void
  /** The phone has just been emptied; the message is all that remains. Empty when the time simply ran out. */
  farewell(message: string): void
}

export class Syncer {
  private running: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private wanted = { round: false, pull: false }

  constructor(private db: PhoneDb, private api: Api, private hooks: Hooks, private now: () => number = Date.now) {}

  /** Asks for a round soon; many taps in a second make one round. */
  kick(delayMs = 800): void {
    this.wanted.round = true
    this.schedule(delayMs)
  }

  /** A full round now: what the "sync now" button does. */
  async run(withPull = true): Promise<void> {
    this.wanted.round = true
    this.wanted.pull ||= withPull
    this.running ??= this.rounds().finally(() => { this.running = null })
    await this.running
  }

  stop(): void {
    clearTimeout(this.timer)
    this.wanted = { round: false, pull: false }
  }

  private async rounds(): Promise<void> {
    while (this.wanted.round) {
      const withPull = this.wanted.pull
      this.wanted = { round: false, pull: false }
      await this.round(withPull)
    }
  }

  private async round(withPull: boolean): Promise<void> {
    const session = await this.db.session.get('session')
    if (!session) return
    if (isExpired(session, this.now())) return this.lastWords()
    this.hooks.changed({ phase: 'working', message: '' })
    try {
      await push(this.db, this.api, this.now)
      await pushPhotos(this.db, this.api)
      const due = this.now() - (session.pulled_at ?? 0) >= PULL_EVERY_MS
      if (withPull || due) await pull(this.db, this.api, this.now)
    } catch (error) {
      return this.failed(error)
    }
    this.failures = 0
    this.hooks.changed({ phase: 'idle', message: '' })
    this.schedule(PULL_EVERY_MS)
  }

  /** Whatever was asked for meanwhile waits for the next try, which brings the list too. */
  private async failed(error: unknown): Promise<void> {
    if (error instanceof Revoked) return this.leave(error.message)
    const offline = error instanceof Unreachable
    this.hooks.changed({ phase: offline ? 'offline' : 'failed', message: error instanceof Answered ? error.message : '' })
    this.wanted = { round: false, pull: true }
    const wait = Math.max(backoff(this.failures++), error instanceof Answered ? error.retryAfterMs : 0)
    this.schedule((await countUnsent(this.db)) ? wait : Math.max(wait, PULL_EVERY_MS / 5))
    if (!offline && !(error instanceof Answered)) console.error(error)
  }

  /** The time to hold anything is over; what was done at the doors may still be said, once, if the server can be reached. */
  private async lastWords(): Promise<void> {
    await push(this.db, this.api, this.now).then(() => pushPhotos(this.db, this.api)).catch(() => undefined)
    await this.leave('')
  }

  private async leave(message: string): Promise<void> {
    this.stop()
    await this.db.wipe()
    this.hooks.farewell(message)
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(false), delayMs)
  }
}
