/** The stack view of a building (楼盘表): entrances, floors from the top down, doors side by side. */
import type { Door } from './doors'
import { groupBy, natural } from './lists'
import type { Id, Task } from './protocol'

export interface Cell { door: Door; room: string; task: Task | null }
export interface Floor { floor: number; cells: (Cell | null)[] }
export interface Entrance { name: string; width: number; floors: Floor[] }

/** The last two digits tell which door of the landing it is: 502 stands above 402. */
function column(room: string): string {
  return /\d{3,}$/.test(room) ? room.slice(-2) : room
}

function entrance(name: string, cells: Cell[]): Entrance {
  const columns = [...new Set(cells.map((cell) => column(cell.room)))].sort(natural)
  const floors = [...groupBy(cells, (cell) => cell.door.dwelling!.floor ?? 0)]
    .sort(([a], [b]) => b - a)
    .map(([floor, mine]) => ({ floor, cells: place(mine, columns) }))
  return { name, width: Math.max(...floors.map((floor) => floor.cells.length)), floors }
}

/** Doors under their columns when no two share one, else simply in order. */
function place(cells: Cell[], columns: string[]): (Cell | null)[] {
  const sorted = [...cells].sort((a, b) => natural(a.room, b.room))
  const byColumn = groupBy(sorted, (cell) => column(cell.room))
  if (byColumn.size < sorted.length || columns.length > 2 * sorted.length + 4) return sorted
  return columns.map((name) => byColumn.get(name)?.[0] ?? null)
}

export function stack(doors: Door[], campaign: Id | null): Entrance[] {
  const cells = doors.filter((door) => door.dwelling).map((door) => ({
    door,
    room: door.dwelling!.room,
    task: door.tasks.find((task) => campaign === null || task.campaign === campaign) ?? null,
  }))
  return [...groupBy(cells, (cell) => cell.door.dwelling!.entrance ?? '')]
    .sort(([a], [b]) => natural(a, b))
    .map(([name, mine]) => entrance(name, mine))
}
