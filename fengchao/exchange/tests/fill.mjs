// A form filled in by ODK's own engine (the one of ODK Web Forms): stdin {xform, doors, fill}, stdout the submission.
// `fill` names questions by their last step: texts for what is typed, lists for what is chosen.
import { JSDOM } from 'jsdom'

globalThis.__dirname = import.meta.dirname // its parser, compiled for CommonJS, asks where it is
const { window } = new JSDOM('', { url: 'http://127.0.0.1/' })
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name]
const { createInstance } = await import('@getodk/xforms-engine')

let text = ''
for await (const chunk of process.stdin) text += chunk
const { xform, doors, fill } = JSON.parse(text)
const list = { ok: true, status: 200, body: null, bodyUsed: false, headers: new Headers({ 'content-type': 'text/csv' }),
  text: () => Promise.resolve(doors), blob: () => Promise.resolve(new Blob([doors])) }
const { root } = await createInstance(xform, { form: { fetchFormAttachment: (url) => {
  if (String(url) !== 'jr://file-csv/doors.csv') throw new Error(`asked for ${url}`)
  return Promise.resolve(list)
} } })

const asked = []
function walk(nodes) {
  for (const node of nodes) {
    const name = node.currentState.reference.split('/').pop()
    if (!node.currentState.relevant) continue
    if (node.currentState.children?.length) walk(node.currentState.children)
    if (['select', 'input'].includes(node.nodeType)) asked.push(name)
    if (!(name in fill)) continue
    if (node.nodeType === 'select') node.selectValues ? node.selectValues(fill[name]) : node.selectValue(fill[name][0])
    else if (node.nodeType === 'input') node.setValue(fill[name])
  }
}
walk(root.currentState.children)
asked.length = 0
walk(root.currentState.children) // what became relevant by the answers
const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' })
const file = payload.data[0].get('xml_submission_file')
console.log(JSON.stringify({ asked, status: payload.status, filename: file.name, type: file.type, document: await file.text(),
  violations: (payload.violations ?? []).map((one) => one.reference) }))
