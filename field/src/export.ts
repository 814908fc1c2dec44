/** The outbox as a file a person can carry to the office. Its `ops` are what a push would send. */
import type { Entry, Session } from './db'

export const FORMAT = 'fengchao-outbox/1'

export function outboxFile(session: Pick<Session, 'user' | 'name'>, entries: Entry[], now = new Date()): File {
  const content = {
    format: FORMAT, user: session.user, name: session.name, device_time: now.toISOString(),
    ops: entries.map((entry) => entry.op),
  }
  const name = `fengchao-outbox-${now.toISOString().slice(0, 16).replace(/[-:]/g, '')}.json`
  return new File([JSON.stringify(content, null, 1)], name, { type: 'application/json' })
}

export function download(file: File): void {
  const url = URL.createObjectURL(file)
  const anchor = Object.assign(document.createElement('a'), { href: url, download: file.name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
