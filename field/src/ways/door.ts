/** What can be done at one door. The screen only shows it. */
import { computed, ref, type Ref } from 'vue'
import { membersOf } from '../doors'
import { nextTries } from '../nexttry'
import { find } from '../outcomes'
import { OPEN } from '../overlay'
import { act, baseVersion, doors, lastRecord, now, outcomes, view } from '../phone'
import type { Answers, Id, Outcome } from '../protocol'

/** A record this fresh is shown as done; after it the same door may be knocked again. */
const FRESH_MS = 30 * 60_000

export function useDoor(key: Ref<Id>) {
  const door = computed(() => doors.value.find((one) => one.key === key.value) ?? null)
  const chosen = ref<Id | null>(null)
  const task = computed(() => {
    const tasks = door.value?.tasks ?? []
    return tasks.find(({ id }) => id === chosen.value) ?? tasks.find(({ state }) => state === OPEN) ?? tasks[0] ?? null
  })
  const campaign = computed(() => view.value.campaigns.find(({ id }) => id === task.value?.campaign) ?? null)
  const form = computed(() => view.value.forms.find(({ id }) => id === campaign.value?.form) ?? null)
  const all = computed(() => (task.value ? outcomes.value(task.value.campaign) : []))
  const choices = computed(() => all.value.filter((outcome) => !outcome.reopens))
  const withdrawal = computed(() => all.value.find((outcome) => outcome.reopens) ?? null)
  const members = computed(() => (door.value ? membersOf(view.value, door.value) : []))

  const last = computed(() => (task.value ? lastRecord(task.value.id) : null))
  const fresh = computed(() => {
    const made = last.value
    if (!made || made.outcome === withdrawal.value?.code) return null
    return now.value - Date.parse(made.at) < FRESH_MS ? made : null
  })
  const lastOutcome = computed(() => find(choices.value, task.value?.outcome ?? null))

  const note = ref('')
  const photo = ref<Blob>()
  const tries = computed(() => nextTries(new Date(now.value), task.value?.best_hour ?? null))
  /** When to come again, if the worker chose; otherwise the rule of the task decides. */
  const tryAt = ref<number | null>(null)
  /** What the buttons are for: a first record, one more attempt, or the correction of the last record. */
  const mode = ref<'record' | 'again' | 'correct'>('record')

  async function record(outcome: Outcome, answers?: Answers): Promise<void> {
    const { id } = task.value!
    const supersedes = mode.value === 'correct' ? last.value?.id : undefined
    await act({
      type: 'record', task: id, outcome: outcome.code, base_version: baseVersion(id),
      ...(answers && { answers }),
      ...(note.value.trim() && { note: note.value.trim() }),
      ...(tryAt.value && !outcome.closes && !outcome.reopens && { next_try: new Date(tryAt.value).toISOString() }),
      ...(supersedes && { supersedes }),
    }, photo.value)
    note.value = ''
    photo.value = undefined
    tryAt.value = null
    mode.value = 'record'
    now.value = Date.now()
  }

  const asking = computed(() => !fresh.value || mode.value !== 'record')
  return {
    door, task, chosen, campaign, form, choices, withdrawal, members, fresh, lastOutcome, asking,
    note, photo, tries, tryAt, mode, record,
  }
}
