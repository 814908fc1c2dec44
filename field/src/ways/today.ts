/** How the worker left the list of today: coming back from a door must show the same place. */
import { ref } from 'vue'
import type { Filter } from '../doors'
import type { Id } from '../protocol'

export const filter = ref<Filter>('all')
export const opened = ref(new Set<Id>())
