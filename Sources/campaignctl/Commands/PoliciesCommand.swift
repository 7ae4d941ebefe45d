import ArgumentParser
import LedgerAPI
import LedgerClient

struct PoliciesCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "policies",
        abstract: "List the policies and which version is in force; with a kind, show its parameters.")

    @Argument(help: "A kind: advocacy, tax or trust.", completion: .list(["advocacy", "tax", "trust"]))
    var kind: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    func run(_ session: Session) async throws {
        var path = kind.map { RequestPath("v1", "policies", $0) } ?? RequestPath("v1", "policies")
        standing.add(to: &path)
        if kind == nil {
            try await session.show(path, as: Answered<ItemList<PolicyBody>>.self, PolicyText.renderList)
        } else {
            try await session.show(path, as: Answered<PolicyBody>.self, PolicyText.render)
        }
    }
}
