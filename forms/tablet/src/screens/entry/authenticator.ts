/** Whether this browser can ask for a fingerprint or a face at all. */
export const hasAuthenticator = (): boolean => 'PublicKeyCredential' in window
