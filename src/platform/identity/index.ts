import type { ServerModule } from '#platform/http/server-module.ts'
import { membershipRecord, organizationRecord, tokenRecord } from './records.ts'
import { changePasswordUseCase, changeProfileUseCase } from './server/account.ts'
import { checkCodeUseCase, loadDemoUseCase, setUpUseCase, showInstallationUseCase } from './server/installation.ts'
import { requestResetUseCase, showLinkUseCase, useLinkUseCase } from './server/link.ts'
import {
  changeMemberUseCase,
  endMemberUseCase,
  enterSelfUseCase,
  inviteUseCase,
  listMembersUseCase,
  resetMemberUseCase,
} from './server/members.ts'
import {
  showSessionUseCase,
  signInAsPersonaUseCase,
  signInUseCase,
  signOutEverywhereUseCase,
  signOutUseCase,
} from './server/session.ts'
import { createTokenUseCase, listTokensUseCase, revokeTokenUseCase } from './server/tokens.ts'
import type { IdentityServices } from './services.ts'

/** Set-up, sign-in, members and API tokens. */
export const identityModule: ServerModule<IdentityServices> = {
  name: 'identity',
  records: [organizationRecord, membershipRecord, tokenRecord],
  useCases: [
    showInstallationUseCase,
    checkCodeUseCase,
    loadDemoUseCase,
    setUpUseCase,
    signInUseCase,
    signInAsPersonaUseCase,
    showSessionUseCase,
    signOutUseCase,
    signOutEverywhereUseCase,
    changePasswordUseCase,
    changeProfileUseCase,
    showLinkUseCase,
    useLinkUseCase,
    requestResetUseCase,
    listMembersUseCase,
    inviteUseCase,
    changeMemberUseCase,
    enterSelfUseCase,
    endMemberUseCase,
    resetMemberUseCase,
    listTokensUseCase,
    createTokenUseCase,
    revokeTokenUseCase,
  ],
}
