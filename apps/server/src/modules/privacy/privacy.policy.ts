import { definePolicy, desk, leads, readers } from '../../platform/policy/index.ts'

/** Who asks why, who stops, who lifts. Anybody with a stop link may stop the address it was sent to. */
export const privacyPolicy = definePolicy({
  'gate.read': readers,
  'contact_policy.read': readers,
  'contact_policy.manage': [...leads, 'privacy_officer'],
  'suppressions.read': [...leads, 'privacy_officer', 'auditor', 'support'],
  'suppressions.add': [...desk, 'privacy_officer'],
  'suppressions.lift': [...leads, 'privacy_officer'],
  'registries.read': readers,
  'registries.manage': [...leads, 'privacy_officer'],
  'suppressions.stop': ['visitor'],
  'consents.read': readers,
  'consents.record': [...desk, 'privacy_officer'],
  'consents.withdraw': [...desk, 'privacy_officer'],
  'rights.read': readers,
  // What cannot be undone is for owners and the privacy officer.
  'contacts.erase': ['owner', 'privacy_officer'],
  'erasures.read': ['owner', 'privacy_officer', 'auditor'],
  'contacts.export': ['owner', 'privacy_officer'],
  'contacts.take_over': ['owner', 'admin', 'privacy_officer'],
  'contacts.restrict': ['owner', 'privacy_officer'],
  'contacts.rectify': [...desk, 'privacy_officer'],
  'consents.proofs': [...leads, 'privacy_officer', 'auditor'],
  'consents.arrange': [...leads, 'privacy_officer'],
  'inquiries.note': desk,
  'consents.confirm': ['visitor'],
  'consents.agree': ['visitor'],
  'preferences.own': ['contact_link'],
})
