import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The screens over a tablet in memory, for tests in a browser; `--outDir` says where to. Never part of the app. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  plugins: [vue()],
  build: { target: ['chrome114', 'safari17'], assetsInlineLimit: 0, cssCodeSplit: false, emptyOutDir: true },
})
