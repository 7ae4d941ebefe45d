import ArgumentParser

/// The daemon's command line: serving is what it does if nothing else is said.
@main
struct Campaignd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaignd",
        abstract: "The ledger of an influencer programme, served on a Unix socket.",
        subcommands: [ServeCommand.self, DigestCommand.self], defaultSubcommand: ServeCommand.self)
}
