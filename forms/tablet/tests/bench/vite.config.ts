import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The page on which tests open forms and screens; it is no part of the app that is shipped. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [vue()],
  build: { target: ['chrome114', 'safari17'], assetsInlineLimit: 0, emptyOutDir: true },
})
