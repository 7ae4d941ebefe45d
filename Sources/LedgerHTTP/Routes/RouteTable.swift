import LedgerAPI

/// All routes, and which of them a path means.
struct RouteTable: Sendable {
    let routes: [Route]

    static let all = RouteTable(
        routes: EventRoutes.all + InfluencerRoutes.all + CampaignRoutes.all + LedgerRoutes.all + ServiceRoutes.all)

    /// Throws unless the path is a route's and the method is one of those it takes; HEAD is where GET is.
    ///
    /// - Returns: the route, and the methods of its path.
    func check(method: String, path: String) throws(ProblemDetails) -> Route {
        let candidates = routes.filter { Self.matches($0.path, path) }
        guard !candidates.isEmpty else {
            throw ProblemDetails(.unknownRoute, detail: "There is no \(excerpt(path)).")
        }
        let wanted = method == "HEAD" ? "GET" : method
        guard let route = candidates.first(where: { $0.method == wanted }) else {
            let allowed = Self.allowed(candidates)
            var problem = ProblemDetails(
                .methodNotAllowed, detail: "\(excerpt(path)) does not take \(excerpt(method)).",
                remedy: "Use \(allowed).")
            problem.allow = allowed
            throw problem
        }
        return route
    }

    private static func allowed(_ routes: [Route]) -> String {
        routes.flatMap { $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] }.joined(separator: ", ")
    }

    /// What stands for `{…}` in a path that the template matches.
    static func place(in path: String, template: String) -> Substring {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let names = template.split(separator: "/", omittingEmptySubsequences: false)
        guard let index = names.firstIndex(where: { $0.hasPrefix("{") }), index < parts.count else { return "" }
        return parts[index]
    }

    private static func matches(_ template: String, _ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let names = template.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == names.count else { return false }
        return zip(names, parts).allSatisfy { name, part in
            name.hasPrefix("{") ? !part.isEmpty : name == part
        }
    }
}
