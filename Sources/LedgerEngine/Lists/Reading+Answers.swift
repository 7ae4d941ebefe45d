import CampaignDomain

extension Reading {
    /// Influencers worked out before others have their turn: about a millisecond of work. Lists are asked for often, and
    /// the threads that work them out are few.
    private static let answersPerTurn = 8
    /// From so many on another thread takes half of them.
    private static let answersToShare = 32

    /// What is concluded of influencers, beside their identifiers; nil: no event of theirs counts.
    ///
    /// - Parameter ids: well-formed.
    func answers(of ids: ArraySlice<String>) async throws(QueryFault) -> [InfluencerAnswer?] {
        guard ids.count >= Self.answersToShare else { return try await answersInTurn(ids).get() }
        let middle = ids.startIndex + ids.count / 2
        async let others = answersInTurn(ids[middle...])
        let first = await answersInTurn(ids[..<middle])
        return try await first.get() + others.get()
    }

    /// A result, since what a task of its own throws has no type.
    private func answersInTurn(_ ids: ArraySlice<String>) async -> Result<[InfluencerAnswer?], QueryFault> {
        do throws(QueryFault) {
            var answers: [InfluencerAnswer?] = []
            var ids = ids
            while !ids.isEmpty {
                try await giveWay()
                let some = ids.prefix(Self.answersPerTurn)
                ids = ids.dropFirst(some.count)
                for rows in try rows(ofInfluencers: some) { answers.append(try judge(rows) { $0.assess() }) }
            }
            return .success(answers)
        } catch {
            return .failure(error)
        }
    }
}
