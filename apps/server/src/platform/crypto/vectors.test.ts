import { describe, expect, it } from 'vitest'
import { stretchPassword } from './passwords.ts'
import { CannotDecrypt, open } from './primitives.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

type Case = { readonly key: string; readonly iv: string; readonly aad: string; readonly ct: string; readonly tag: string }

/** NIST CAVP, GCMVS `gcmDecrypt256.rsp` (CAVS 14.0), the sections with a 96-bit IV and a 128-bit tag; what NIST lists with a plaintext. */
const cavpPass: readonly (Case & { readonly name: string; readonly pt: string })[] = [
  {
    name: 'PTlen 0, AADlen 0, count 0',
    key: 'f5a2b27c74355872eb3ef6c5feafaa740e6ae990d9d48c3bd9bb8235e589f010',
    iv: '58d2240f580a31c1d24948e9',
    aad: '',
    ct: '',
    tag: '15e051a5e4a5f5da6cea92e2ebee5bac',
    pt: '',
  },
  {
    name: 'PTlen 128, AADlen 0, count 0',
    key: '4c8ebfe1444ec1b2d503c6986659af2c94fafe945f72c1e8486a5acfedb8a0f8',
    iv: '473360e0ad24889959858995',
    aad: '',
    ct: 'd2c78110ac7e8f107c0df0570bd7c90c',
    tag: 'c26a379b6d98ef2852ead8ce83a833a7',
    pt: '7789b41cb3ee548814ca0b388c10b343',
  },
  {
    name: 'PTlen 128, AADlen 128, count 0',
    key: '54e352ea1d84bfe64a1011096111fbe7668ad2203d902a01458c3bbd85bfce14',
    iv: 'df7c3bca00396d0c018495d9',
    aad: '7e968d71b50c1f11fd001f3fef49d045',
    ct: '426e0efc693b7be1f3018db7ddbb7e4d',
    tag: 'ee8257795be6a1164d7e1d2d6cac77a7',
    pt: '85fc3dfad9b5a8d3258e4fc44571bd3b',
  },
  {
    name: 'PTlen 256, AADlen 384, count 0',
    key: '42f6c25159b8655380f052dd5dad180e76813b60eb813665c5015f26cf32e8f1',
    iv: '7248a5ed48f4f1b4a9db3826',
    aad: '8e3c74f127dbfe29ac4de0a7c3240ee8aa8d38a82f38ad6b480236c8cd4232057a5502e936bfe22225830fa195a8afce',
    ct: '26325c3463813a7d59d184a330ef80959637fa6db4f5db3062d3d2ec7e32d82a',
    tag: '4f39c63d4f215d5b39a58853d3842175',
    pt: '9a329cb45b0093e9c00615137dd7dbd1f8b525999af3bfc222315f41817717a7',
  },
  {
    name: 'PTlen 408, AADlen 0, count 0',
    key: '4433db5fe066960bdd4e1d4d418b641c14bfcef9d574e29dcd0995352850f1eb',
    iv: '0e396446655582838f27f72f',
    aad: '',
    ct: 'b0d254abe43bdb563ead669192c1e57e9a85c51dba0f1c8501d1ce92273f1ce7e140dcfac94757fabb128caad16912cead0607',
    tag: 'ffd0b02c92dbfcfbe9d58f7ff9e6f506',
    pt: 'd602c06b947abe06cf6aa2c5c1562e29062ad6220da9bc9c25d66a60bd85a80d4fbcc1fb4919b6566be35af9819aba836b8b47',
  },
  {
    name: 'PTlen 408, AADlen 160, count 2',
    key: '6450d4501b1e6cfbe172c4c8570363e96b496591b842661c28c2f6c908379cad',
    iv: '7e4262035e0bf3d60e91668a',
    aad: 'f1c522f026e4c5d43851da516a1b78768ab18171',
    ct: '5a99b336fd3cfd82f10fb08f7045012415f0d9a06bb92dcf59c6f0dbe62d433671aacb8a1c52ce7bbf6aea372bf51e2ba79406',
    tag: 'fe93b01636f7bb0458041f213e98de65',
    pt: '17449e236ef5858f6d891412495ead4607bfae2a2d735182a2a0242f9d52fc5345ef912dbe16f3bb4576fe3bcafe336dee6085',
  },
]

/** The same file's cases that NIST lists as FAIL. */
const cavpFail: readonly (Case & { readonly name: string })[] = [
  {
    name: 'PTlen 0, AADlen 0, count 1',
    key: 'e5a8123f2e2e007d4e379ba114a2fb66e6613f57c72d4e4f024964053028a831',
    iv: '51e43385bf533e168427e1ad',
    aad: '',
    ct: '',
    tag: '38fe845c66e66bdd884c2aecafd280e6',
  },
  {
    name: 'PTlen 128, AADlen 0, count 2',
    key: 'c997768e2d14e3d38259667a6649079de77beb4543589771e5068e6cd7cd0b14',
    iv: '835090aed9552dbdd45277e2',
    aad: '',
    ct: '9f6607d68e22ccf21928db0986be126e',
    tag: 'f32617f67c574fd9f44ef76ff880ab9f',
  },
  {
    name: 'PTlen 128, AADlen 128, count 2',
    key: '9a0343f850a6427120f764789ffec6d237447b898fbf51d2182f065d3861497d',
    iv: '3deef6f453dd70d92143adcd',
    aad: 'dbb8226a624520863db6897017b2a4f8',
    ct: 'e93165935ac18e3a2845d15fe31a9286',
    tag: 'f5fc50d18766bc3d9e16dd136d45816b',
  },
  {
    name: 'PTlen 408, AADlen 0, count 1',
    key: '28ae911ee685872d906de12d7696351df8ef2234a74a95efa4ea15b327338fe0',
    iv: '2fe6a815d4865181fade5fac',
    aad: '',
    ct: '1168442ef64656ef6577fb42c1919c84aae856388e4db9945bb8c9b8412bbe6458bc400444d5d2bf2630f83468f66f9e46e790',
    tag: 'b75f616fd1a3d6563b62b899e5a7e522',
  },
  {
    name: 'PTlen 408, AADlen 160, count 0',
    key: 'e9d381a9c413bee66175d5586a189836e5c20f5583535ab4d3f3e612dc21700e',
    iv: '23e81571da1c7821c681c7ca',
    aad: '6f39c9ae7b8e8a58a95f0dd8ea6a9087cbccdfd6',
    ct: 'a25f3f580306cd5065d22a6b7e9660110af7204bb77d370f7f34bee547feeff7b32a596fce29c9040e68b1589aad48da881990',
    tag: '5b6dcd70eefb0892fab1539298b92a4b',
  },
]

