import type { InjectionKey, Ref } from 'vue'

/** Whether the worker has pressed "done": only then are unanswered questions called wrong. */
export const CHECKED: InjectionKey<Ref<boolean>> = Symbol('checked')
