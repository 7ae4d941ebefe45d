import LedgerAPI

/// Of posts that come in any order, the newest: no more than twice as many as are wanted are held.
struct NewestPosts {
    let max: Int
    private var posts: [PostBody] = []
    /// All that came.
    private(set) var count = 0

    /// - Parameter max: How many are wanted.
    init(max: Int) {
        self.max = max
    }

    mutating func add(_ post: PostBody) {
        count += 1
        posts.append(post)
        if posts.count >= 2 * max { posts = newest }
    }

    /// By time of publication, then by name, the newest first.
    var newest: [PostBody] {
        Array(posts.sorted { ($0.published, $0.postId) > ($1.published, $1.postId) }.prefix(max))
    }
}
