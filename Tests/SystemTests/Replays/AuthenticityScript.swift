/// Authenticity (Projections, section 3) worked out once more, from the events alone, by a program in another language that
/// knows nothing of the ledger's: whom a lower brand limit names.
enum AuthenticityScript {
    /// Reads the log's lines from a file; says of each influencer who differs: id, before, after.
    ///
    /// Arguments: the file, the instant, the limit before, the limit after.
    static let text = #"""
        import datetime, json, sys
        from collections import defaultdict

        path, at, before, after = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

        def instant(text):
            return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))

        def day(moment):
            return int((moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds()) // 86400

        end = instant(at)
        events, retracted = [], set()
        with open(path, encoding="utf-8") as lines:
            # The whole log from its beginning: the number of a line is the position of its event.
            for position, line in enumerate(lines, 1):
                event = json.loads(line)
                if event["type"] == "event.retracted":
                    retracted.add(int(event["data"]["position"]))
                elif event["type"] in ("post.published", "post.removed"):
                    events.append((instant(event["time"]), event["source"].encode(), event["id"].encode(), position, event))
        events.sort(key=lambda item: item[:3])
        posts, removed = defaultdict(dict), set()
        for time, _, _, position, event in events:
            if time > end or position in retracted:
                continue
            data = event["data"]
            if event["type"] == "post.removed":
                removed.add((data["influencerId"], data["postId"]))
            else:
                # The earliest counts; a second one of the same post is repeated.
                posts[data["influencerId"]].setdefault(data["postId"], (time, data))

        def authenticity(own, limit):
            n, p, brands = 0, 0, set()
            for time, data in own:
                if day(end) - day(time) > 90:
                    continue
                n += 1
                if data["connection"] != "none":
                    p += 1
                    brands.update(data.get("brandIds", []))
            if n < 5:
                return 5000
            q = 10000 * p // n
            share = 10000 if q <= 2000 else 0 if q >= 7000 else 10000 * (7000 - q) // 5000
            b = len(brands)
            brand = 10000 if b <= limit else max(1000, 10000 - 1500 * (b - limit))
            return share * brand // 10000

        for influencer in sorted(posts):
            own = [post for name, post in posts[influencer].items() if (influencer, name) not in removed]
            values = authenticity(own, before), authenticity(own, after)
            if values[0] != values[1]:
                print(influencer, *values)
        """#
}
