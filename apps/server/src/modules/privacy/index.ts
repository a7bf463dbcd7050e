import { egressGuards } from '../../platform/egress/index.ts'
import { mailGate, officeMails } from '../../platform/mail/index.ts'
import type { Room } from '../../platform/room/index.ts'
import { endpointRegisters } from '../../platform/webhooks/index.ts'
import { joinRules, keyRegisters, memberGuards } from '../accounts/index.ts'
import {
  arrivalGuards,
  arrivalScreens,
  exportAccounts,
  fieldNameScreens,
  importScreens,
  mergeSteps,
  residenceKeeper,
  standingPermission,
} from '../contacts/index.ts'
import { agentsInventory } from './agents/agent.tables.ts'
import { agentDoor } from './agents/agent-door.ts'
import { agentSubscribers, tellAgentJob } from './agents/tell-agent.ts'
import { agesInventory } from './ages/age.tables.ts'
import { agePages } from './ages/age-pages.ts'
import { asksOfJoining } from './ages/asks-of-joining.ts'
import { guardianSource } from './ages/guardian.ts'
import { confirmPages } from './consents/confirm-pages.ts'
import { consentsInventory } from './consents/consent.tables.ts'
import { counterPages } from './consents/counter-pages.ts'
import { invitationSource } from './consents/invite.ts'
import { inquirySource } from './consents/note-inquiry.ts'
import { choicesPages } from './cookies/choices-pages.ts'
import { cookiesInventory } from './cookies/cookie.tables.ts'
import { foldWebLogJob, foldWebLogSchedule } from './cookies/fold-web-log.ts'
import { webLog } from './cookies/web-log.ts'
import {
  eraseContactJob,
  eraseHolds,
  erasureInventory,
  liftAfterLetterJob,
  makeExportJob,
  refuseErased,
  restrictionSubjects,
  resumeErasures,
  resumeErasuresJob,
  rightsPages,
  takeOverJob,
} from './erasure/index.ts'
import { askAgain } from './gate/ask-again.ts'
import { contactPolicyInventory } from './gate/contact-policy.tables.ts'
import { knownFactInventory } from './gate/known-fact.tables.ts'
import { gateInventory } from './gate/permit.tables.ts'
import { keepResidence } from './gate/record-known-fact.ts'
import { subjectSources } from './gate/subject-sources.ts'
import { eraseFlaggedJob, eraseFlaggedSchedule } from './geography/erase-flagged.ts'
import { flagsInventory } from './geography/flag.tables.ts'
import { screenArrivals } from './geography/screen-arrivals.ts'
import { screenImports } from './imports/screen-imports.ts'
import { leavingInventory } from './leaving/leaving.tables.ts'
import { leavingPages } from './leaving/leaving-pages.ts'
import { makeWorkspaceExportJob } from './leaving/make-workspace-export.ts'
import { mergeStep } from './merging/merge-step.ts'
import { lookUpNumbersJob } from './number-checks/look-up-numbers.ts'
import { legalPages } from './policies/legal-pages.ts'
import { policiesInventory } from './policies/policy.tables.ts'
import { policySubjects, tellPolicyJob } from './policies/tell-policy.ts'
import { ownWishesSource } from './preferences/mail-new-link.ts'
import { preferencesInventory } from './preferences/preference.tables.ts'
import { preferencePages } from './preferences/preference-pages.ts'
import { breachInventory } from './registers/breaches/breach.tables.ts'
import { breachSubjects } from './registers/breaches/breach-subjects.ts'
import { findAffectedJob } from './registers/breaches/find-affected.ts'
import { tellAffectedJob } from './registers/breaches/tell-affected.ts'
import { watchBreachesJob, watchBreachesSchedule } from './registers/breaches/watch-breaches.ts'
import { disclosureInventory } from './registers/disclosures/disclosure.tables.ts'
import { recipientNoticeInventory } from './registers/disclosures/recipient-notice.tables.ts'
import { askEgress } from './registers/egress.ts'
import { admitEndpointRecipient, admitKeyRecipient, endpointStopped, keyStopped } from './registers/key-recipients.ts'
import { makeExtractJob } from './registers/legal/disclose.ts'
import { legalInventory } from './registers/legal/legal.tables.ts'
import { legalReviewPages } from './registers/legal/legal-review-page.ts'
import { legalSubjects } from './registers/legal/tell-subject.ts'
import { watchLegalRequestsJob, watchLegalRequestsSchedule } from './registers/legal/watch-legal-requests.ts'
import { objectionPages } from './registers/ownership/objection-page.ts'
import { ownershipInventory } from './registers/ownership/ownership.tables.ts'
import { ownershipSubjects, tellNewcomersJob, tellNewcomersSchedule, tellOfChangeJob } from './registers/ownership/tell-of-change.ts'
import { processorInventory } from './registers/processor.tables.ts'
import { recordTakenList } from './registers/taken-lists.ts'
import { keepAuthorizationPolicyJob, keepAuthorizationPolicySchedule } from './registers/team/authorization-policy.ts'
import { teamInventory } from './registers/team/team.tables.ts'
import { isSuspended } from './registers/team/training.ts'
import { tidyRegistersJob, tidyRegistersSchedule } from './registers/tidy-registers.ts'
import { carryOutErasureJob } from './requests/erase-for-request.ts'
import { handOverJob } from './requests/hand-over.ts'
import { openRequestJob } from './requests/open-request.ts'
import { portalPages } from './requests/portal-pages.ts'
import { receiveOfficeMail } from './requests/receive-office-mail.ts'
import { requestsInventory } from './requests/request.tables.ts'
import { requestSubjects } from './requests/request-subjects.ts'
import { resumeUseJob } from './requests/settle-objection.ts'
import { recordingsAreStrict, sensitiveFieldsAreStrict } from './requests/strict-proof-sources.ts'
import { strictProofs } from './requests/surroundings.ts'
import { watchRequestsJob, watchRequestsSchedule } from './requests/watch-requests.ts'
import { holdErasures } from './retention/legal-holds.ts'
import { retentionInventory } from './retention/retention.tables.ts'
import { retentionJob, retentionSchedule } from './retention/retention-job.ts'
import { mountedRoutes } from './routes.ts'
import { purgeTaxIdsJob, purgeTaxIdsSchedule } from './sensitive/purge-tax-ids.ts'
import { sensitiveInventory } from './sensitive/sensitive.tables.ts'
import { soundsSensitive } from './sensitive/sensitive-names.rules.ts'
import { settingsInventory } from './settings/settings.tables.ts'
import { lookAtEverybodyJob, standingSchedule, standingSubscribers } from './standing/keep-standing.ts'
import { standingAnswerInventory } from './standing/standing-answer.tables.ts'
import { permissionAsItStands } from './standing/standing-permission.ts'
import { clearRegistry } from './suppression/clear-registry.ts'
import { publicStopPages } from './suppression/public-stop-page.ts'
import { registryInventory } from './suppression/registry.tables.ts'
import { stopPages } from './suppression/stop-page.ts'
import { suppressionInventory } from './suppression/suppression.tables.ts'
import { suppressionSubjects } from './suppression/suppression-subjects.ts'

