/** The tablet's own authenticator by WebAuthn: its PRF gives the same 32 bytes each time the officer shows finger or face. */
import { random, utf8, type Bytes } from './bytes'
import { WrongUnlock, type Authenticator } from './unlock'

const ES256 = -7
const RS256 = -257

export const platformAuthenticator: Authenticator = {
  async available() {
    if (!('PublicKeyCredential' in globalThis)) return false
    return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
  },

  async enrol(officer, salt) {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: '护苗检查' },
        user: { id: utf8(officer.login), name: officer.login, displayName: officer.name },
        pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
        extensions: { prf: {} },
      },
    })
    const credential = new Uint8Array((made as PublicKeyCredential).rawId)
    return { credential, secret: await this.ask(credential, salt) }
  },

  async ask(credential, salt) {
    const shown = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credential }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    const given = (shown as PublicKeyCredential).getClientExtensionResults().prf?.results?.first
    if (given === undefined) throw new WrongUnlock()
    return new Uint8Array(given as ArrayBuffer) satisfies Bytes
  },
}
