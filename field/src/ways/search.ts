/** What was searched for stays while the app is open. */
import { ref } from 'vue'

export const asked = ref('')
