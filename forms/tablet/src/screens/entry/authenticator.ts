/** Whether this tablet can ask for a fingerprint or a face; until that is known, it cannot. */
import { onMounted, type Ref, ref } from 'vue'

export function useAuthenticator(): Ref<boolean> {
  const isThere = ref(false)
  onMounted(async () => {
    isThere.value = 'PublicKeyCredential' in window && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())
  })
  return isThere
}