export { ageWords } from './ages/age.words.ts'
export { ageGate, agePath } from './ages/age-gate.ts'
export { noteUnderAge } from './ages/under-age.ts'
export { auditSurroundings } from './audit/surroundings.ts'
export { agreeAsVisitor, agreeOnBookingPage, bookingPageWordings, kitChannel, pageWordings } from './consents/agree-as-visitor.ts'
export { confirmConsent } from './consents/confirm-consent.ts'
export { arrangeKit, kitSettings, writtenWording } from './consents/consent-kit.ts'
export { type Dealing, forgetDealing, noteDealing } from './consents/note-dealing.ts'
export { recordConsent, recordWithdrawal } from './consents/record-consent.ts'
export { type Standing, standingOf, standingsOf } from './consents/standing.ts'
export { consentSurroundings } from './consents/surroundings.ts'
export { type Asker, askerOf, silentAsker } from './cookies/asker.ts'
export { cookieWords } from './cookies/cookie.words.ts'
export { decide as decideOnCookies } from './cookies/decide.ts'
export { noteSignals, saidNoToSharing } from './cookies/note-signals.ts'
export { allowNoticed, type CookieNotice, choicesPath, cookieNotice } from './cookies/notice.ts'
export { declareTag, removeTag } from './cookies/page-tags.ts'
export {
  anonymizeContact,
  type EraseContact,
  type EraseHold,
  type ErasureSurroundings,
  type ExportContact,
  eraseContact,
  erasedBefore,
  eraseHolds,
  erasureOf,
  erasureSurroundings,
  exportContact,
  exportLink,
  importContact,
  liftRestriction,
  loadErasure,
  openTombstones,
  type PlannedWithContact,
  plannedWithContact,
  previewErasure,
  type RectifyContact,
  type RestrictContact,
  reapplyErasures,
  rectifyContact,
  restrictContact,
  restrictionOf,
  resumeErasuresJob,
  type StandIn,
  standIns,
  statesOfContacts,
  vacuumTables,
} from './erasure/index.ts'
export { presentReason } from './gate/may-contact.ts'
export type { PermitAnswer, Touch } from './gate/permit-answer.ts'
export { whyNot } from './gate/reason-sentences.ts'
export { notePlaceOfVisit } from './gate/record-known-fact.ts'
export { requestPermit } from './gate/request-permit.ts'
export { mostAtOnce as mostPermitsAtOnce, requestPermits } from './gate/request-permits.ts'
export { type AskedSubject, type SubjectSource, subjectSources } from './gate/subject-sources.ts'
export { usePermit } from './gate/use-permit.ts'
export { whereaboutsOf } from './gate/whereabouts.ts'
export { leavingPolicy } from './leaving/leaving.policy.ts'
export { type AskedNumber, type LookedUpNumber, type NumberLookup, numberLookups } from './number-checks/number-lookups.ts'
export type { BuiltInUseKey } from './policies/built-in-uses.ts'
export { mayShareForMarketing, mayUse, requireUse } from './policies/data-use.ts'
export { type LegalFacts, legalFacts } from './policies/legal-facts.ts'
export { captureNotice, legalFooter, noticeId, policyBanner } from './policies/legal-footer.ts'
export { policyPolicy } from './policies/policy.policy.ts'
export { publishFirst } from './policies/publish-first.ts'
export { publishPolicy } from './policies/publish-policy.ts'
export { draftOf as policyDraft } from './policies/read-policies.ts'
export { signUpDocuments } from './policies/sign-up-documents.ts'
export { policySurroundings } from './policies/surroundings.ts'
export { acknowledgePolicy } from './policies/told-list.ts'
export { preferenceWords } from './preferences/preference.words.ts'
export { preferencePath } from './preferences/preference-link.ts'
export { privacyPolicy } from './privacy.policy.ts'
export { breachPolicy } from './registers/breaches/breach.policy.ts'
export { reportAsOperator, reportBreach } from './registers/breaches/report-breach.ts'
export { addCounterparty } from './registers/counterparties.ts'
export { disclosurePolicy } from './registers/disclosures/disclosure.policy.ts'
export { legalPolicy } from './registers/legal/legal.policy.ts'
export { recordLegalRequest } from './registers/legal/record-legal-request.ts'
export { ownershipPolicy } from './registers/ownership/ownership.policy.ts'
export { addProcessor } from './registers/processors.ts'
export { registersPolicy } from './registers/registers.policy.ts'
export { type Configured, registerSurroundings } from './registers/surroundings.ts'
export { acceptTerms, readTerms } from './registers/team/processing-terms.ts'
export { teamPolicy } from './registers/team/team.policy.ts'
export { answerRequest, refuseRequest, resolveComplaint } from './requests/answer-request.ts'
export { changeOffice } from './requests/office.ts'
export { openRequest } from './requests/open-request.ts'
export { portalLink, portalPath } from './requests/portal-link.ts'
export { type ReceiveRequest, receiveRequest } from './requests/receive-request.ts'
export { requestsPolicy } from './requests/request.policy.ts'
export { requestWords } from './requests/request.words.ts'
export { requestSurroundings, type StrictProof, strictProofs } from './requests/surroundings.ts'
export { verifyRequest } from './requests/verify-request.ts'
export { previewRetention } from './retention/preview-retention.ts'
export { confirmRetention } from './retention/retention-setting.ts'
export { declareField } from './sensitive/declare-field.ts'
export { maskFromOutside, noteMasked } from './sensitive/mask-from-outside.ts'
export { maskInFile } from './sensitive/mask-in-file.ts'
export { recordValue } from './sensitive/sensitive-values.ts'
export { type ChangePrivacySettings, changePrivacySettings } from './settings/change-privacy-settings.ts'
export { readPrivacySettings } from './settings/read-privacy-settings.ts'
export { defaultPrivacySettings, privacySettings } from './settings/settings.ts'
export { type OptOut, optInAgain, recordOptOut } from './suppression/opt-out.ts'
export { publicStopPath } from './suppression/public-stop-path.ts'
export { stopWords } from './suppression/stop.words.ts'
export { stopPath } from './suppression/stop-link.ts'
export { type Suppress, suppress } from './suppression/suppress.ts'
export { stopPageSurroundings } from './suppression/surroundings.ts'

