/** What travels between phone and server, as the server's OpenAPI describes it. */

export type Id = string

export interface Duty { role: string; area: number; area_name: string; until: string | null }
export interface Mate { id: Id; name: string }
export interface Me { name: string; duties: Duty[]; team: Mate[] }

export interface Grid { code: number; name: string }
export interface Building { id: Id; grid: number; name: string; compound: string | null; entrances: unknown; seq: number }
export interface Dwelling {
  id: Id; building: Id; grid: number; entrance: string; floor: number | null; room: string
  label: string; walk: number; state: string
}
export interface Person {
  id: Id; dwelling: Id; name: string; sex: string; born: string | null; relation: string
  tags: string[]; phone: string; presence: string
}
export interface Campaign {
  id: Id; name: string; purpose: string; basis: string; declared_by: string; kind: string; kind_zh?: string; kind_en?: string
  form: Id | null; deadline: string | null; expires: string; outcomes: Outcome[]
}
/** `reopens`: takes an earlier record back. */
export interface Outcome {
  code: string; zh: string; en: string; colour: string; closes: boolean; needs_form: boolean; reopens?: boolean
}
export interface Form { id: Id; version: string | number; title: string; title_en?: string; xform: string }
/** What a code beside a person means: data of the packs. */
export interface Tag { code: string; zh: string; en: string }
export interface Premises { id: Id; building: Id | null; grid: number; name: string; kind: string; address: string; walk: number }

export interface Task {
  id: Id; campaign: Id; grid: number; building: Id | null; dwelling: Id | null; person: Id | null; premises: Id | null
  state: string; outcome: string | null; attempts: number; next_try: string | null; due: string | null
  level: number; claimed_by: Id | null; version: number; best_hour?: number | null
  /** The name of somebody seen elsewhere whom the register does not know: whom to look for. */
  about?: string | null
}

export interface Rows {
  grids: Grid[]; buildings: Building[]; dwellings: Dwelling[]; premises: Premises[]; people: Person[]
  campaigns: Campaign[]; forms: Form[]; tasks: Task[]
}
export interface Gone { kind: string; id: Id | number }
export interface Page extends Rows {
  cursor: string; full: boolean; more: boolean; server_time: string; expires_at: string; me: Me; tags?: Tag[]; gone: Gone[]
}

export type Answers = { [name: string]: Answer }
export type Answer = string | number | null | string[] | Answers | Answers[]

interface Stamp { id: Id; at: string }
export interface RecordOp extends Stamp {
  type: 'record'; task: Id; outcome: string; base_version: number
  answers?: Answers; note?: string; next_try?: string; supersedes?: Id
}
export interface PersonAddOp extends Stamp {
  type: 'person_add'; dwelling: Id; name: string; task?: Id; sex?: string; born?: string; phone?: string
  ric?: string; relation?: string; basis?: string; presence?: string
}
export interface PersonLeftOp extends Stamp { type: 'person_left'; person: Id }
export interface ClaimOp extends Stamp { type: 'claim' | 'release'; task: Id }
export interface ComplaintOp extends Stamp { type: 'complaint'; text: string }
export type Op = RecordOp | PersonAddOp | PersonLeftOp | ClaimOp | ComplaintOp

type Bare<T> = T extends Stamp ? Omit<T, 'id' | 'at'> : never
/** An operation before the outbox gives it its identity. */
export type Draft = Bare<Op>

export type Verdict = 'accepted' | 'repeated' | 'conflict' | 'refused'
export interface Result { id: Id; status: Verdict; code?: string; message?: string }
export interface Enrolment {
  token: string; device: { id: Id }; user: { id: Id; name: string; duties: Duty[] }; expires_at: string
}
