import { routes } from './routes.ts'

export const privacyRoutes = routes({})