/** Fills the ports of rooms and platform to the left that this room answers. */
export function providePrivacyPorts(): void {
  mailGate.provide({ askAgain })
  officeMails.provide({ receive: receiveOfficeMail })
  subjectSources.provide('privacy.suppression', suppressionSubjects)
  arrivalGuards.provide('privacy', refuseErased)
  arrivalScreens.provide('privacy.places', screenArrivals)
  residenceKeeper.provide({ keep: keepResidence })
  importScreens.provide('privacy', screenImports)
  mergeSteps.provide('privacy', mergeStep)
  standingPermission.provide(permissionAsItStands)
  fieldNameScreens.provide('privacy.sensitive', { look: soundsSensitive })
  subjectSources.provide('privacy.wishes', ownWishesSource)
  subjectSources.provide('privacy.invitations', invitationSource)
  subjectSources.provide('privacy.guardians', guardianSource)
  subjectSources.provide('privacy.inquiries', inquirySource)
  egressGuards.provide('privacy', { ask: askEgress })
  subjectSources.provide('privacy.breaches', breachSubjects)
  subjectSources.provide('privacy.legal-requests', legalSubjects)
  subjectSources.provide('privacy.ownership', ownershipSubjects)
  memberGuards.provide('privacy.training', { isSuspended })
  keyRegisters.provide('privacy.registers', { admit: admitKeyRecipient, stopped: keyStopped })
  exportAccounts.provide('privacy.disclosures', { take: recordTakenList })
  endpointRegisters.provide('privacy.registers', { admit: admitEndpointRecipient, stopped: endpointStopped })
  joinRules.provide('privacy.settings', { asks: asksOfJoining })
  eraseHolds.provide('privacy.legal-holds', holdErasures)
  subjectSources.provide('privacy.requests', requestSubjects)
  subjectSources.provide('privacy.restrictions', restrictionSubjects)
  strictProofs.provide('privacy.recordings', recordingsAreStrict)
  strictProofs.provide('privacy.sensitive', sensitiveFieldsAreStrict)
  subjectSources.provide('privacy.policies', policySubjects)
}

