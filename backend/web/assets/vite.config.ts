import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** Style and scripts of the desk pages, beside what is served already: their addresses carry one hash of the whole folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: resolve(import.meta.dirname, '../static/desk'),
    emptyOutDir: true,
    target: 'es2020',
    cssTarget: ['chrome87', 'firefox78', 'safari14'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { desk: resolve(import.meta.dirname, 'desk.css') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
})
