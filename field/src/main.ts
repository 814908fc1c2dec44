import { createApp, watch } from 'vue'
import App from './App.vue'
import { open, view } from './phone'
import { install, keepEngine } from './worker'
import { remembered, speak, w } from './words'
import './style/vant.css'
import './style/base.css'

async function start(): Promise<void> {
  await speak(remembered())
  try {
    await open()
  } catch (error) {
    console.error(error)
    document.body.textContent = w.value.noStorage
    return
  }
  createApp(App).mount('#app')
  await install()
  const asks = () => view.value.forms.some((form) => form.xform)
  watch(asks, (yes) => { if (yes) void keepEngine() }, { immediate: true })
}

void start()