/** Project Wycheproof, `aes_gcm_test.json`: the right answer first (its tag is that of every flip below with the bit put back), then flipped tags. */
const wycheproof = {
  key: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  iv: '505152535455565758595a5b',
  aad: '',
  ct: 'b2061457c0759fc1749f174ee1ccadfa',
  tag: '9ce8fef6d8ab1bf1bf887232eab590dd',
}
const wycheproofInvalid: readonly (readonly [string, string])[] = [
  ['tcId 130, bit 0', '9de8fef6d8ab1bf1bf887232eab590dd'],
  ['tcId 131, bit 1', '9ee8fef6d8ab1bf1bf887232eab590dd'],
  ['tcId 132, bit 7', '1ce8fef6d8ab1bf1bf887232eab590dd'],
  ['tcId 133, bit 8', '9ce9fef6d8ab1bf1bf887232eab590dd'],
  ['tcId 134, bit 31', '9ce8fe76d8ab1bf1bf887232eab590dd'],
  ['tcId 135, bit 32', '9ce8fef6d9ab1bf1bf887232eab590dd'],
  ['tcId 137, bit 63', '9ce8fef6d8ab1b71bf887232eab590dd'],
  ['tcId 138, bit 64', '9ce8fef6d8ab1bf1be887232eab590dd'],
  ['tcId 140, bit 77', '9ce8fef6d8ab1bf1bfa87232eab590dd'],
  ['tcId 141, bit 80', '9ce8fef6d8ab1bf1bf887332eab590dd'],
  ['tcId 142, bit 96', '9ce8fef6d8ab1bf1bf887232ebb590dd'],
  ['tcId 145, bit 120', '9ce8fef6d8ab1bf1bf887232eab590dc'],
  ['tcId 148, bit 127', '9ce8fef6d8ab1bf1bf887232eab5905d'],
]

const opened = ({ key, iv, aad, ct, tag }: Case) =>
  open(hex(key), { iv: hex(iv), sealed: hex(ct), tag: hex(tag) }, hex(aad)).toString('hex')

describe('AES-256-GCM (SP 800-38D)', () => {
  it.each(cavpFail)('refuses what NIST CAVP gcmDecrypt256 calls FAIL: $name', (vector) => {
    expect(() => opened(vector)).toThrow(CannotDecrypt)
  })

  it.each(wycheproofInvalid)('refuses the flipped tag of Wycheproof %s', (_name, tag) => {
    expect(() => opened({ ...wycheproof, tag })).toThrow(CannotDecrypt)
  })

  it('opens the Wycheproof vector whose tag was not flipped', () => {
    expect(opened(wycheproof)).toBe('202122232425262728292a2b2c2d2e2f')
  })

  it.each(cavpPass)('opens NIST CAVP gcmDecrypt256 $name', (vector) => {
    expect(opened(vector)).toBe(vector.pt)
  })
})

/** PBKDF2-HMAC-SHA-256: RFC 7914 §11, and the inputs of RFC 6070 with SHA-256 in the place of SHA-1. The first 32 bytes of each. */
const pbkdf2: readonly (readonly [string, string, string, number, string])[] = [
  ['RFC 7914 §11, 1 round', 'passwd', 'salt', 1, '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc'],
  ['RFC 7914 §11, 80,000 rounds', 'Password', 'NaCl', 80_000, '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56'],
  ['RFC 6070 case 1', 'password', 'salt', 1, '120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b'],
  ['RFC 6070 case 2', 'password', 'salt', 2, 'ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43'],
  ['RFC 6070 case 3', 'password', 'salt', 4096, 'c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a'],
  [
    'RFC 6070 case 5',
    'passwordPASSWORDpassword',
    'saltSALTsaltSALTsaltSALTsaltSALTsalt',
    4096,
    '348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1',
  ],
]

it.each(pbkdf2)('stretches passwords as %s', async (_name, password, salt, rounds, start) => {
  expect((await stretchPassword(password, Buffer.from(salt), rounds)).toString('hex')).toBe(start)
})

it('stretches a password and a salt that hold a zero byte, as RFC 6070 case 6', async () => {
  const stretched = await stretchPassword('pass\0word', Buffer.from('sa\0lt'), 4096)
  expect(stretched.subarray(0, 16).toString('hex')).toBe('89b69d0516f829893c696226650a8687')
})
