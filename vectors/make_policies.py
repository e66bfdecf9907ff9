"""Trust policies and tlog-proofs."""

from make_notes import CHECKPOINT, LOG, ORIGIN, OTHER, ROOT, TIME, W6
from reference import Key, b64, checkpoint, inclusion, leaf_hash, note, root, sha256, signature_line
from suite import Suite

W = [Key(f"witness.example.com/{i}", 4) for i in range(6)]


def suites():
    return [grammar(), decisions(), proofs()]


def witness_lines(n=6):
    return "".join(f"witness W{i} {W[i].vkey}\n" for i in range(n))


def grammar():
    s = Suite("policies", "Trust policy files (base64), C2SP tlog-policy: whether they are well-formed.", {
        "Normal": "Holds by the grammar.",
        "Quorum": "Exactly one quorum line, naming something defined before.",
        "Group": "1 <= k <= n; members defined before; each name in one group once.",
        "Name": "Witnesses and groups share a namespace; none is reserved.",
        "Duplicate": "The same public key twice as a log, or twice as a witness.",
        "Key": "Malformed vkey, or a type that does not fit.",
        "Characters": "Tab, newline, 0x20-0x7E and 0x80-0xFF alone.",
        "Lines": "Unknown keyword or another number of fields."})

    def ok(comment, text):
        s.valid(comment, "Normal", policy=b64(text if isinstance(text, bytes) else text.encode()))

    def bad(flag, comment, text):
        s.invalid(comment, flag, policy=b64(text if isinstance(text, bytes) else text.encode()))

    log = f"log {LOG.vkey}\n"
    w = witness_lines()
    ok("no log, no witness", "quorum none\n")
    ok("a log", log + "quorum none\n")
    ok("a log with a URL", f"log {LOG.vkey} https://example.com/\nquorum none\n")
    ok("two logs", f"{log}log {OTHER.vkey}\nquorum none\n")
    ok("a cosignature key as a log", f"log {W6.vkey}\nquorum none\n")
    ok("a witness", log + f"witness W {W[0].vkey}\nquorum W\n")
    ok("a witness with a URL", log + f"witness W {W[0].vkey} https://w\nquorum W\n")
    ok("an ML-DSA-44 witness", f"witness W {W6.vkey}\nquorum W\n")
    ok("the quorum before other lines", "quorum none\n" + log + w)
    ok("comments, blank lines, tabs", f"# c\n\n \t \n  # d\n\tlog \t {LOG.vkey}\t\n quorum\tnone \n")
    ok("bytes that are not UTF-8 in a comment and a name", b"# \xff\xfe\n" + f"witness \xff {W[0].vkey}\nquorum \xff\n".encode("latin-1"))
    ok("K and the Kelvin sign are different names", f"witness K {W[0].vkey}\nwitness \u212a {W[1].vkey}\nquorum \u212a\n")
    ok("the same key as log and witness", f"log {W6.vkey}\nwitness W {W6.vkey}\nquorum W\n")
    ok("keywords as names", f"witness any {W[0].vkey}\nwitness quorum {W[1].vkey}\ngroup all any any quorum\nquorum all\n")
    ok("a number as a name", f"witness 2 {W[0].vkey}\ngroup 3 1 2\nquorum 3\n")
    ok("groups of groups", w + "group X 2 W0 W1 W2\ngroup Y any W3 W4\ngroup Z all X Y W5\nquorum Z\n")
    ok("a quorum that is a group's member", w + "group X 2 W0 W1 W2\nquorum W0\n")
    ok("a witness and a group that nothing uses", w + "group X all W0 W1\nquorum none\n")
    ok("names that begin with a number sign", f"witness #w {W[0].vkey}\ngroup #g all #w\nquorum #g\n")
    ok("names of punctuation", f"witness +=/\\ {W[0].vkey}\nquorum +=/\\\n")
    ok("all octets above 0x7F in a name", b"witness " + bytes(range(0x80, 0x100)) + f" {W[0].vkey}\nquorum ".encode() + bytes(range(0x80, 0x100)) + b"\n")
    ok("comment in front of everything", f"#\n#log\n \t# quorum W\n{log}quorum none\n# end\n")
    ok("an empty line at the end", "quorum none\n\n")
    ok("spaces in the last line", "quorum none\n  \t \n")
    ok("a URL that is none", f"log {LOG.vkey} #x\nwitness W {W[0].vkey} \xff\nquorum none\n".encode("latin-1"))
    ok("a log key of type 04", f"log {W[0].vkey}\nquorum none\n")
    ok("two keys of one log", f"log {LOG.vkey}\nlog {Key(ORIGIN, 6).vkey}\nquorum none\n")
    ok("a name in Unicode", f"log {Key('ünïcode.example/日本').vkey}\nquorum none\n")
    ok("k = n", w + "group G 6 W0 W1 W2 W3 W4 W5\nquorum G\n")
    ok("a group of one group", w + "group G all W0\ngroup H all G\ngroup I 1 H\nquorum I\n")
    ok("a quorum that is a witness beside groups", w + "group G all W0 W1\nquorum W5\n")
    ok("32 levels of groups", w + "group g0 all W0\n" + "".join(f"group g{i} all g{i - 1}\n" for i in range(1, 32)) + "quorum g31\n")
    many = "".join(f"log {Key(f'log{i}').vkey}\nwitness w{i} {Key(f'wit{i}', 4).vkey}\ngroup g{i} any w{i}\n" for i in range(32))
    ok("32 logs, witnesses and groups", many + "group all 17 " + " ".join(f"g{i}" for i in range(32)) + "\nquorum all\n")

    bad("Quorum", "empty file", "")
    for comment, text in {
        "missing": log, "twice": "quorum none\nquorum none\n", "undefined": log + "quorum W\n", "defined later": f"quorum W\nwitness W {W[0].vkey}\n",
        "no name": "quorum\n", "two names": w + "quorum W0 W1\n", "capital": "Quorum none\n", "None": "quorum None\n", "a log's name": log + f"quorum {ORIGIN}\n",
        "only in a comment": "# quorum none\n", "twice, different": w + "quorum W0\nquorum W1\n"}.items():
        bad("Quorum", comment, text)
    for comment, line in {
        "k = 0": "group G 0 W0", "k > n": "group G 3 W0 W1", "negative": "group G -1 W0", "leading zero": "group G 01 W0", "plus": "group G +1 W0",
        "hexadecimal": "group G 0x1 W0", "huge": "group G 99999999999999999999 W0", "no members": "group G all", "no members, number": "group G 1",
        "member undefined": "group G any W9", "none as member": "group G any none", "member twice": "group G 1 W0 W0", "itself": "group G any G",
        "capital keyword": "group G ALL W0", "no threshold": "group G W0 W1", "k = 00": "group G 00 W0", "k in other digits": "group G \u0661 W0", "k with a suffix": "group G 1of2 W0 W1", "k last": "group G W0 W1 1",
        "Any": "group G Any W0", "All": "group G All W0", "none as threshold": "group G none W0", "member and none": "group G any W0 none", "a key as member": f"group G any {W[0].vkey}",
        "members with commas": "group G any W0,W1", "a log's name as member": f"group G any {ORIGIN}", "k = 2^32 + 1": "group G 4294967297 W0", "comment behind": "group G any W0 # W1", "fraction": "group G 1.0 W0", "no name": "group any W0"}.items():
        bad("Group", comment, w + line + "\nquorum none\n")
    bad("Group", "member of two groups", w + "group X any W0 W1\ngroup Y any W1 W2\nquorum X\n")
    bad("Group", "group in two groups", w + "group X any W0\ngroup Y any X\ngroup Z any X\nquorum Z\n")
    bad("Group", "member defined later", f"group X any W0\n{w}quorum X\n")
    for comment, text in {
        "witness twice": f"witness W {W[0].vkey}\nwitness W {W[1].vkey}\n", "witness and group": f"witness W {W[0].vkey}\ngroup W any W\n",
        "group twice": w + "group G any W0\ngroup G any W1\n", "witness none": f"witness none {W[0].vkey}\n", "group none": w + "group none any W0\n", "witness after a group of its name": w + f"group G any W0\nwitness G {W6.vkey}\n",
        "witness named by a group before": f"witness A {W[0].vkey}\ngroup B any A\nwitness B {W[1].vkey}\n"}.items():
        bad("Name", comment, text + "quorum none\n")
    bad("Duplicate", "log twice", log + log + "quorum none\n")
    bad("Duplicate", "log's key under another name", log + f"log {Key('another', 1, ORIGIN + '/1').vkey}\nquorum none\n")
    bad("Duplicate", "log's key under another type", log + f"log {Key(ORIGIN, 4, ORIGIN + '/1').vkey}\nquorum none\n")
    bad("Duplicate", "witness's key under another name", f"witness A {W[0].vkey}\nwitness B {Key('x', 4, W[0].name + '/4').vkey}\nquorum none\n")
    for comment, text in {
        "no vkey": "log\n", "malformed": "log x\n", "wrong id": f"log {LOG.name}+00000000+{LOG.vkey.split('+', 2)[2]}\n", "witness without key": "witness W\n",
        "witness of type 01": f"witness W {OTHER.vkey}\n", "witness without name": f"witness {W[0].vkey}\n", "fields swapped": f"witness {W[0].vkey} W\n",
        "key cut": log[:-3] + "\n", "comment behind": f"log {LOG.vkey} https://x # comment\n", "three fields": f"log {LOG.vkey} a b\n",
        "witness with four": f"witness W {W[0].vkey} a b\n",
        "bytes that are not UTF-8 in a key's name": f"log {LOG.vkey}\n".encode().replace(b"bank", b"ban\xff"), "url first": f"log https://x {LOG.vkey}\n",
        "a tab within the key": f"log {LOG.vkey[:-9]}\t{LOG.vkey[-9:]} x\n", "raw public key in hexadecimal": f"log {LOG.public.hex()}\n"}.items():
        bad("Key", comment, (text if isinstance(text, bytes) else text.encode()) + b"quorum none\n")
    for comment, text in {"CRLF": "quorum none\r\n", "NUL": "# \0\nquorum none\n", "DEL": "# \x7f\nquorum none\n", "form feed": "\fquorum none\n",
                          "vertical tab": "quorum\vnone\n", "escape in a comment": "# \x1b[31m\nquorum none\n", "U+001F in a name": f"witness \x1f {W[0].vkey}\nquorum \x1f\n",
                          "DEL in a name": f"witness \x7f {W[0].vkey}\nquorum \x7f\n", "CR alone": "quorum none\r", "NUL at the end": "quorum none\n\0"}.items():
        bad("Characters", comment, text)
    for comment, text in {"unknown keyword": "trust me\nquorum none\n", "capital Log": f"Log {LOG.vkey}\nquorum none\n", "no newline at the end": "quorum none",
                          "no-break space": "quorum\u00a0none\n", "byte order mark": "\ufeffquorum none\n", "semicolon": "quorum none;\n", "comment without newline": "quorum none\n# end", "space without newline": "quorum none\n ",
                          "comment behind the quorum": "quorum none # none\n", "line continued": "quorum \\\nnone\n", "in quotes": 'quorum "none"\n', "logs": f"logs {LOG.vkey}\nquorum none\n"}.items():
        bad("Lines", comment, text)
    return s


