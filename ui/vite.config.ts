import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  // Relative, because the admin can be mounted at any path; the server adds the <base> that it is relative to.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    // Left alone, light-dark() and relative colours would be rewritten for browsers that lack much else too.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    // The page's Content-Security-Policy has no room for data: scripts.
    assetsInlineLimit: 0,
    // Icons that several screens share would otherwise become a file each.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'icons', test: /lucide-react/ }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
})
