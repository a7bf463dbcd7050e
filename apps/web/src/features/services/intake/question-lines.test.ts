import { expect, it } from 'vitest'
import { linesOf, type QuestionLine, questionsWrong, sentQuestions } from './question-lines.ts'

const line = (change: Partial<QuestionLine>): QuestionLine => ({
  key: 'k',
  kind: 'text',
  label: 'Why?',
  help: '',
  choices: '',
  required: false,
  ...change,
})

it('questions without words, and choices that are none, are wrong', () => {
  expect(questionsWrong([line({ label: ' ' })])).toBe('labelMissing')
  expect(questionsWrong([line({ kind: 'choice', choices: 'Dog\n\nDog ' })])).toBe('choicesMissing')
  expect(questionsWrong([line({ kind: 'choice', choices: 'Dog\nCat' }), line({})])).toBeUndefined()
})

it('choices are sent line by line and come back as they were', () => {
  const [sent] = sentQuestions([line({ id: 'q', kind: 'choice', choices: ' Dog \nCat\n', help: ' One ' })])
  expect(sent).toEqual({ id: 'q', kind: 'choice', label: 'Why?', help: 'One', required: false, choices: ['Dog', 'Cat'] })
  expect(sentQuestions(linesOf([{ ...sent, id: 'q' } as never]))).toEqual([sent])
})