def decisions():
    s = Suite("policy-decisions", "Whether a policy (base64) accepts a signed checkpoint (base64 of a note).", {
        "Normal": "Holds.",
        "Log": "No listed log of this origin signed.",
        "Quorum": "Too few witnesses cosigned.",
        "EmptyTree": "The root of a tree without leaves is SHA-256 of nothing.",
        "Fails": "A listed key's signature fails.",
        "Unknown": "Signatures by keys outside the policy do not count."})
    log_line = LOG.line(CHECKPOINT)
    cosigned = [w.line(CHECKPOINT, TIME) for w in W]
    nested = f"log {LOG.vkey}\n{witness_lines()}group X 2 W0 W1 W2\ngroup Y any W3 W4 W5\ngroup Z all X Y\nquorum Z\n"

    def put(valid, comment, flag, policy, *lines, text=CHECKPOINT):
        s.add(valid, comment, flag, policy=b64(policy.encode()), note=b64(note(text, *lines).encode()))

    plain = f"log {LOG.vkey}\nquorum none\n"
    put(True, "log alone", "Normal", plain, log_line)
    put(True, "log among strangers", "Unknown", plain, OTHER.line(CHECKPOINT), log_line, *cosigned)
    put(True, "one of two logs", "Normal", f"log {OTHER.vkey}\nlog {LOG.vkey}\nquorum none\n", log_line)
    put(True, "single witness", "Normal", f"log {LOG.vkey}\nwitness W {W[0].vkey}\nquorum W\n", log_line, cosigned[0])
    put(True, "ML-DSA-44 witness", "Normal", f"log {LOG.vkey}\nwitness W {W6.vkey}\nquorum W\n", log_line, W6.line(CHECKPOINT, TIME))
    put(True, "quorum none with a witness that did not sign", "Normal", f"log {LOG.vkey}\nwitness W {W[0].vkey}\nquorum none\n", log_line)
    for who in ((0, 1, 3), (0, 2, 5), (1, 2, 4), (0, 1, 2, 3, 4, 5)):
        put(True, f"nested quorum by {who}", "Normal", nested, log_line, *[cosigned[i] for i in who])
    for who in ((), (0,), (0, 1), (0, 3), (0, 1, 2), (3, 4, 5), (2, 3, 4, 5)):
        put(False, f"nested quorum by {who}", "Quorum", nested, log_line, *[cosigned[i] for i in who])
    put(False, "one witness twice", "Quorum", nested, log_line, cosigned[0], cosigned[0], cosigned[3])
    put(False, "witnesses without the log", "Log", nested, *cosigned)
    put(False, "no logs in the policy", "Log", "quorum none\n", log_line)
    put(False, "another log in the policy", "Log", f"log {OTHER.vkey}\nquorum none\n", log_line)
    put(False, "listed log signs another's origin", "Log", f"log {OTHER.vkey}\nquorum none\n", OTHER.line(CHECKPOINT))
    foreign = checkpoint(OTHER.name, 9, sha256(b"x"))
    log6 = Key(ORIGIN, 6)
    put(True, "a log that signs with ML-DSA-44", "Normal", f"log {log6.vkey}\nquorum none\n", log6.line(CHECKPOINT, TIME))
    both = f"log {LOG.vkey}\nlog {log6.vkey}\nquorum none\n"
    put(True, "a log of two keys, both signed", "Normal", both, log_line, log6.line(CHECKPOINT, TIME))
    put(True, "a log of two keys, the older signed", "Normal", both, log_line)
    put(True, "a log of two keys, the newer signed", "Normal", both, log6.line(CHECKPOINT, TIME))
    put(False, "a log of two keys, the newer fails", "Fails", both, log_line, signature_line(ORIGIN, log6.id, bytes(2428)))
    put(True, "a failing signature of a stranger", "Unknown", plain, log_line, signature_line(OTHER.name, OTHER.id, bytes(64)))
    put(True, "a failing signature of a listed log of another origin", "Unknown", f"log {LOG.vkey}\nlog {OTHER.vkey}\nquorum none\n", log_line, signature_line(OTHER.name, OTHER.id, bytes(64)))
    put(False, "a failing witness whom no quorum needs", "Fails", f"log {LOG.vkey}\nwitness W {W[0].vkey}\nquorum none\n", log_line, signature_line(W[0].name, W[0].id, bytes(72)))
    deep = f"log {LOG.vkey}\n{witness_lines()}group g0 2 W0 W1 W2\n" + "".join(f"group g{i} all g{i - 1}\n" for i in range(1, 32)) + "quorum g31\n"
    put(True, "32 levels of groups", "Normal", deep, log_line, cosigned[0], cosigned[2])
    put(False, "32 levels of groups, one witness", "Quorum", deep, log_line, cosigned[2])
    for rule, enough in (("any", 1), ("all", 3), ("1", 1), ("2", 2), ("3", 3)):
        for n in range(4):
            three = f"log {LOG.vkey}\n{witness_lines(3)}group G {rule} W0 W1 W2\nquorum G\n"
            put(n >= enough, f"{rule} of three, {n} cosigned", "Normal" if n >= enough else "Quorum", three, log_line, *cosigned[:n])
    put(False, "a group that cosigned is not the quorum", "Quorum", f"log {LOG.vkey}\n{witness_lines(3)}group G any W0 W1\nquorum W2\n", log_line, *cosigned[:2])
    put(False, "a member too many of the wrong group", "Quorum", f"log {LOG.vkey}\n{witness_lines(4)}group X all W0 W1\ngroup Y all W2 W3\ngroup Z all X Y\nquorum Z\n", log_line, *cosigned[:3])
    plain4 = Key(W[0].name, 1, W[0].name + "/4")
    put(False, "a witness's plain signature is no cosignature", "Quorum", f"log {LOG.vkey}\nwitness W {W[0].vkey}\nquorum W\n", log_line, plain4.line(CHECKPOINT))
    put(True, "one key as log and witness", "Normal", f"log {log6.vkey}\nwitness W {log6.vkey}\nquorum W\n", log6.line(CHECKPOINT, TIME))
    put(True, "extension lines", "Normal", plain, LOG.line(CHECKPOINT + "more\n"), text=CHECKPOINT + "more\n")
    for comment, valid, root_ in (("its root", True, sha256(b"")), ("a root of zeros", False, bytes(32)), ("another root", False, sha256(b"x")), ("a leaf's hash", False, leaf_hash(b""))):
        nothing = checkpoint(ORIGIN, 0, root_)
        put(valid, "empty tree with " + comment, "EmptyTree", plain, LOG.line(nothing), text=nothing)
    put(False, "listed log signs a listed log's origin", "Log", f"log {LOG.vkey}\nlog {OTHER.vkey}\nquorum none\n", LOG.line(foreign), text=foreign)
    put(False, "failing witness beside a full quorum", "Fails", nested, log_line, *cosigned[:4], signature_line(W[4].name, W[4].id, bytes(72)))
    put(False, "failing log signature beside a good one", "Fails", plain, log_line, signature_line(ORIGIN, LOG.id, bytes(64)))
    put(False, "witness of another checkpoint", "Fails", f"log {LOG.vkey}\nwitness W {W[0].vkey}\nquorum W\n", log_line, W[0].line(foreign, TIME))
    put(False, "not a checkpoint", "Log", plain, LOG.line("hello\n"), text="hello\n")
    return s


