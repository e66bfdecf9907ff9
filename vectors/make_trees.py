"""Roots, inclusion and consistency proofs, tile paths and entry bundles."""

from functools import cache

from reference import consistency, inclusion, leaf_hash, node_hash, root, root_by_path, sha256, split
from suite import Suite

SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 100, 255, 256, 257]


def leaves(n):
    return [leaf_hash(str(i).encode()) for i in range(n)]


def hexes(hashes):
    return [h.hex() for h in hashes]


# Entries, roots and proofs of the reference tests of Certificate Transparency, as transparency-dev/merkle carries them.
KNOWN_ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
KNOWN_INCLUSION = {
    (0, 8): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    (5, 8): ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]}
KNOWN_CONSISTENCY = {
    (1, 8): KNOWN_INCLUSION[0, 8],
    (6, 8): ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 5): ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
    (6, 7): ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]}


def known_leaves(n):
    return [leaf_hash(bytes.fromhex(e)) for e in KNOWN_ENTRIES[:n]]


def number(n):
    """JSON numbers are exact below 2^53; greater ones are strings."""
    return n if abs(n) < 2**53 else str(n)


class Alike:
    """A tree whose leaves are all alike: its hashes and proofs are quick to compute at any size."""

    def __init__(self, leaf):
        self.leaf = leaf

    @cache
    def root(self, n):
        return self.leaf if n == 1 else node_hash(self.root(split(n)), self.root(n - split(n)))

    def inclusion(self, m, n):
        if n == 1:
            return []
        k = split(n)
        return self.inclusion(m, k) + [self.root(n - k)] if m < k else self.inclusion(m - k, n - k) + [self.root(k)]

    def subtree(self, start, end, n, known=True):
        if (start, end) == (0, n):
            return [] if known else [self.root(n)]
        k = split(n)
        if end <= k:
            return self.subtree(start, end, k, known) + [self.root(n - k)]
        if k <= start:
            return self.subtree(start - k, end - k, n - k, known) + [self.root(k)]
        return self.subtree(0, end - k, n - k, False) + [self.root(k)]


ALIKE = Alike(leaf_hash(b"alike"))
MAX = 2**63 - 1
HUGE = [(0, MAX), (MAX - 1, MAX), (2**62, MAX), (2**62 - 1, MAX), (2**62, 2**62 + 1), (0, 2**62), (2**53, 2**53 + 1), (2**32, 2**33 + 5)]


def suites():
    return [roots(), inclusions(), consistencies(), subtrees(), subtree_inclusions(), frontiers(), tile_paths(), tile_widths(), bundles()]


def roots():
    s = Suite("roots", "Tree head of the given entries (hex), RFC 6962 section 2.1.", {
        "KnownAnswer": "Entries and roots of the Certificate Transparency reference tests.",
        "WrongPrefix": "Hashes leaves or nodes without their domain separation."})
    known = KNOWN_ENTRIES
    answers = ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
    for n, answer in enumerate(answers):
        assert root([leaf_hash(bytes.fromhex(e)) for e in known[:n]]).hex() == answer
        s.valid(f"{n} entries", "KnownAnswer", entries=known[:n], root=answer)
    pair = [bytes.fromhex(e) for e in known[1:3]]
    s.invalid("leaves without prefix", "WrongPrefix", entries=known[1:3],
              root=node_hash(sha256(pair[0]), sha256(pair[1])).hex())
    s.invalid("node without prefix", "WrongPrefix", entries=known[1:3],
              root=sha256(leaf_hash(pair[0]) + leaf_hash(pair[1])).hex())
    return s


