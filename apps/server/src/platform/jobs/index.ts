export { defineJob, type Job, type JobContext, type JobDescription, type Retries } from './define-job.ts'
export { type EnqueueOptions, enqueue, jobChannel } from './enqueue.ts'
export { type ChoreContext, defineSchedule, type Schedule } from './schedule.ts'