export const privacyRoom: Room = {
  name: 'privacy',
  migrations: new URL('./migrations', import.meta.url),
  inventory: [
    ...gateInventory,
    ...knownFactInventory,
    ...standingAnswerInventory,
    ...contactPolicyInventory,
    ...suppressionInventory,
    ...registryInventory,
    ...consentsInventory,
    ...preferencesInventory,
    ...erasureInventory,
    ...retentionInventory,
    ...requestsInventory,
    ...agentsInventory,
    ...settingsInventory,
    ...sensitiveInventory,
    ...processorInventory,
    ...cookiesInventory,
    ...breachInventory,
    ...disclosureInventory,
    ...leavingInventory,
    ...recipientNoticeInventory,
    ...legalInventory,
    ...teamInventory,
    ...ownershipInventory,
    ...agesInventory,
    ...flagsInventory,
    ...policiesInventory,
  ],
  routes: mountedRoutes,
  jobs: [
    clearRegistry,
    eraseContactJob,
    resumeErasuresJob,
    makeExportJob,
    takeOverJob,
    retentionJob,
    openRequestJob,
    watchRequestsJob,
    foldWebLogJob,
    findAffectedJob,
    tellAffectedJob,
    watchBreachesJob,
    carryOutErasureJob,
    handOverJob,
    tellAgentJob,
    resumeUseJob,
    liftAfterLetterJob,
    purgeTaxIdsJob,
    makeExtractJob,
    makeWorkspaceExportJob,
    tellPolicyJob,
    watchLegalRequestsJob,
    keepAuthorizationPolicyJob,
    tidyRegistersJob,
    tellNewcomersJob,
    tellOfChangeJob,
    eraseFlaggedJob,
    lookUpNumbersJob,
    lookAtEverybodyJob,
  ],
  schedules: [
    resumeErasures,
    retentionSchedule,
    watchRequestsSchedule,
    foldWebLogSchedule,
    watchBreachesSchedule,
    watchLegalRequestsSchedule,
    keepAuthorizationPolicySchedule,
    tidyRegistersSchedule,
    tellNewcomersSchedule,
    purgeTaxIdsSchedule,
    eraseFlaggedSchedule,
    standingSchedule,
  ],
  subscribers: [...agentSubscribers, ...standingSubscribers],
  pages: (app) => {
    stopPages(app)
    publicStopPages(app)
    rightsPages(app)
    preferencePages(app)
    confirmPages(app)
    counterPages(app)
    portalPages(app)
    agentDoor(app)
    objectionPages(app)
    choicesPages(app)
    agePages(app)
    webLog(app)
    legalPages(app)
    leavingPages(app)
    legalReviewPages(app)
  },
}
