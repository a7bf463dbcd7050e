import { routes } from './routes.ts'

export const schedulingRoutes = routes({})
