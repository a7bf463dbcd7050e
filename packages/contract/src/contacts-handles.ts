import { z } from 'zod'
import { handleChannels } from './ties.ts'

export const HandleChannel = z.enum(handleChannels).meta({ id: 'HandleChannel' })
export type HandleChannel = z.output<typeof HandleChannel>
