"""Roots, inclusion and consistency proofs, tile paths and entry bundles."""

from reference import consistency, inclusion, leaf_hash, node_hash, root, root_by_path, sha256, split
from suite import Suite

SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 100, 255, 256, 257]


def leaves(n):
    return [leaf_hash(str(i).encode()) for i in range(n)]


def hexes(hashes):
    return [h.hex() for h in hashes]


def suites():
    return [roots(), inclusions(), consistencies(), subtrees(), tile_paths(), bundles()]


def roots():
    s = Suite("roots", "Tree head of the given entries (hex), RFC 6962 section 2.1.", {
        "KnownAnswer": "Entries and roots of the Certificate Transparency reference tests.",
        "WrongPrefix": "Hashes leaves or nodes without their domain separation."})
    known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
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
        "IndexOutOfRange": "The index is not below the size; without the check a short path may still lead to the root.",
        "PathTooLong": "Hashes are left over; a verifier that stops at the root or ignores its counters accepts.",
        "PathTooShort": "The path ends below the root.",
        "WrongIndex": "The leaf lies elsewhere.",
        "WrongSize": "The tree has another size.",
        "WrongHash": "A hash of the path, the leaf or the root was altered.",
        "WrongOrder": "Two hashes of the path changed places."})

    def check(valid, comment, flag, m, n, leaf, path, r):
        assert (root_by_path(m, n, leaf, path) == r) == valid, (comment, m, n)
        s.add(valid, comment, flag, index=m, size=n, leaf=leaf.hex(), path=hexes(path), root=r.hex())

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
        "Trivial": "From size 0 or between equal sizes the path is empty.",
        "OldAboveNew": "A tree does not shrink.",
        "PathTooLong": "Hashes are left over.",
        "PathTooShort": "The path ends below the root.",
        "WrongHash": "A hash of the path or a root was altered.",
        "WrongOrder": "The hashes changed places.",
        "RewrittenHistory": "The new tree does not begin with the old one."})

    def put(valid, comment, flag, m, n, path, old, new):
        s.add(valid, comment, flag, oldSize=m, newSize=n, path=hexes(path), oldRoot=old.hex(), newRoot=new.hex())

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
        "NotASubtree": "The start is no multiple of the smallest power of two that is not below the length.",
        "OutOfRange": "The subtree ends behind the tree.",
        "PathTooLong": "Hashes are left over.",
        "PathTooShort": "The path ends below the root.",
        "WrongHash": "A hash of the path, the subtree or the root was altered."})

    def put(valid, comment, flag, start, end, n, path, own, r):
        s.add(valid, comment, flag, start=start, end=end, size=n, path=hexes(path), hash=own.hex(), root=r.hex())

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
    return s


def tile_paths():
    s = Suite("tile-paths", "Paths of tiles and entry bundles; level -1 means entries, width 256 a full one.", {
        "Normal": "C2SP tlog-tiles.",
        "LeadingZeros": "A second spelling of the same tile.",
        "Grouping": "Three digits a path element, all but the last prefixed with x.",
        "Range": "Levels are 0 to 63, partial widths 1 to 255.",
        "Malformed": "Not a tile's path."})
    for path, level, index, width in [
        ("tile/0/000", 0, 0, 256), ("tile/0/x001/x234/067", 0, 1234067, 256), ("tile/0/x001/067.p/5", 0, 1067, 5),
        ("tile/63/000.p/1", 63, 0, 1), ("tile/1/999", 1, 999, 256), ("tile/1/x001/000", 1, 1000, 256),
        ("tile/entries/000", -1, 0, 256), ("tile/entries/x001/x234/067.p/255", -1, 1234067, 255),
        ("tile/0/x009/x223/x372/x036/x854/x775/807", 0, 2**63 - 1, 256)]:
        s.valid("canonical", "Normal", path=path, level=level, index=index, width=width)
    bad = {
        "LeadingZeros": ["tile/00/000", "tile/0/x000/000", "tile/0/x000/001", "tile/0/000.p/05", "tile/01/000"],
        "Grouping": ["tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x001", "tile/0/001/067", "tile/0/x1/067",
                     "tile/0/1234067", "tile/0/x001/x067", "tile/0/X001/067", "tile/0/x001067"],
        "Range": ["tile/64/000", "tile/-1/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/-1",
                  "tile/0/x009/x223/x372/x036/x854/x775/808", "tile/0/-01"],
        "Malformed": ["", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile//000",
                      "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/data/000",
                      "tile/Entries/000", "tile/0/abc", "tile/0/00a", "tile/+0/000", "tile/0/000.p/+1",
                      "tile/0/000 ", " tile/0/000", "tile/0/000\n", "tiles/0/000", "tile/0/000.P/1",
                      "tile/0/000p/1", "tile/0/..", "tile/0/../0/000", "tile/\u0660/000"]}
    for flag, paths in bad.items():
        for path in paths:
            s.invalid("refused", flag, path=path)
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
    s.valid("the longest entry", "Normal", bundle="ffff" + big, count=1, entries=[big])
    s.invalid("length without entry", "Truncated", bundle="0001", count=1)
    s.invalid("little-endian length", "Truncated", bundle="010061", count=1)
    return s
