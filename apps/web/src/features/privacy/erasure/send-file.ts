import { ApiProblem } from '@frontdesk/contract/client'

type Details = ConstructorParameters<typeof ApiProblem>[0]

/** Uploads a file to a path that the server gave, saying how far it is (0 to 1). Throws `ApiProblem` for a refusal and `TypeError` when the network is gone. */
export function sendFile(path: string, file: File, onShare: (share: number) => void): Promise<void> {
  const form = new FormData()
  form.set('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest() // fetch does not say how much has gone
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onShare(loaded / total)
    })
    request.addEventListener('error', () => reject(new TypeError('The network is gone.')))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve()
      else reject(new ApiProblem(problemIn(request)))
    })
    request.open('POST', path)
    request.setRequestHeader('accept', 'application/json')
    request.send(form)
  })
}

function problemIn({ status, responseText }: XMLHttpRequest): Details {
  const unreadable = { type: 'http/unexpected', title: 'The answer could not be read', status }
  try {
    const answer: unknown = JSON.parse(responseText)
    return typeof answer === 'object' && answer !== null && 'type' in answer && 'title' in answer ? (answer as Details) : unreadable
  } catch {
    return unreadable
  }
}
