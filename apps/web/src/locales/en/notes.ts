/** Words of notes: to whom they show, and who is mentioned. */
export const words = {
  audience: 'Who sees it',
  'audience/everybody': 'Everybody who sees this contact',
  'audience/leads': 'Owners, admins and managers, and you',
  'audience/author': 'Only you',
  'seen/leads': 'Managers and above',
  'seen/author': 'Only you',
  audienceHint: 'Whoever the note is about gets it in a copy of the data, whoever sees it here.',
  mentionHint: 'Write @ and a name to tell a colleague.',
  mentionWho: 'Who is meant',
  mentionCount: { one: 'One name. Enter writes it.', other: '{count} names. The arrows choose, Enter writes.' },
  tells: 'Tells {names}.',
} as const
