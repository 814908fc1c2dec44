// @vitest-environment jsdom
/** The questionnaire engine as this phone uses it, on a form made by pyxform from an XLSForm workbook. */
import XFORM from './visit.xml?raw'
import type { InputNode, SelectNode } from '@getodk/xforms-engine'
import { beforeEach, expect, test } from 'vitest'
import { answersOf, nameOf, openForm, speakForm, type Node, type RootNode } from '../src/form/engine'

let root: RootNode

const children = () => root.currentState.children as readonly Node[]
const named = (name: string) => children().find((node) => nameOf(node) === name)! as unknown
const input = (name: string) => named(name) as InputNode & { setValue(value: string | null): void }
const select = (name: string) => named(name) as SelectNode
type Repeat = { addInstances(): void; removeInstances(i: number): void; currentState: { children: { currentState: { children: readonly Node[] } }[] } }
const wrong = () => root.validationState.violations.length

beforeEach(async () => { root = await openForm(XFORM, 'zh') })

test('questions speak the language of the phone', () => {
  expect(input('people').currentState.label?.asString).toBe('家里现在住几个人？')
  speakForm(root, 'en')
  expect(input('people').currentState.label?.asString).toBe('How many people live here now?')
})

test('a question that does not apply is neither asked nor answered', () => {
  expect(input('where_to').currentState.relevant).toBe(false)
  select('travelled').selectValue('yes')
  expect(input('where_to').currentState.relevant).toBe(true)
  input('where_to').setValue('福州')
  select('travelled').selectValue('no')
  expect(answersOf(children())).not.toHaveProperty('where_to')
})

test('what is required and what must hold is told', () => {
  const before = wrong()
  input('people').setValue('3')
  expect(wrong()).toBe(before - 1)
  input('people').setValue('31')
  expect(wrong()).toBe(before)
})

test('answers are plain JSON by name, repeats as lists, calculations included', () => {
  input('people').setValue('3')
  input('water').setValue('1.5')
  select('travelled').selectValue('yes')
  input('back_on').setValue('2026-03-01')
  select('needs').selectValues(['food', 'medicine'])
  const visitors = named('visitor') as Repeat
  visitors.addInstances()
  visitors.currentState.children.forEach((one, i) => {
    (one.currentState.children[0] as unknown as { setValue(value: string): void }).setValue(`客人${i + 1}`)
  })
  expect(JSON.parse(JSON.stringify(answersOf(children())))).toEqual({
    people: 3, water: 1.5, travelled: 'yes', back_on: '2026-03-01', needs: ['medicine', 'food'],
    visitor: [{ visitor_name: '客人1' }, { visitor_name: '客人2' }], total: '5',
  })
})