def inclusions():
    s = Suite("inclusion", "Inclusion proofs: index, size, leaf hash, path and root in hex.", {
        "Normal": "Holds.",
        "KnownAnswer": "Proofs of the Certificate Transparency reference tests.",
        "Huge": "A tree of some 2^63 leaves, all alike; numbers of 2^53 and more are strings.",
        "IndexOutOfRange": "The index is not below the size; without the check a short path may still lead to the root.",
        "PathTooLong": "Hashes are left over; a verifier that stops at the root or ignores its counters accepts.",
        "PathTooShort": "The path ends below the root.",
        "WrongIndex": "The leaf lies elsewhere.",
        "WrongSize": "The tree has another size.",
        "WrongHash": "A hash of the path, the leaf or the root was altered.",
        "WrongOrder": "Two hashes of the path changed places."})

    def check(valid, comment, flag, m, n, leaf, path, r):
        assert (root_by_path(m, n, leaf, path) == r) == valid, (comment, m, n)
        s.add(valid, comment, flag, index=number(m), size=number(n), leaf=leaf.hex(), path=hexes(path), root=r.hex())

    for n in SIZES:
        ls = leaves(n)
        r = root(ls)
        for m in sorted({0, 1, n // 2, n - 2, n - 1} & set(range(n))):
            path = inclusion(m, ls)
            check(True, "holds", "Normal", m, n, ls[m], path, r)
            check(False, "index + size", "IndexOutOfRange", m + n, n, ls[m], path, r)
            check(False, "extra hash at the end", "PathTooLong", m, n, ls[m], path + [r], r)
            check(False, "extra hash at the start", "PathTooLong", m, n, ls[m], [ls[m]] + path, r)
            check(False, "altered leaf", "WrongHash", m, n, sha256(ls[m]), path, r)
            check(False, "altered root", "WrongHash", m, n, ls[m], path, sha256(r))
            if path:
                check(False, "last hash missing", "PathTooShort", m, n, ls[m], path[:-1], r)
                check(False, "empty path", "PathTooShort", m, n, ls[m], [], r)
                check(False, "neighbour's index", "WrongIndex", m ^ 1 if m ^ 1 < n else m - 1, n, ls[m], path, r)
                check(False, "altered sibling", "WrongHash", m, n, ls[m], [sha256(path[0])] + path[1:], r)
                check(False, "size doubled", "WrongSize", m, 2 * n, ls[m], path, r)
            if len(path) > 1:
                check(False, "path reversed", "WrongOrder", m, n, ls[m], path[::-1], r)
    for (m, n), path in KNOWN_INCLUSION.items():
        ls = known_leaves(n)
        assert hexes(inclusion(m, ls)) == path
        check(True, "known answer", "KnownAnswer", m, n, ls[m], inclusion(m, ls), root(ls))
    for m, n in HUGE:
        path, r = ALIKE.inclusion(m, n), ALIKE.root(n)
        check(True, "holds", "Huge", m, n, ALIKE.leaf, path, r)
        check(False, "a hash too many", "Huge", m, n, ALIKE.leaf, path + [r], r)
        check(False, "a hash too few", "Huge", m, n, ALIKE.leaf, path[:-1], r)
        check(False, "index = size", "Huge", n, n, ALIKE.leaf, path, r)
    for n in SIZES:
        ls = leaves(n)
        check(False, "index = size, the last leaf's path", "IndexOutOfRange", n, n, ls[-1], inclusion(n - 1, ls), root(ls))
        check(False, "the root as a leaf of itself", "PathTooShort" if n > 1 else "IndexOutOfRange", 0 if n > 1 else 1, n, root(ls), [], root(ls))
        check(False, "all zeros", "WrongHash", 0, n, bytes(32), [bytes(32)] * len(inclusion(0, ls)), root(ls))
    leaf = leaves(1)[0]
    check(False, "index 5 of 100 with an empty path and root = leaf", "PathTooShort", 5, 100, leaf, [], leaf)
    check(False, "index 0 of 0", "IndexOutOfRange", 0, 0, leaf, [], leaf)
    check(False, "index -1", "IndexOutOfRange", -1, 1, leaf, [], leaf)
    check(False, "index 1 of 1", "IndexOutOfRange", 1, 1, leaf, [], leaf)
    check(False, "negative size", "IndexOutOfRange", 0, -1, leaf, [], leaf)
    return s


def consistencies():
    s = Suite("consistency", "Consistency proofs: sizes, path and both roots in hex.", {
        "Normal": "Holds.",
        "KnownAnswer": "Proofs of the Certificate Transparency reference tests.",
        "Huge": "Trees of some 2^63 leaves, all alike; numbers of 2^53 and more are strings.",
        "Trivial": "From size 0 or between equal sizes the path is empty.",
        "OldAboveNew": "A tree does not shrink.",
        "PathTooLong": "Hashes are left over.",
        "PathTooShort": "The path ends below the root.",
        "WrongHash": "A hash of the path or a root was altered.",
        "WrongOrder": "The hashes changed places.",
        "RewrittenHistory": "The new tree does not begin with the old one."})

    def put(valid, comment, flag, m, n, path, old, new):
        s.add(valid, comment, flag, oldSize=number(m), newSize=number(n), path=hexes(path), oldRoot=old.hex(), newRoot=new.hex())

    empty = root([])
    for n in SIZES:
        ls = leaves(n)
        new = root(ls)
        for m in sorted({1, 2, 3, n // 2, split_below(n), n - 1} & set(range(1, n))):
            old, path = root(ls[:m]), consistency(m, ls)
            put(True, "holds", "Normal", m, n, path, old, new)
            put(False, "extra hash at the end", "PathTooLong", m, n, path + [new], old, new)
            put(False, "extra hash at the start", "PathTooLong", m, n, [old] + path, old, new)
            put(False, "last hash missing", "PathTooShort", m, n, path[:-1], old, new)
            put(False, "empty path", "PathTooShort", m, n, [], old, new)
            put(False, "altered hash", "WrongHash", m, n, path[:-1] + [sha256(path[-1])], old, new)
            put(False, "altered old root", "WrongHash", m, n, path, sha256(old), new)
            put(False, "altered new root", "WrongHash", m, n, path, old, sha256(new))
            put(False, "roots swapped", "WrongHash", m, n, path, new, old)
            put(False, "sizes swapped", "OldAboveNew", n, m, path, old, new)
            forged = root([sha256(ls[0])] + ls[1:m])
            put(False, "first entry rewritten", "RewrittenHistory", m, n, path, forged, new)
            if len(path) > 1:
                put(False, "path reversed", "WrongOrder", m, n, path[::-1], old, new)
        put(True, "equal sizes", "Trivial", n, n, [], new, new)
        put(False, "equal sizes, other roots", "RewrittenHistory", n, n, [], sha256(new), new)
        put(False, "equal sizes, a hash left over", "PathTooLong", n, n, [new], new, new)
        put(True, "from size 0", "Trivial", 0, n, [], empty, new)
        put(False, "from size 0 with another old root", "WrongHash", 0, n, [], sha256(empty), new)
        put(False, "from size 0, a hash left over", "PathTooLong", 0, n, [new], empty, new)
    for (m, n), path in KNOWN_CONSISTENCY.items():
        ls = known_leaves(n)
        assert hexes(consistency(m, ls)) == path
        put(True, "known answer", "KnownAnswer", m, n, consistency(m, ls), root(ls[:m]), root(ls))
    for m, n in [(m or 1, n) for m, n in HUGE]:
        path, old, new = ALIKE.subtree(0, m, n), ALIKE.root(m), ALIKE.root(n)
        put(True, "holds", "Huge", m, n, path, old, new)
        put(False, "a hash too many", "Huge", m, n, path + [new], old, new)
        put(False, "a hash too few", "Huge", m, n, path[:-1], old, new)
        put(False, "sizes swapped", "Huge", n, m, path, old, new)
        put(False, "altered hash", "Huge", m, n, [sha256(path[0])] + path[1:], old, new)
        put(True, "from size 0", "Huge", 0, n, [], empty, new)
    put(True, "equal sizes", "Huge", MAX, MAX, [], ALIKE.root(MAX), ALIKE.root(MAX))
    put(False, "the old root as the whole path", "PathTooLong", 1, 1, [leaves(1)[0]], leaves(1)[0], leaves(1)[0])
    put(False, "from size 0 with the new root as old root", "WrongHash", 0, 1, [], leaves(1)[0], leaves(1)[0])
    put(False, "to size 0", "OldAboveNew", 1, 0, [], leaves(1)[0], empty)
    put(False, "negative sizes", "OldAboveNew", -2, -1, [], empty, empty)
    put(True, "both empty", "Trivial", 0, 0, [], empty, empty)
    put(False, "both empty with another root", "WrongHash", 0, 0, [], sha256(empty), sha256(empty))
    put(False, "negative old size", "OldAboveNew", -1, 1, [], empty, leaves(1)[0])
    return s


def split_below(n):
    return 1 << max(n - 1, 1).bit_length() - 1


def subtree_proof(start, end, ls, known=True):
    """SUBTREE_SUBPROOF of draft-ietf-plants-merkle-tree-certs-02."""
    n = len(ls)
    if (start, end) == (0, n):
        return [] if known else [root(ls)]
    k = split(n)
    if end <= k:
        return subtree_proof(start, end, ls[:k], known) + [root(ls[k:])]
    if k <= start:
        return subtree_proof(start - k, end - k, ls[k:], known) + [root(ls[:k])]
    return subtree_proof(0, end - k, ls[k:], False) + [root(ls[:k])]


def subtrees():
    s = Suite("subtrees", "Consistency of the subtree [start, end) with a tree, draft-ietf-plants-merkle-tree-certs-02.", {
        "Normal": "Holds.",
        "KnownAnswer": "The examples of the draft: [4, 8) and [8, 13) of 14 leaves.",
        "Huge": "Trees of some 2^63 leaves, all alike; numbers of 2^53 and more are strings.",
        "NotASubtree": "The start is no multiple of the smallest power of two that is not below the length.",
        "OutOfRange": "The subtree ends behind the tree.",
        "PathTooLong": "Hashes are left over.",
        "PathTooShort": "The path ends below the root.",
        "WrongHash": "A hash of the path, the subtree or the root was altered."})

    def put(valid, comment, flag, start, end, n, path, own, r):
        s.add(valid, comment, flag, start=number(start), end=number(end), size=number(n), path=hexes(path), hash=own.hex(), root=r.hex())

    for n in (1, 2, 3, 7, 8, 13, 16):
        ls = leaves(n)
        r = root(ls)
        for start in range(n):
            for end in range(start + 1, n + 1):
                own = root(ls[start:end])
                if start % (1 << (end - start - 1).bit_length()):
                    if end - start < 4:
                        put(False, "unaligned", "NotASubtree", start, end, n, [], own, r)
                    continue
                path = subtree_proof(start, end, ls)
                put(True, "holds", "Normal", start, end, n, path, own, r)
                put(False, "altered subtree", "WrongHash", start, end, n, path, sha256(own), r)
                put(False, "altered root", "WrongHash", start, end, n, path, own, sha256(r))
                put(False, "extra hash", "PathTooLong", start, end, n, path + [r], own, r)
                if path:
                    put(False, "last hash missing", "PathTooShort", start, end, n, path[:-1], own, r)
                    put(False, "altered hash", "WrongHash", start, end, n, [sha256(path[0])] + path[1:], own, r)
                if end == n:
                    put(False, "tree ends before", "OutOfRange", start, end, n - 1, path, own, r)
    for start, end in ((0, 0), (1, 1), (2, 1), (-1, 1), (-2, 0), (1, 3), (2, 5), (4, 9)):
        put(False, "no range", "NotASubtree", start, end, 16, [], r, r)
        put(False, "no range, whose hash is that of nothing", "NotASubtree", start, end, 16, [], sha256(b""), r)
    ls = leaves(14)
    assert subtree_proof(4, 8, ls) == [root(ls[:4]), root(ls[8:])]
    assert subtree_proof(8, 13, ls) == [ls[12], ls[13], root(ls[8:12]), root(ls[:8])]
    for start, end in ((4, 8), (8, 13)):
        put(True, "the draft's example", "KnownAnswer", start, end, 14, subtree_proof(start, end, ls), root(ls[start:end]), root(ls))
    for start, end, n in ((0, 1, MAX), (2**62, MAX, MAX), (2**62, 2**62 + 2**61 + 3, MAX), (MAX - 1, MAX, MAX), (0, MAX - 1, MAX), (2**40, 2**41, 2**50 + 1)):
        path, own, r = ALIKE.subtree(start, end, n), ALIKE.root(end - start), ALIKE.root(n)
        put(True, "holds", "Huge", start, end, n, path, own, r)
        put(False, "a hash too many", "Huge", start, end, n, path + [r], own, r)
        put(False, "a hash too few", "Huge", start, end, n, path[:-1], own, r) if path else None
        put(False, "altered subtree", "Huge", start, end, n, path, sha256(own), r)
    put(False, "unaligned", "NotASubtree", 1, MAX, MAX, [], ALIKE.root(MAX - 1), ALIKE.root(MAX))
    put(False, "unaligned", "NotASubtree", 2**62 + 1, MAX, MAX, [], ALIKE.root(2**62 - 2), ALIKE.root(MAX))
    put(False, "unaligned by half", "NotASubtree", 2**61, MAX, MAX, [], ALIKE.root(MAX - 2**61), ALIKE.root(MAX))
    return s


def subtree_inclusions():
    s = Suite("subtree-inclusion", "Inclusion of leaf index (counted in the log) in the subtree [start, end), draft-ietf-plants-merkle-tree-certs-02.", {
        "Normal": "Holds.",
        "KnownAnswer": "The example of the draft: leaf 10 of [8, 13).",
        "NotASubtree": "The range is no subtree.",
        "IndexOutOfRange": "The leaf lies outside the subtree.",
        "WrongIndex": "The leaf lies elsewhere.",
        "PathTooLong": "Hashes are left over.",
        "PathTooShort": "The path ends below the subtree's root.",
        "WrongHash": "A hash was altered."})
    ls = leaves(16)

    def put(valid, comment, flag, index, start, end, leaf, path, own):
        s.add(valid, comment, flag, index=index, start=start, end=end, leaf=leaf.hex(), path=hexes(path), hash=own.hex())

    assert inclusion(2, ls[8:13]) == [ls[11], root(ls[8:10]), ls[12]]
    put(True, "the draft's example", "KnownAnswer", 10, 8, 13, ls[10], inclusion(2, ls[8:13]), root(ls[8:13]))
    for start, end in ((0, 1), (3, 4), (4, 7), (8, 13), (8, 16), (0, 16)):
        own = root(ls[start:end])
        for index in sorted({start, (start + end) // 2, end - 1}):
            path = inclusion(index - start, ls[start:end])
            put(True, "holds", "Normal", index, start, end, ls[index], path, own)
            put(False, "a hash too many", "PathTooLong", index, start, end, ls[index], path + [own], own)
            put(False, "altered leaf", "WrongHash", index, start, end, sha256(ls[index]), path, own)
            put(False, "altered subtree", "WrongHash", index, start, end, ls[index], path, sha256(own))
            if path:
                put(False, "a hash too few", "PathTooShort", index, start, end, ls[index], path[:-1], own)
                put(False, "index counted from the start", "WrongIndex" if index - start >= start else "IndexOutOfRange", index - start, start, end, ls[index], path, own) if start else None
        first, last = inclusion(0, ls[start:end]), inclusion(end - start - 1, ls[start:end])
        put(False, "before the start", "IndexOutOfRange", start - 1, start, end, ls[start], first, own)
        put(False, "at the end", "IndexOutOfRange", end, start, end, ls[end - 1], last, own)
    for start, end in ((1, 3), (2, 2), (5, 4), (6, 10)):
        put(False, "no subtree", "NotASubtree", start, start, end, ls[start], [], ls[start])
    return s


def frontier(n, ls):
    """Roots of the perfect subtrees of the first n leaves, largest first."""
    if n == 0:
        return []
    k = 1 << n.bit_length() - 1
    return [root(ls[:k])] + frontier(n - k, ls[k:])


def frontiers():
    s = Suite("frontiers", "Frontiers (hashes in hex): the tree's root, and the frontier after one more leaf.", {
        "Normal": "One hash for each 1 in the binary form of the size, largest subtree first.",
        "Huge": "Leaves all alike; numbers of 2^53 and more are strings.",
        "Count": "Another number of hashes than the size has ones.",
        "Range": "Sizes are not negative.",
        "WrongHash": "A hash was altered, or two changed places: another root."})
    extra = leaf_hash(b"extra")
    for n in [0] + SIZES:
        ls = leaves(n)
        own, r = frontier(n, ls), root(ls)
        s.valid("holds", "Normal", size=n, hashes=hexes(own), root=r.hex(), leaf=extra.hex(), next=hexes(frontier(n + 1, ls + [extra])))
        s.invalid("a hash too many", "Count", size=n, hashes=hexes(own + [extra]), root=r.hex())
        other = n + 1 if (n + 1).bit_count() != n.bit_count() else n + 2
        s.invalid("another size", "Count", size=other, hashes=hexes(own), root=r.hex())
        if own:
            s.invalid("a hash too few", "Count", size=n, hashes=hexes(own[:-1]), root=r.hex())
            s.invalid("altered hash", "WrongHash", size=n, hashes=hexes(own[:-1] + [sha256(own[-1])]), root=r.hex())
        if len(own) > 1:
            s.invalid("reversed", "WrongHash", size=n, hashes=hexes(own[::-1]), root=r.hex())
    for n in (2**62, 2**62 + 1, MAX - 1, 2**53, 2**53 - 1):
        own = [ALIKE.root(1 << i) for i in reversed(range(63)) if n >> i & 1]
        after = [ALIKE.root(1 << i) for i in reversed(range(63)) if n + 1 >> i & 1]
        s.valid("holds", "Huge", size=number(n), hashes=hexes(own), root=ALIKE.root(n).hex(), leaf=ALIKE.leaf.hex(), next=hexes(after))
        s.invalid("a hash too few", "Huge", size=number(n), hashes=hexes(own[1:]), root=ALIKE.root(n).hex())
    s.invalid("size -1 with its 64 ones", "Range", size=-1, hashes=hexes([extra] * 64), root=extra.hex())
    s.invalid("size -2^63 with its single one", "Range", size=str(-2**63), hashes=hexes([extra]), root=extra.hex())
    return s


def tile_paths():
    s = Suite("tile-paths", "Paths of tiles and entry bundles; level -1 means entries, width 256 a full one; an index of 2^53 and more is a string.", {
        "Normal": "C2SP tlog-tiles.",
        "LeadingZeros": "A second spelling of the same tile.",
        "Grouping": "Three digits a path element, all but the last prefixed with x.",
        "Range": "Levels are 0 to 63, partial widths 1 to 255.",
        "Malformed": "Not a tile's path."})
    for path, level, index, width in [
        ("tile/0/000", 0, 0, 256), ("tile/0/x001/x234/067", 0, 1234067, 256), ("tile/0/x001/067.p/5", 0, 1067, 5),
        ("tile/63/000.p/1", 63, 0, 1), ("tile/1/999", 1, 999, 256), ("tile/1/x001/000", 1, 1000, 256),
        ("tile/entries/000", -1, 0, 256), ("tile/entries/x001/x234/067.p/255", -1, 1234067, 255),
        ("tile/62/x001/000.p/255", 62, 1000, 255), ("tile/8/000", 8, 0, 256), ("tile/0/x010/000", 0, 10000, 256), ("tile/0/x100/000.p/1", 0, 100000, 1),
        ("tile/0/x001/x000/000", 0, 1000000, 256), ("tile/entries/000.p/1", -1, 0, 1), ("tile/entries/x009/x223/x372/x036/x854/x775/807.p/255", -1, 2**63 - 1, 255), ("tile/0/x009/x223/x372/x036/x854/x775/807", 0, 2**63 - 1, 256)]:
        s.valid("canonical", "Normal", path=path, level=level, index=number(index), width=width)
    bad = {
        "LeadingZeros": ["tile/00/000", "tile/0/x000/000", "tile/0/x000/001", "tile/0/000.p/05", "tile/01/000", "tile/0/000.p/00", "tile/0/000.p/005", "tile/063/000", "tile/0/x000/x000/001",
                         "tile/entries/x000/001", "tile/entries/000.p/01"],
        "Grouping": ["tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x001", "tile/0/001/067", "tile/0/x1/067",
                     "tile/0/1234067", "tile/0/x001/x067", "tile/0/X001/067", "tile/0/x001067", "tile/0/001/x067", "tile/0/xx001/067", "tile/0/x001/67", "tile/0/x01/067", "tile/0/x0001/067", "tile/0/x001/0067",
                     "tile/0/x001x234/067", "tile/0/x001/234/067", "tile/0/0x1/067", "tile/entries/67", "tile/entries/001/067"],
        "Range": ["tile/64/000", "tile/-1/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/-1",
                  "tile/0/x009/x223/x372/x036/x854/x775/808", "tile/0/-01", "tile/256/000", "tile/0/000.p/257", "tile/0/000.p/999",
                  "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/" + "x001/" * 40 + "000", "tile/99999999999999999999/000", "tile/0/000.p/99999999999999999999"],
        "Malformed": ["", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile//000",
                      "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/data/000", "tile/8/0/000", "tile/0/000.p", "tile/0/000/.p/1", "tile/0/000.p/x", "tile/0/000.p/1x", "tile/0/000?", "tile/0/000#",
                      "tile/0/%30%30%30", "tile/0/000\0", "tile/0/x001//067", "tile/0//x001/067", "tile/0/x/001", "tile/0/x", "tile/entries", "tile/entries/", "tile/entries/0/000",
                      "tile/ENTRIES/000", "tile/0/000.p/\u0661", "tile/0/\uff10\uff10\uff10", "tile/0/0x1", "tile/0/1e2", "tile/0/000.q/1", "tile/0/.p/1", "tile\\0\\000", "tile/0/000 .p/1",
                      "tile/Entries/000", "tile/0/abc", "tile/0/00a", "tile/+0/000", "tile/0/000.p/+1",
                      "tile/0/000 ", " tile/0/000", "tile/0/000\n", "tiles/0/000", "tile/0/000.P/1",
                      "tile/0/000p/1", "tile/0/..", "tile/0/../0/000", "tile/\u0660/000"]}
    for flag, paths in bad.items():
        for path in paths:
            s.invalid("refused", flag, path=path)
    return s


def tile_widths():
    s = Suite("tile-widths", "Which tiles a tree has, C2SP tlog-tiles: level -1 means entry bundles; sizes of 2^53 and more are strings.", {
        "Normal": "floor(size / 256^level) hashes, 256 a tile.",
        "Example": "The examples of the specification.",
        "Absent": "The tree has no such tile; empty tiles do not exist."})

    def put(size, level, index, comment="", flag="Normal"):
        width = min(256, size // 256**max(level, 0) - 256 * index)
        fields = {"size": number(size), "level": level, "index": number(index)}
        if width > 0:
            s.valid(comment or "full" * (width == 256) or "partial", flag, **fields, width=width)
        else:
            s.invalid("absent", "Absent", **fields)

    for level, index in ((0, 0), (0, 272), (0, 273), (0, 274), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0), (-1, 273), (-1, 274)):
        put(70_000, level, index, "of 70,000 entries", "Example")
    for level, index in ((0, 0), (0, 1), (1, 0), (2, 0)):
        put(256, level, index, "of 256 entries", "Example")
    for size in (0, 1, 255, 257, 511, 512, 65_535, 65_536, 65_537, 2**24 - 1, 2**24, 2**32 + 5, 2**56, MAX):
        for level in range(-1, 9):
            last = size // 256**max(level, 0) // 256
            for index in {0, last - 1, last, last + 1} - {-1}:
                put(size, level, index)
    put(MAX, 63, 0)
    return s


def bundles():
    s = Suite("entry-bundles", "Entry bundles in hex, with the entries they hold.", {
        "Normal": "Big-endian u16 length before each entry.",
        "Truncated": "The bundle ends within a length or an entry.",
        "Count": "Another number of entries than the tile's width says."})
    big = "aa" * 65535
    for entries in ([""], ["61"], ["61", "", "626364"], ["00" * 256, "ff"]):
        data = "".join(f"{len(e) // 2:04x}{e}" for e in entries)
        s.valid("decodes", "Normal", bundle=data, count=len(entries), entries=entries)
        s.invalid("one entry too few", "Count", bundle=data, count=len(entries) + 1)
        s.invalid("one entry too many", "Count", bundle=data, count=len(entries) - 1)
        s.invalid("half a length at the end", "Truncated", bundle=data + "00", count=len(entries))
        s.invalid("half a length as another entry", "Truncated", bundle=data + "00", count=len(entries) + 1)
        if len(data) > 4:
            s.invalid("last byte missing", "Truncated", bundle=data[:-2], count=len(entries))
    s.valid("no entries", "Normal", bundle="", count=0, entries=[])
    s.invalid("no entries where one is due", "Count", bundle="", count=1)
    s.valid("a full bundle", "Normal", bundle="".join(f"0001{i:02x}" for i in range(256)), count=256, entries=[f"{i:02x}" for i in range(256)])
    s.valid("256 empty entries", "Normal", bundle="0000" * 256, count=256, entries=[""] * 256)
    s.invalid("257 entries", "Count", bundle="0000" * 257, count=256)
    s.invalid("one byte", "Truncated", bundle="00", count=1)
    s.invalid("the longest length, an entry one byte short", "Truncated", bundle="ffff" + big[2:], count=1)
    s.invalid("a length that covers the next entry, and more", "Truncated", bundle="0004610002", count=2)
    s.invalid("u24 lengths", "Truncated", bundle="00000161", count=1)
    s.invalid("negative count", "Count", bundle="", count=-1)
    s.valid("the longest entry", "Normal", bundle="ffff" + big, count=1, entries=[big])
    s.invalid("length without entry", "Truncated", bundle="0001", count=1)
    s.invalid("little-endian length", "Truncated", bundle="010061", count=1)
    return s
