/** Words of the files on a contact's card. */
export const words = {
  files: 'Files',
  add: 'Add a file',
  hint: 'Up to 25 MB each, kept encrypted. Drop files here, or choose them.',
  choose: 'Choose files for {name}',
  sending: 'Sending {name}',
  added: '{name} is on the card.',
  removed: '{name} was taken off the card.',
  save: 'Save {name}, {facts}',
  remove: 'Take {name} off the card',
  empty: 'Files about {name} will stand here: a signed paper, a plan, a picture.',
  addedBy: 'Added {when} by {who}',
  addedAt: 'Added {when}',
  somebody: 'somebody who left',
} as const