def proofs():
    s = Suite("tlog-proofs", "Proofs (base64) of a leaf hash (hex) under a policy (base64), C2SP tlog-proof.", {
        "Normal": "Holds.",
        "Header": "The first line is c2sp.org/tlog-proof@v1.",
        "Extra": "An optional line of base64 before the index; absent if there is no data.",
        "Index": "ASCII decimal without leading zeros, below the tree's size.",
        "Path": "Exactly the hashes from the leaf's sibling up, in canonical base64.",
        "Checkpoint": "The checkpoint is malformed, of another tree, or not signed by an accepted log.",
        "Leaf": "The proof is of another entry.",
        "Lines": "Lines in another order, missing, or ended otherwise."})
    policy = f"log {LOG.vkey}\nquorum none\n"

    def text(n=9, m=4, path=None, extra="", index=None, header="c2sp.org/tlog-proof@v1", checkpoint_note=None):
        leaves = [leaf_hash(bytes([i])) for i in range(n)]
        head = checkpoint(ORIGIN, n, root(leaves))
        path = inclusion(m, leaves) if path is None else path
        hashes = "".join((h if isinstance(h, str) else b64(h)) + "\n" for h in path)
        return f"{header}\n{extra}index {m if index is None else index}\n{hashes}\n{checkpoint_note or note(head, LOG.line(head))}"

    def put(valid, comment, flag, data, leaf=leaf_hash(bytes([4])), policy=policy):
        data = data if isinstance(data, bytes) else data.encode()
        s.add(valid, comment, flag, proof=b64(data), leaf=leaf.hex(), policy=b64(policy.encode()))

    for n, m in ((1, 0), (2, 0), (2, 1), (3, 2), (9, 0), (9, 4), (9, 8), (256, 255)):
        put(True, f"leaf {m} of {n}", "Normal", text(n, m), leaf_hash(bytes([m])))
    put(True, "extra data", "Extra", text(extra="extra AAEC\n"))
    witnessed = note(CHECKPOINT, LOG.line(CHECKPOINT), W6.line(CHECKPOINT, TIME))
    put(True, "a witness's quorum", "Normal", text(checkpoint_note=witnessed), policy=f"log {LOG.vkey}\nwitness W {W6.vkey}\nquorum W\n")
    put(True, "a kilobyte of extra data", "Extra", text(extra=f"extra {b64(bytes(1024))}\n"))
    put(True, "extra data that looks like a line", "Extra", text(extra=f"extra {b64(b'index 9')}\n"))
    extended = checkpoint(ORIGIN, 9, ROOT) + "extension\n"
    put(True, "extension lines", "Normal", text(checkpoint_note=note(extended, LOG.line(extended))))
    stranger = signature_line("pq.example", b"1234", bytes(5000))
    put(True, "a stranger's signature of five kilobytes", "Normal", text(checkpoint_note=note(CHECKPOINT, stranger, LOG.line(CHECKPOINT))))
    put(True, "an anchored checkpoint of two keys", "Normal", text(checkpoint_note=note(CHECKPOINT, LOG.line(CHECKPOINT), Key(ORIGIN, 6).line(CHECKPOINT, TIME))), policy=f"log {LOG.vkey}\nlog {Key(ORIGIN, 6).vkey}\nquorum none\n")
    put(False, "a witness that fails, though no quorum needs it", "Checkpoint", text(checkpoint_note=note(CHECKPOINT, LOG.line(CHECKPOINT), signature_line(W6.name, W6.id, bytes(2428)))), policy=f"log {LOG.vkey}\nwitness W {W6.vkey}\nquorum none\n")
    put(False, "a witness missing", "Checkpoint", text(), policy=f"log {LOG.vkey}\nwitness W {W6.vkey}\nquorum W\n")
    good = text()
    for header in ("c2sp.org/tlog-proof@v2", "c2sp.org/tlog-proof", "C2SP.org/tlog-proof@v1", " c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1 ", "", "\ufeffc2sp.org/tlog-proof@v1"):
        put(False, f"header {header!a}", "Header", text(header=header))
    for extra in ("extra \n", "extra AAE\n", "extra AAF=\n", "extra A A E C\n", "extra\n", "Extra AAEC\n", "extra AAEC\nextra AAEC\n", "extra  AAEC\n", "extra AAEC \n", "other AAEC\n", "extra -_-_\n", "extra AAEC\r\n", "extra\tAAEC\n", " extra AAEC\n", "EXTRA AAEC\n", "extra AAEC\n\n",
                  "extra ====\n", "extra AAEC=\n", "extra\n\n", "extra: AAEC\n", "extra=AAEC\n", "extraAAEC\n", "extra \u00a0AAEC\n", "extra AAEC AAEC\n", "\n"):
        put(False, f"extra {extra!a}", "Extra", text(extra=extra))
    for index in ("04", "+4", "-4", "", " 4", "4 ", "0x4", "9", "10", "18446744073709551620", "9223372036854775807", "9223372036854775808", "\u0664", "4.0", "5", "3", "0", "8", "-0", "00", "0004", "4\r", "4\t", "4,", "4_0", "1e0", "\uff14", "4 5", "99999999999999999999999", "4n", "IV", "nan"):
        put(False, f"index {index!a}", "Index", text(index=index))
    leaves = [leaf_hash(bytes([i])) for i in range(9)]
    path = inclusion(4, leaves)
    p0 = b64(path[0])
    for comment, other in {"empty": [], "one missing": path[:-1], "first missing": path[1:], "one left over": path + [path[0]], "reversed": path[::-1],
                           "altered": [sha256(path[0])] + path[1:], "two swapped": [path[1], path[0]] + path[2:], "31 bytes": [path[0][:31]] + path[1:],
                           "33 bytes": [path[0] + b"\0"] + path[1:], "hexadecimal": [path[0].hex()] + path[1:], "no padding": [p0[:-1]] + path[1:],
                           "unused bits": [p0[:-2] + chr(ord(p0[-2]) + 1) + "="] + path[1:], "space": [p0 + " "] + path[1:], "64 hashes": [path[0]] * 64, "63 hashes": [path[0]] * 63, "zeros in front": [bytes(32)] + path, "zeros behind": path + [bytes(32)], "all zeros": [bytes(32)] * len(path),
                           "the leaf in front": [leaves[4]] + path, "the root behind": path + [root(leaves)], "last altered": path[:-1] + [sha256(path[-1])], "two hashes a line": [p0 + b64(path[1])] + path[2:],
                           "space in front": [" " + p0] + path[1:], "CR behind": [p0 + "\r"] + path[1:], "padding twice": [p0 + "="] + path[1:], "url alphabet": [b64(b"\xfb" * 32).replace("+", "-").replace("/", "_")] + path[1:],
                           "a comment": ["# path"] + path, "hash with its name": ["sha256:" + p0] + path[1:], "64 bytes in a line": [path[0] * 2] + path[1:],
                           "a hash in two lines": [p0[:20] + "\n" + p0[20:]] + path[1:]}.items():
        put(False, "path: " + comment, "Path", text(path=other))
    for comment, n in {
        "unsigned": CHECKPOINT, "no signatures": CHECKPOINT + "\n", "signed by another": note(CHECKPOINT, OTHER.line(CHECKPOINT)), "missing": "\n",
        "failing": note(CHECKPOINT, signature_line(ORIGIN, LOG.id, bytes(64))), "of size 8": (lambda t: note(t, LOG.line(t)))(checkpoint(ORIGIN, 8, root(leaves))),
        "another root": (lambda t: note(t, LOG.line(t)))(checkpoint(ORIGIN, 9, sha256(b""))),
        "another origin": (lambda t: note(t, LOG.line(t)))(checkpoint("example.com/other", 9, root(leaves))), "empty tree": (lambda t: note(t, LOG.line(t)))(checkpoint(ORIGIN, 0, root([]))),
        "two checkpoints": note(CHECKPOINT, LOG.line(CHECKPOINT)) + "\n" + note(CHECKPOINT, LOG.line(CHECKPOINT)), "not a checkpoint": note("hello\n", LOG.line("hello\n"))}.items():
        put(False, "checkpoint: " + comment, "Checkpoint", text(checkpoint_note=n))
    put(False, "another leaf", "Leaf", good, leaf_hash(bytes([5])))
    put(False, "the entry's plain hash", "Leaf", good, sha256(bytes([4])))
    put(False, "a node instead of a leaf", "Leaf", text(9, 4, path=path[1:], index=2), root(leaves[4:6]))
    head, tail = good.split("\n\n", 1)
    for comment, data in {
        "empty": "", "header alone": "c2sp.org/tlog-proof@v1\n", "no checkpoint": head + "\n", "no empty line": head + "\n" + tail, "two empty lines": head + "\n\n\n" + tail,
        "CRLF": good.replace("\n", "\r\n"), "no final newline": good[:-1], "newline at the end": good + "\n", "extra after index": good.replace("index 4\n", "index 4\nextra AAEC\n"),
        "index missing": good.replace("index 4\n", ""), "index twice": good.replace("index 4\n", "index 4\nindex 4\n"), "index below the path": head.replace("index 4\n", "") + "\nindex 4\n\n" + tail,
        "Index": good.replace("index 4", "Index 4"), "index=4": good.replace("index 4", "index=4"), "empty line in front": "\n" + good, "empty line after the header": good.replace("@v1\n", "@v1\n\n"),
        "empty line after the index": good.replace("index 4\n", "index 4\n\n"), "checkpoint first": tail + "\n" + head + "\n", "not UTF-8": b"\xff" + good.encode(), "trailing text": good + "more\n"}.items():
        put(False, "lines: " + comment, "Lines", data)
    return s
