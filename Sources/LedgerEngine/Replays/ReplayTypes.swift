package import EventLog

/// What a replay of the log is for.
package enum ReplayKind: String, CaseIterable, Sendable {
    /// Folds the log from nothing beside the serving read models and compares.
    case verify
    /// Builds the read models anew beside the serving ones and lets them take over.
    case rebuild
    /// Lets the read models that a rebuild replaced take over again.
    case goBack
    /// Evaluates everyone under other policies.
    case whatif
}

/// Where a replay is.
package enum ReplayPhase: String, CaseIterable, Sendable {
    /// Reads the log's records and checks each.
    case records
    /// Folds the log beside what serves.
    case fold
    /// Compares with what serves.
    case compare
    /// Folds what came meanwhile.
    case catchUp
    /// Puts what was built in the place of what served.
    case takeOver
    /// Evaluates influencers.
    case evaluate
}

/// Something that is not as it has to be: what, and where.
package struct ReplayFinding: Sendable, Equatable {
    package enum Place: String, CaseIterable, Sendable {
        case log, views, index
    }

    package enum Kind: String, CaseIterable, Sendable {
        /// Bytes are not what was written.
        case damaged
        /// Something is not there that the log says.
        case missing
        /// Something is there that the log does not say.
        case surplus
        /// Something is there, but not as the log says.
        case different
        /// It stands at another position than it says, or at one that cannot be.
        case wrongPosition
    }

    package var place: Place
    package var kind: Kind
    /// The position it is about; nil where it is about none.
    package var position: Position?
    /// The row, stream or identity it is about, as a person names it: `influencer/i-0001`; nil where it is about none.
    package var subject: String?
    /// A sentence: what was expected, what was found.
    package var text: String

    package init(_ place: Place, _ kind: Kind, position: Position? = nil, subject: String? = nil, _ text: String) {
        self.place = place
        self.kind = kind
        self.position = position
        self.subject = subject
        self.text = text
    }
}

/// A replay that ends before its end.
package enum ReplayFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whoever started it, or the daemon's end, called it off.
    case cancelled
    /// It cannot be done; the text says why and what to do.
    case failed(String)

    package var description: String {
        switch self {
        case .cancelled: "it was called off"
        case .failed(let text): text
        }
    }
}
