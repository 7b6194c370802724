import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyPageConfig } from './page-config.ts'
import { applyStoredTheme } from './shell/theme.ts'
import './tokens.css'
import './base.css'

applyPageConfig()
applyStoredTheme()

const root = document.querySelector('#root')
if (!root) throw new Error('The page has no element #root.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
