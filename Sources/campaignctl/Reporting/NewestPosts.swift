import LedgerAPI

/// Of posts that come in any order, the newest: no more than twice as many as are wanted are held.
struct NewestPosts {
    let max: Int
    private var posts: [ExportedPostBody] = []
    /// All that came.
    private(set) var count = 0

    /// - Parameter max: How many are wanted.
    init(max: Int) {
        self.max = max
    }

    mutating func add(_ post: ExportedPostBody) {
        count += 1
        posts.append(post)
        if posts.count >= 2 * max { posts = newest }
    }

    /// By time of publication, then by name, the newest first.
    var newest: [ExportedPostBody] {
        Array(posts.sorted { ($0.post.published, $0.post.postId) > ($1.post.published, $1.post.postId) }.prefix(max))
    }
}
