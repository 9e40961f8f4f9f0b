/** WebAssembly that a library carries as text becomes a file beside the script: less to send and to read, compiled while it comes. */
import type { Plugin } from 'vite'

const IN_TEXT = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/g

export function wasmFiles(library: string): Plugin {
  return {
    name: 'wasm-files',
    apply: 'build',
    transform(code, id) {
      if (!id.includes(library) || !code.includes('data:application/wasm')) return null
      const written = code.replace(IN_TEXT, (_, text: string) => {
        const file = this.emitFile({ type: 'asset', name: 'engine.wasm', source: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) })
        return `import.meta.ROLLUP_FILE_URL_${file}`
      })
      return { code: written, map: null }
    },
  }
}
