/** The lists of the queue, as the address names them. */
export const lists = ['open', 'mine', 'overdue', 'complaints', 'done'] as const
export type ListName = (typeof lists)[number]
