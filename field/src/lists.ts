export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** As a person orders them: 2号楼 before 10号楼. One collator, since making one costs more than a comparison. */
const collator = new Intl.Collator('zh', { numeric: true })
export const natural = (a: string, b: string) => collator.compare(a, b)
