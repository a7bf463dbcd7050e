import { routes } from './routes.ts'

export const conversationsRoutes = routes({})
