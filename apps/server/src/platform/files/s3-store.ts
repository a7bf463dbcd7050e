import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { AwsClient } from 'aws4fetch'
import { type ByteStore, FileUnreadable, isAddress } from './byte-store.ts'

/** A bucket of any S3-compatible service, addressed by path. */
export type S3Settings = {
  /** Such as `https://s3.eu-central-1.amazonaws.com` or `http://minio:9000`. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Put before every key, such as `frontdesk/`. */
  readonly prefix?: string
}

const requestTime = 300_000

/** The service did not do what was asked. The message carries its own words. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
}

/** Keeps bytes in a bucket under `<prefix><first two digits>/<address>`. Every body is signed by its SHA-256. */
export function s3Store(settings: S3Settings): ByteStore {
  const { endpoint, bucket, prefix = '' } = settings
  const client = new AwsClient({
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    region: settings.region,
    service: 's3',
    retries: 3,
  })
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}`
  const urlOf = (address: string) => {
    if (!isAddress(address)) throw new TypeError(`This is not the address of a file: ${address}`)
    return `${base}/${prefix}${address.slice(0, 2)}/${address}`
  }

  async function ask(url: string, init: RequestInit, expected: readonly number[]): Promise<Response> {
    let response: Response
    try {
      response = await client.fetch(url, { ...init, signal: AbortSignal.timeout(requestTime) })
    } catch (cause) {
      throw new S3Error(`The file storage at ${endpoint} did not answer. Nothing was changed; try again when it is back.`, { cause })
    }
    if (expected.includes(response.status)) return response
    throw new S3Error(`The file storage at ${endpoint} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
  }

  return {
    async keep(address, part) {
      const body = await openAsBlob(part.path) // streams from the disk with a known length
      const response = await ask(urlOf(address), { method: 'PUT', body, headers: { 'x-amz-content-sha256': part.sha256 } }, [200])
      await response.body?.cancel()
      await rm(part.path, { force: true })
    },
    async read(address, range) {
      if (range && range.to <= range.from) return new Blob([]).stream()
      const headers: Record<string, string> = range ? { range: `bytes=${range.from}-${range.to - 1}` } : {}
      const response = await ask(urlOf(address), { headers }, range ? [206, 404, 416] : [200, 404])
      if (response.status === 404) {
        await response.body?.cancel()
        throw new FileUnreadable(
          'missing',
          `The bytes of a file are not in the bucket ${bucket} any more (${address}). Put them back from a backup.`,
        )
      }
      if (response.status === 416 || !response.body) {
        await response.body?.cancel()
        throw new FileUnreadable('damaged', `The bytes of a file in the bucket ${bucket} are shorter than they were (${address}).`)
      }
      return response.body
    },
    async remove(address) {
      const response = await ask(urlOf(address), { method: 'DELETE' }, [200, 204, 404])
      await response.body?.cancel()
    },
    async *list() {
      let token: string | undefined
      do {
        const url = new URL(base)
        url.searchParams.set('list-type', '2')
        if (prefix) url.searchParams.set('prefix', prefix)
        if (token) url.searchParams.set('continuation-token', token)
        const xml = await (await ask(url.toString(), {}, [200])).text()
        for (const [, key = ''] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) {
          const address = key.slice(key.lastIndexOf('/') + 1)
          if (key.startsWith(prefix) && isAddress(address)) yield address
        }
        token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(xml)?.[1]?.replaceAll('&amp;', '&')
      } while (token)
    },
  }
}
