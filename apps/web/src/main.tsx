import { createRoot } from 'react-dom/client'
import './styles/app.css'

const root = document.getElementById('app')
if (root) createRoot(root).render(<h1 className="p-4 text-xl">Frontdesk</h1>)
