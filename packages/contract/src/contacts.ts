import { routes } from './routes.ts'

export const contactsRoutes = routes({})
