/** Slips of the finger caught at the door, before they travel. Empty is always allowed. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643 check digit; ids of fifteen digits have none. */
export function isRic(text: string): boolean {
  if (/^\d{15}$/.test(text)) return true
  if (!/^\d{17}[\dXx]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  return '10X98765432'[sum % 11] === text[17]!.toUpperCase()
}

export function isPhone(text: string): boolean {
  return /^(\+?86)?1\d{10}$/.test(text) || /^0\d{2,3}-?\d{7,8}$/.test(text)
}
