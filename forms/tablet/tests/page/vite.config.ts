import { defineConfig } from 'vite'

/** Builds the test's page; where to, the command says. */
export default defineConfig({ root: import.meta.dirname, base: '/page/', build: { target: 'chrome114', emptyOutDir: true } })
