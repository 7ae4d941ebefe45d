import LedgerAPI

/// All routes, and which of them a path means.
struct RouteTable: Sendable {
    let routes: [Route]
    /// The append route's number.
    let appendNumber: Int?
    /// The templates of the paths in their parts, each with its routes: one a method.
    private let paths: [(template: PathTemplate, routes: [Route])]

    static let all = RouteTable(
        EventRoutes.all + InfluencerRoutes.all + ReasonRoutes.all + [TrustHistoryRoute.route] + CampaignRoutes.all
            + LedgerRoutes.all + AuditRoutes.all + ExportRoutes.all + ReplayRoutes.all + [ChangeRoute.route]
            + ServiceRoutes.all
            + [MetricsRoute.route])

    init(_ routes: [Route]) {
        let routes = routes.enumerated().map { number, route in
            var route = route
            route.number = number
            return route
        }
        self.routes = routes
        appendNumber = routes.first { $0.path == AppendPlan.path && $0.method == "POST" }?.number
        var paths: [(template: PathTemplate, routes: [Route])] = []
        for route in routes {
            if let index = paths.firstIndex(where: { $0.routes[0].path == route.path }) {
                paths[index].routes.append(route)
            } else {
                paths.append((PathTemplate(route.path), [route]))
            }
        }
        self.paths = paths
    }

    /// The route of a path and method, and what stands in the path for `{…}`, still encoded; nil unless there is one.
    func find(method: String, path: String) -> (route: Route, place: Substring)? {
        guard let (routes, place) = find(path), let route = routes.first(where: { $0.method == method }) else {
            return nil
        }
        return (route, place)
    }

    private func find(_ path: String) -> (routes: [Route], place: Substring)? {
        for (template, routes) in paths { if let place = template.match(path) { return (routes, place) } }
        return nil
    }

    /// Throws unless the path is a route's and the method is one of those it takes; HEAD is where GET is.
    ///
    /// - Returns: the route, and what stands in the path for `{…}`, still encoded.
    func check(method: String, path: String) throws(ProblemDetails) -> (route: Route, place: Substring) {
        guard let (routes, place) = find(path) else {
            throw ProblemDetails(.unknownRoute, detail: "There is no \(excerpt(path)).")
        }
        let wanted = method == "HEAD" ? "GET" : method
        guard let route = routes.first(where: { $0.method == wanted }) else {
            let allowed = Self.allowed(routes)
            var problem = ProblemDetails(
                .methodNotAllowed, detail: "\(excerpt(path)) does not take \(excerpt(method)).",
                remedy: "Use \(allowed).")
            problem.allow = allowed
            throw problem
        }
        return (route, place)
    }

    private static func allowed(_ routes: [Route]) -> String {
        routes.flatMap { $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] }.joined(separator: ", ")
    }
}

/// A route's path: literal text with at most one part that varies.
struct PathTemplate: Sendable {
    private let prefix: [UInt8]
    /// What follows the part that varies; nil where none does.
    private let suffix: [UInt8]?

    init(_ path: String) {
        let parts = path.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }
        prefix = Array(parts[0].utf8)
        suffix = parts.count > 2 ? Array(parts[2].utf8) : nil
    }

    /// What stands in the path for the part that varies, empty where none does; nil if the path is another.
    func match(_ path: String) -> Substring? {
        var path = path
        guard let place = path.withUTF8({ match($0) }) else { return nil }
        let start = path.utf8.index(path.startIndex, offsetBy: place.lowerBound)
        return path[start..<path.utf8.index(start, offsetBy: place.count)]
    }

    private func match(_ path: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard let suffix else { return path.elementsEqual(prefix) ? 0..<0 : nil }
        guard path.count > prefix.count + suffix.count, path[..<prefix.count].elementsEqual(prefix) else { return nil }
        let end = path[prefix.count...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
        guard end > prefix.count, path[end...].elementsEqual(suffix) else { return nil }
        return prefix.count..<end
    }
}
