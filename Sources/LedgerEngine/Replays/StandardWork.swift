extension ReplayCenter {
    /// What each kind of replay does.
    static func standardWork(_ request: ReplayRequest) -> any ReplayWork {
        switch request.kind {
        case .rebuild: RebuildWork()
        case .goBack: GoBackWork()
        case .whatif: WhatIfWork()
        case .verify: VerifyWork()
        }
    }
}
