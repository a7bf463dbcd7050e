/** Loaded before a desk's processes (NODE_OPTIONS=--import): they live at the time that SCREENS_OFFSET_MS says. */
import { moveTime } from './move-time.ts'

moveTime(Number(process.env.SCREENS_OFFSET_MS))
