import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

import { wasmFiles } from './wasm-files.ts'

/** The app lives under /app/ of the service: one origin, one door. */
export default defineConfig({
  base: '/app/',
  plugins: [
    vue(),
    wasmFiles('@getodk/xforms-engine'),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: {
        name: '护苗检查',
        short_name: '护苗',
        lang: 'zh-CN',
        start_url: '/app/',
        scope: '/app/',
        display: 'standalone',
        background_color: '#f6f7f5',
        theme_color: '#0b4a7f',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,wasm}'], maximumFileSizeToCacheInBytes: 4 << 20 },
    }),
  ],
  build: { target: ['chrome114', 'safari17'], assetsInlineLimit: 0, cssCodeSplit: false },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
