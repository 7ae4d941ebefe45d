/// What a replay that succeeded has to say.
package enum ReplayResult: Sendable, Equatable {
    case verify(VerificationResult)
    case rebuild(RebuildResult)
    case whatif(WhatIfResult)
}
