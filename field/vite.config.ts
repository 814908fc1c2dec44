import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: '/field/',
  // Its package offers its own sources to development tools, without what they import.
  resolve: { alias: { '@getodk/xforms-engine': here('../node_modules/@getodk/xforms-engine/dist/index.js') } },
  plugins: [
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: null,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,png}'],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
      manifest: {
        id: '/field/',
        name: '蜂巢 · 敲门',
        short_name: '蜂巢',
        description: '网格员的随身名单：挨家挨户，一户不漏，没有网络也能用',
        lang: 'zh-Hans',
        start_url: '/field/',
        scope: '/field/',
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#1c1917',
        theme_color: '#1c1917',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  build: {
    outDir: here('../fengchao/web/static/built/field'),
    emptyOutDir: true,
    target: 'chrome89', // what a five-year-old phone that still updates its browser runs at the very least
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      checks: { eval: false }, // the engine has one that it does not reach, and the page's policy forbids it
      output: {
        // The service worker tells the heavy part by this name: it is fetched only where questionnaires are used.
        chunkFileNames: (chunk) => (chunk.moduleIds.some((id) => id.includes('xforms-engine'))
          ? 'assets/engine-[hash].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: { environment: 'node', include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'],
    server: { deps: { inline: [/xforms-engine/] } },
    testTimeout: 30_000, // the machine that runs them may be busy with other tests
  },
})
