import { routes } from './routes.ts'

export const accountsRoutes = routes({})
