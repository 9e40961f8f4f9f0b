import { copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const OUT = resolve(import.meta.dirname, '../static/desk')
const WORKER = 'maplibre-gl-csp-worker.js' // loaded by its own address: the policy allows no blob

/** Style and scripts of the desk pages, beside what is served already: their addresses carry one hash of the whole folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [{
    name: 'worker',
    closeBundle: () => copyFileSync(createRequire(import.meta.url).resolve(`maplibre-gl/dist/${WORKER}`), resolve(OUT, WORKER)),
  }],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2020',
    cssTarget: ['chrome87', 'firefox78', 'safari14'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        desk: resolve(import.meta.dirname, 'desk.css'), map: resolve(import.meta.dirname, 'map.ts'), report: resolve(import.meta.dirname, 'report.ts'),
        gates: resolve(import.meta.dirname, 'gates.ts'), maps: resolve(import.meta.dirname, 'maps.css'),
        keys: resolve(import.meta.dirname, 'keys.ts'), trends: resolve(import.meta.dirname, 'trends.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
})
