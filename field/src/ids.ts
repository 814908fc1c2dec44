/** UUIDv7 that only ever grows on one device, so the order of ids is the order of deeds. */

const hex = (n: number, width: number) => n.toString(16).padStart(width, '0')

let lastMs = 0
let counter = 0

export function uuid7(now: number = Date.now()): string {
  // A clock set back must not put a new deed before an old one.
  if (now > lastMs) {
    lastMs = now
    counter = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const tail = crypto.getRandomValues(new Uint8Array(8))
  tail[0] = (tail[0]! & 0x3f) | 0x80
  const ms = hex(lastMs, 12)
  const rest = Array.from(tail, (byte) => hex(byte, 2)).join('')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${hex(counter, 3)}-${rest.slice(0, 4)}-${rest.slice(4)}`
}
