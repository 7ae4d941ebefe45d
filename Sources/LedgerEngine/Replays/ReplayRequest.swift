package import CampaignDomain
package import EventLog

/// What replay is asked for, and what share of the machine it may take.
package struct ReplayRequest: Sendable, Equatable {
    package var kind: ReplayKind
    package var pace: ReplayPace
    /// Of `.whatif` alone, and there always.
    package var whatIf: WhatIfQuestion?

    package init(_ kind: ReplayKind, pace: ReplayPace, whatIf: WhatIfQuestion? = nil) {
        self.kind = kind
        self.pace = pace
        self.whatIf = whatIf
    }
}

/// Which policies are replaced for all time, and as of when everyone is evaluated.
package struct WhatIfQuestion: Sendable, Equatable {
    /// One kind's parameters, in the order of the kind's table; of tax pairs of year and minor units, as a fact has them.
    package struct Replacement: Sendable, Equatable {
        package var kind: PolicyKind
        package var parameters: [Int64]

        package init(_ kind: PolicyKind, _ parameters: [Int64]) {
            self.kind = kind
            self.parameters = parameters
        }
    }

    /// In the order of the kinds, each at most once; kinds that are not named stay as they are.
    package var policies: [Replacement]
    /// Nil: all that is known when the replay begins.
    package var position: Position?
    /// Nil: the clock when the replay begins.
    package var at: Instant?

    package init(policies: [Replacement], position: Position? = nil, at: Instant? = nil) {
        self.policies = policies
        self.position = position
        self.at = at
    }
}
