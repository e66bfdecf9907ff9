"""Verifier keys, signed notes, checkpoints and cosignatures."""

import base64

import edwards
from reference import (ED25519_ORDER, Key, ML_DSA_44, b64, checkpoint, cosigned_message, key_id, leaf_hash, note, root, sha256,
                       signature_line, vkey)
from suite import Suite

ORIGIN = "example.com/eu-de/bank"
LOG = Key(ORIGIN)
OTHER = Key("example.org/other")
W4 = Key("witness.example.com/w4", 4)
W6 = Key("witness.example.com/w6", 6)
ROOT = root([leaf_hash(bytes([i])) for i in range(9)])
CHECKPOINT = checkpoint(ORIGIN, 9, ROOT)
TIME = 1767225600

# Two labels whose keys have one id under the name collision.example; found by trying some 66,000.
COLLISION = (60802, 65689)

# Unicode's White_Space beyond ASCII; U+200B, U+180E and U+FEFF look empty but are none of it.
SPACES = "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
NO_SPACES = "\u200b\u180e\ufeff\u2060\u00ad"

# Encodings of points of small order, and of y >= p (Chalkias, Garillot, Nikolaenko 2020, table 6).
SMALL_ORDER = {
    "identity": "01" + "00" * 31,
    "order 2": "ec" + "ff" * 30 + "7f",
    "order 4, y = 0": "00" * 32,
    "order 4, y = 0, other sign": "00" * 31 + "80",
    "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, second": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "identity with the sign bit": "01" + "00" * 30 + "80",
    "y = p": "ed" + "ff" * 30 + "7f",
    "y = p + 1": "ee" + "ff" * 30 + "7f",
    "y = 2^255 - 1": "ff" * 31 + "7f",
}


def torsion(key, message):
    """A signature by the key's owner whose R has a part of order 2."""
    return edwards.sign(sha256(f"{key.name}/{key.type}".encode()), message, (0, edwards.P - 1))


def suites():
    return [vkeys(), notes(), checkpoints(), cosignatures(), subtree_cosignatures()]


def vkeys():
    s = Suite("vkeys", "Verifier keys, C2SP signed-note. Types 01, 04 and 06 are supported.", {
        "Normal": "C2SP signed-note and tlog-cosignature.",
        "KeyId": "The stated id is not the one of this key: an attacker's key under a trusted id.",
        "Name": "Names are not empty and hold neither Unicode spaces nor a plus.",
        "Encoding": "Ids are lower-case hexadecimal, keys canonical base64.",
        "Length": "The key has another length than its type.",
        "Type": "Not a type that a log or witness of ours uses.",
        "WeakKey": "Small order or not canonical: one signature verifies for many messages.",
        "Malformed": "Not name+id+key."})

    def ok(comment, key):
        s.valid(comment, "Normal", vkey=key.vkey, name=key.name, id=key.id.hex(), type=key.type, publicKey=key.public.hex())

    foo = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    material = base64.b64decode(foo.split("+", 2)[2])
    assert key_id("example.com/foo", 1, material[1:]).hex() == "530d903a"
    s.valid("the specification's example", "Normal", vkey=foo, name="example.com/foo", id="530d903a", type=1,
            publicKey=material[1:].hex())
    for key in (LOG, W4, W6, Key("a"), Key("ünïcode.example/日本"), Key("x", 4), Key("oid/1.3.6.1.4.1.1", 6), Key("name=with#signs")):
        ok("type %02x" % key.type, key)
    for c in NO_SPACES:
        ok(f"name with {c!a}, which is no space", Key(f"a{c}b"))
    plus = next(k for k in (Key("plus", 1, str(i)) for i in range(99)) if "+" in b64(b"\x01" + k.public))
    ok("a plus in the base64", plus)

    def bad(flag, comment, text):
        s.invalid(comment, flag, vkey=text)

    def make(name=ORIGIN, type_=1, public=LOG.public, id_=None):
        return vkey(name, id_ or key_id(name, type_, public), bytes([type_]) + public)

    good = LOG.vkey
    name, id_, key = good.split("+", 2)
    bad("KeyId", "another key's id", make(id_=OTHER.id))
    bad("KeyId", "id zero", make(id_=bytes(4)))
    bad("KeyId", "another name, same id and key", f"example.com/eu-de/other+{id_}+{key}")
    bad("KeyId", "id of type 04", make(id_=key_id(ORIGIN, 4, LOG.public)))
    bad("KeyId", "another key under a trusted id", make(public=OTHER.public, id_=LOG.id))
    bad("KeyId", "id of the bare key", make(id_=sha256(LOG.public)[:4]))
    bad("KeyId", "id without the newline", make(id_=sha256(ORIGIN.encode() + b"\x01" + LOG.public)[:4]))
    bad("KeyId", "id in little-endian order", make(id_=LOG.id[::-1]))
    for n in ("", "with space", "with\u00a0no-break", "with\u2003em", "with\u3000ideographic", "with\u0085nel", "tab\t", "line\n", "\u2028"):
        bad("Name", f"name {n!a}", make(name=n))
    bad("Name", "name with a plus", make(name="a+b"))
    for c in SPACES:
        bad("Name", f"name with {c!a}", make(name=f"a{c}b"))
        bad("Name", f"name that ends in {c!a}", make(name=f"a{c}"))
    for comment, text in {
        "upper-case id": f"{name}+{id_.upper()}+{key}", "seven digits": f"{name}+{id_[1:]}+{key}", "nine digits": f"{name}+0{id_}+{key}",
        "id with 0x": f"{name}+0x{id_}+{key}", "no padding": vkey(W4.name, W4.id, b"\x04" + W4.public).rstrip("="),
        "url alphabet": "+".join(plus.vkey.split("+", 2)[:2]) + "+" + plus.vkey.split("+", 2)[2].replace("+", "-"),
        "space in base64": f"{name}+{id_}+{key[:8]} {key[8:]}", "newline at the end": good + "\n", "space in front": " " + good,
        "superfluous padding": good + "====", "one character short": good[:-1],
        "id in other digits": f"{name}+{''.join(chr(ord(c) + 0xff10 - 48) if c.isdigit() else c for c in id_)}+{key}", "id with a sign": f"{name}+-{id_[1:]}+{key}",
        "id in decimal": f"{name}+{int(id_, 16)}+{key}", "id in base64": f"{name}+{b64(LOG.id)}+{key}", "space behind": good + " ", "CRLF": good + "\r\n",
        "line break in base64": f"{name}+{id_}+{key[:20]}\n{key[20:]}", "hexadecimal key": f"{name}+{id_}+01{LOG.public.hex()}",
        "base64 of base64": f"{name}+{id_}+{b64(key.encode())}", "NUL behind": good + "\0"}.items():
        if text not in (W4.vkey, plus.vkey, good):
            bad("Encoding", comment, text)
    six = W6.vkey
    bad("Encoding", "padding left out", six.rstrip("=") if six.endswith("=") else six[:-1])
    if six.endswith("="):
        body = six.rstrip("=")
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        bad("Encoding", "unused bits set", body[:-1] + alphabet[alphabet.index(body[-1]) | 1] + six[len(body):])
    bad("Length", "31 bytes", make(public=LOG.public[:31]))
    bad("Length", "33 bytes", make(public=LOG.public + b"\0"))
    bad("Length", "no key", make(public=b""))
    bad("Length", "ML-DSA-44 key cut", make(type_=6, public=W6.public[:-1]))
    bad("Length", "ML-DSA-44 key of 32 bytes", make(type_=6))
    bad("Length", "Ed25519 key of 1312 bytes", make(type_=4, public=W6.public))
    for type_ in (0, 2, 3, 5, 7, 0xFA, 0xFF):
        bad("Type", f"type {type_:02x}", make(type_=type_))
    for comment, point in SMALL_ORDER.items():
        bad("WeakKey", comment, make(public=bytes.fromhex(point)))
        bad("WeakKey", comment + ", cosignature", make(type_=4, public=bytes.fromhex(point)))
    for text in ("", "+", "++", "name", f"{name}+{id_}", f"{name}+{id_}+", f"+{id_}+{key}", f"{name}++{key}", f"{name} {id_} {key}",
                 f"{name}+{key}", f"{name}+{id_}+{key}+{key}"):
        bad("Malformed", "parts", text)
    return s


def notes():
    s = Suite("notes", "Signed notes (base64) under known keys; \"verified\" lists the names of keys that signed.", {
        "Normal": "C2SP signed-note.",
        "Unknown": "Signatures by unknown (name, id) are ignored.",
        "NoKnownKey": "No known key signed.",
        "KnownFails": "A known key's signature fails: the whole note is refused.",
        "Malformed": "Not a note by its grammar.",
        "Characters": "UTF-8 without control characters but newline.",
        "Name": "Key names hold neither Unicode spaces nor a plus.",
        "Base64": "Canonical standard base64 with padding.",
        "Malleable": "The same signature in another spelling (RFC 8032 section 5.1.7 wants S < L).",
        "Torsion": "The key's owner gave R a part of small order: OpenSSL and Go refuse it (ed25519.json has more).",
        "Limits": "At least 16 signatures are accepted, and some bound exists."})
    text = "This is an example message.\n"

    def put(valid, comment, flag, data, keys=(LOG,), verified=()):
        data = data.encode() if isinstance(data, str) else data
        extra = {"verified": [k.name for k in verified]} if valid else {}
        s.add(valid, comment, flag, note=b64(data), keys=[k if isinstance(k, str) else k.vkey for k in keys], **extra)

    def ok(comment, data, *verified, keys=(LOG,), flag="Normal"):
        put(True, comment, flag, data, keys, verified or (LOG,))

    def bad(flag, comment, data, keys=(LOG,)):
        put(False, comment, flag, data, keys)

    spec = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    spec_sig = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    spec_note = f"{text}\n— example.com/foo {spec_sig}\n"
    s.valid("the specification's example", "Normal", note=b64(spec_note.encode()), keys=[spec], verified=["example.com/foo"])
    good = note(text, LOG.line(text))
    line = LOG.line(text)
    sig = LOG.blob(text)
    ok("one signature", good)
    for t in ("\n", "\n\n", "a\n\nb\n", "\n\n\na\n", "ümläut 日本 \U0001F600\n", "tail \n", "\u007f\n", "— looks like a signature AAAAAAAA\n",
              line, "a\n\n" + line, "\u2028\u00a0\n", "\ufefftext\n", "\u0080\u009f\n", "\ufdd0\uffff\n", " \n", "—\n", "a" + "\n" * 50):
        ok(f"text {t[:20]!a}", note(t, LOG.line(t)))
    ok("two known keys", note(text, line, OTHER.line(text)), LOG, OTHER, keys=(LOG, OTHER))
    ok("other order", note(text, OTHER.line(text), line), OTHER, LOG, keys=(LOG, OTHER))
    ok("the same signature twice", note(text, line, line))
    uni = Key("ünïcode.example/日本")
    ok("a name in Unicode", note(text, uni.line(text)), uni, keys=(uni,))
    ok("more keys than signatures", good, keys=(LOG, OTHER, W4, W6))
    twins = [Key("collision.example", 1, f"collision/{i}") for i in COLLISION]
    assert twins[0].id == twins[1].id and twins[0].public != twins[1].public
    for one in twins:
        ok("two known keys of one name and id, one signed", note(text, one.line(text)), one, keys=twins)
    ok("two known keys of one name and id, both signed", note(text, twins[0].line(text), twins[1].line(text)), *twins, keys=twins)
    bad("KnownFails", "the other key of the same name and id", note(text, twins[0].line(text)), twins[1:])
    bad("KnownFails", "two known keys of one name and id, neither signed", note(text, signature_line(twins[0].name, twins[0].id, sig)), twins)
    strange = signature_line("someone.example", b"\1\2\3\4", b"x")
    for comment, extra in {
        "one byte": strange, "before ours": None, "same name, other id": signature_line(ORIGIN, b"\0\0\0\0", sig),
        "same id, other name": signature_line("someone.example", LOG.id, sig), "five kilobytes": signature_line("pq", b"pq__", b"s" * 5000),
        "unknown key": OTHER.line(text), "type 04 of the same key": signature_line(ORIGIN, key_id(ORIGIN, 4, LOG.public), bytes(8) + sig)}.items():
        ok("unknown: " + comment, note(text, line, extra) if extra else note(text, strange, line), flag="Unknown")
    for c in NO_SPACES:
        ok(f"unknown: a name with {c!a}, which is no space", note(text, line, signature_line(f"a{c}b", b"1234", b"x")), flag="Unknown")
    ok("unknown: a name that begins with an em dash", note(text, signature_line("—", b"1234", b"x"), line), flag="Unknown")
    ok("unknown: the same line twice", note(text, strange, line, strange), flag="Unknown")
    for n in (17, 50, 100):
        ok(f"{n} signatures, ours last", note(text, *[signature_line(f"w{i}", b"1234", b"x") for i in range(n - 1)], line), flag="Limits")
    ok("a long text", note("x" * 100_000 + "\n", LOG.line("x" * 100_000 + "\n")), flag="Limits")
    ok("a text of many lines", note("\n" * 5_000, LOG.line("\n" * 5_000)), flag="Limits")
    sixteen = [Key(f"w{i}.example").line(text) for i in range(15)]
    ok("16 signatures, ours last", note(text, *sixteen, line), flag="Limits")
    ok("16 signatures of 5 kB, ours last", note(text, *[signature_line(f"pq{i}", b"pq__", b"s" * 5000) for i in range(15)], line), flag="Limits")
    bad("Limits", "2,000 signatures", note(text, line, *[strange] * 2000))
    bad("NoKnownKey", "no known keys", good, ())
    bad("NoKnownKey", "another key is known", good, (OTHER,))
    bad("NoKnownKey", "same name, other key is known", good, (Key(ORIGIN, 1, "second"),))
    bad("NoKnownKey", "only strange signatures", note(text, strange, strange))
    bad("NoKnownKey", "type 04 key is known, type 01 signed", good, (Key(ORIGIN, 4, ORIGIN + "/1"),))
    for comment, wrong in {
        "bit flipped in R": bytes([sig[0] ^ 1]) + sig[1:], "bit flipped in S": sig[:40] + bytes([sig[40] ^ 1]) + sig[41:],
        "one byte short": sig[:-1], "one byte long": sig + b"\0", "one byte": b"\0", "zeros": bytes(64), "another key's": OTHER.blob(text),
        "over text without newline": LOG.raw(text[:-1].encode()), "over the note": LOG.raw((text + "\n").encode()),
        "over the text's SHA-256": LOG.raw(sha256(text.encode())), "of type 04": bytes(8) + LOG.raw(text.encode())}.items():
        wrong_line = signature_line(ORIGIN, LOG.id, wrong)
        bad("KnownFails", comment, note(text, wrong_line))
        bad("KnownFails", comment + ", after a good one", note(text, line, wrong_line))
        bad("KnownFails", comment + ", before a good one", note(text, wrong_line, line))
    bad("KnownFails", "good one of another known key beside it", note(text, OTHER.line(text), signature_line(ORIGIN, LOG.id, bytes(64))), (LOG, OTHER))
    high_s = (int.from_bytes(sig[32:], "little") + ED25519_ORDER).to_bytes(32, "little")
    bad("Malleable", "S + L", note(text, signature_line(ORIGIN, LOG.id, sig[:32] + high_s)))
    for i in range(8):
        told = f"evidence {i}\n"
        bad("Torsion", "R with a part of order 2", note(told, signature_line(ORIGIN, LOG.id, torsion(LOG, told.encode()))))
    for comment, altered in {"a letter": text.replace("an", "am"), "a space": text[:-1] + " \n", "a line more": text + "more\n",
                             "an empty line more": text + "\n", "empty line in front": "\n" + text, "case": text.upper()}.items():
        bad("KnownFails", "text altered: " + comment, note(altered, line))
    body = line[len("— "):]
    name, b = body[:-1].split(" ")
    for comment, data in {
        "empty": "", "text only": text, "no signature": text + "\n", "no empty line": text + line, "no final newline": good[:-1],
        "two final newlines": good + "\n", "empty line between signatures": note(text, line, "\n", line), "no text": line, "no text, empty line": "\n" + line,
        "text without newline": text[:-1] + line, "hyphen": note(text, "- " + body), "en dash": note(text, "– " + body),
        "two dashes": note(text, "-- " + body), "no dash": note(text, body), "no space after dash": note(text, "—" + body),
        "two spaces after dash": note(text, "—  " + body), "two spaces before base64": note(text, f"— {name}  {b}\n"),
        "space at the end": note(text, f"— {name} {b} \n"), "no name": note(text, f"—  {b}\n"), "name only": note(text, f"— {name}\n"),
        "no base64": note(text, f"— {name} \n"), "three fields": note(text, f"— {name} {b} {b}\n"), "trailing text": good + "more\n",
        "text below a good note": good + "\nmore\n", "space in front": note(text, " " + line), "four bytes": note(text, signature_line(ORIGIN, LOG.id, b"")),
        "three bytes": note(text, f"— {name} {b64(LOG.id[:3])}\n"), "good line and a malformed one": note(text, line, "malformed\n"),
        "malformed line and a good one": note(text, "malformed\n", line), "unknown key with malformed base64": note(text, line, "— x ?\n")}.items():
        bad("Malformed", comment, data)
    for comment, data in {
        "CRLF": good.replace("\n", "\r\n"), "CR in the text": note("a\rb\n", LOG.line("a\rb\n")), "tab": note("a\tb\n", LOG.line("a\tb\n")),
        "NUL": note("a\0b\n", LOG.line("a\0b\n")), "escape": note("a\x1bb\n", LOG.line("a\x1bb\n")), "tab in a signature line": note(text, line.replace(" ", "\t")),
        "Latin-1": good.replace("— ", "- ").encode() + b"\xe9", "UTF-16": good.encode("utf-16"), "cut em dash": good.encode().replace(b"\xe2\x80\x94", b"\xe2\x80"),
        "overlong": good.encode().replace(b"This", b"\xc1\x94his"), "surrogate": good.encode().replace(b"This", b"\xed\xa0\x80"),
        "five-byte form": good.encode().replace(b"This", b"\xf8\x88\x80\x80\x80his"), "beyond U+10FFFF": good.encode().replace(b"This", b"\xf4\x90\x80\x80his"),
        "lone continuation": good.encode().replace(b"This", b"\x80his"), "backspace": note("a\bb\n", LOG.line("a\bb\n")), "vertical tab": note("a\vb\n", LOG.line("a\vb\n")),
        "form feed": note("a\fb\n", LOG.line("a\fb\n")), "U+001F": note("a\x1fb\n", LOG.line("a\x1fb\n")), "CR at a line's end": note("a\r\n", LOG.line("a\r\n")),
        "CR behind the signature": note(text, line[:-1] + "\r\n"), "NUL in an unknown name": note(text, line, signature_line("a\0b", b"1234", b"x")),
        "byte FF in the text": b"\xff" + good.encode(), "byte order mark": b"\xef\xbb\xbf" + good.encode(), "NUL at the end": good + "\0"}.items():
        bad("Characters" if "mark" not in comment else "KnownFails", comment, data)
    for n in ("a+b", "+", *(f"a{c}b" for c in SPACES)):
        bad("Name", f"unknown key with name {n!a}", note(text, line, signature_line(n, b"1234", b"x")))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert b.endswith("=") and not b.endswith("==")
    loose = b[:-2] + alphabet[alphabet.index(b[-2]) | 1] + "="
    for comment, other in {"no padding": b[:-1], "too much padding": b + "=", "unused bits set": loose, "line break": b[:40] + "\n" + b[40:],
                           "url alphabet": b.replace("+", "-").replace("/", "_") if set(b) & set("+/") else b[:-2] + "-=", "percent": b[:-1] + "%3D",
                           "star": "*" + b[1:], "padding inside": b[:4] + "====" + b[4:], "quotes": f'"{b}"'}.items():
        bad("Base64", comment, note(text, f"— {name} {other}\n"))
    return s


def checkpoints():
    s = Suite("checkpoints", "Texts of checkpoints (base64 of UTF-8), signatures aside, C2SP tlog-checkpoint.", {
        "Normal": "Holds by the grammar.",
        "Size": "ASCII decimal without sign or leading zeros, below 2^63.",
        "Root": "Canonical base64 of 32 bytes.",
        "Lines": "At least three lines, none empty, each ended by a newline.",
        "Characters": "No control characters but newline."})

    def ok(comment, origin, size, root_, *extensions):
        text = checkpoint(origin, size, root_) + "".join(e + "\n" for e in extensions)
        s.valid(comment, "Normal", text=b64(text.encode()), origin=origin, size=str(size), root=root_.hex(), extensions=list(extensions))

    ok("basic", ORIGIN, 9, ROOT)
    ok("empty tree", ORIGIN, 0, sha256(b""))
    ok("largest size", ORIGIN, 2**63 - 1, ROOT)
    for origin in ("x", "with space", "a+b", "日本", "9", "— x", " ", "\u00a0", "\u007f", "\u0085", "o" * 1000):
        ok(f"origin {origin!a}", origin, 9, ROOT)
    ok("an extension", ORIGIN, 9, ROOT, "opaque")
    ok("extensions", ORIGIN, 9, ROOT, "a b", "-", " ", "9")
    ok("a hundred extensions", ORIGIN, 9, ROOT, *map(str, range(100)))
    ok("extensions that look like a checkpoint", ORIGIN, 9, ROOT, ORIGIN, "10", b64(ROOT))
    ok("an extension that looks like a signature", ORIGIN, 9, ROOT, "— a AAAAAAAA")
    ok("empty tree with another root: the form holds, a policy refuses it", ORIGIN, 0, ROOT)
    for size in (1, 10, 255, 256, 2**31, 2**32, 2**53, 2**53 + 1, 10**18):
        ok(f"size {size}", ORIGIN, size, ROOT)
    ok("root of zeros", ORIGIN, 9, bytes(32))
    example = base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    ok("the specification's example", "example.com/behind-the-sofa", 20852163, example)

    def bad(flag, comment, text):
        s.invalid(comment, flag, text=b64(text.encode()))

    r = b64(ROOT)
    for size in ("", "00", "09", "+9", "-9", "-0", " 9", "9 ", "0x9", "9.0", "9e0", "1_000", "1,000", "\u0669", "nine", "9223372036854775808",
                 "18446744073709551615", "18446744073709551625", "99999999999999999999999", "0" * 30, "9" * 400, "9n", "9L", "\uff19", "9\u00a0", "\u00b2", "1/1", "٠", "--9", "Infinity"):
        bad("Size", f"size {size!a}", f"{ORIGIN}\n{size}\n{r}\n")
    for comment, bad_root in {"31 bytes": b64(ROOT[:31]), "33 bytes": b64(ROOT + b"\0"), "no padding": r[:-1], "hexadecimal": ROOT.hex(), "empty": "",
                              "space in front": " " + r, "space behind": r + " ", "unused bits set": r[:-2] + chr(ord(r[-2]) + 1) + "=",
                              "url alphabet": b64(b"\xfb" * 32).replace("+", "-").replace("/", "_"), "double padding": r + "=", "words": "root", "two roots": f"{r} {r}", "16 bytes": b64(ROOT[:16]),
                              "64 bytes": b64(ROOT + ROOT), "padding twice": r[:-1] + "==", "no-break space behind": r + "\u00a0", "hexadecimal of 64 digits": "ab" * 32,
                              "padding in the middle": r[:20] + "=" + r[21:], "zero bytes": "====", "base32 letters": r.replace(r[0], "!", 1)}.items():
        bad("Root", comment, f"{ORIGIN}\n9\n{bad_root}\n")
    for comment, text in {
        "empty": "", "newline": "\n", "one line": f"{ORIGIN}\n", "two lines": f"{ORIGIN}\n9\n", "no final newline": CHECKPOINT[:-1], "empty origin": f"\n9\n{r}\n",
        "empty extension": CHECKPOINT + "\n", "empty line between": f"{ORIGIN}\n\n9\n{r}\n", "empty extension between": CHECKPOINT + "a\n\nb\n",
        "lines swapped": f"{ORIGIN}\n{r}\n9\n", "size first": f"9\n{ORIGIN}\n{r}\n", "one line with spaces": f"{ORIGIN} 9 {r}\n", "empty line in front": "\n" + CHECKPOINT,
        "extension without newline": CHECKPOINT + "a"}.items():
        bad("Lines", comment, text)
    for comment, text in {"CRLF": CHECKPOINT.replace("\n", "\r\n"), "tab in origin": f"a\tb\n9\n{r}\n", "NUL in extension": CHECKPOINT + "\0\n"}.items():
        bad("Characters", comment, text)
    return s


def cosignatures():
    s = Suite("cosignatures", "Cosigned checkpoints (base64 of notes) under known cosigner keys, C2SP tlog-cosignature.", {
        "Normal": "Holds.",
        "Time": "The signed time is part of the message; it stays below 2^63.",
        "Message": "The signature covers other bytes than the specification says.",
        "Type": "A signature of one type is not one of another.",
        "Length": "Truncated or extended.",
        "NotACheckpoint": "Cosigners sign checkpoints alone.",
        "Several": "More than one line of the same cosigner.",
        "Context": "ML-DSA with a context, prehashed or internal, is another signature (FIPS 204 section 5).",
        "Malformed": "No encoding of an ML-DSA-44 or Ed25519 signature.",
        "Torsion": "The key's owner gave R a part of small order: OpenSSL and Go refuse it (ed25519.json has more).",
        "Extension": "Type 04 covers extension lines, type 06 does not."})

    def put(valid, comment, flag, text, key, *blobs, keys=None):
        data = note(text, *[signature_line(key.name, key.id, blob) for blob in blobs])
        s.add(valid, comment, flag, note=b64(data.encode()), keys=[k.vkey for k in keys or (key,)])

    for key in (W4, W6):
        sig = key.blob(CHECKPOINT, TIME)
        label = "type %02x" % key.type
        put(True, label, "Normal", CHECKPOINT, key, sig)
        put(True, label + ", time 0", "Time", CHECKPOINT, key, key.blob(CHECKPOINT))
        put(True, label + ", largest time", "Time", CHECKPOINT, key, key.blob(CHECKPOINT, 2**63 - 1))
        put(False, label + ", time 2^63", "Time", CHECKPOINT, key, key.blob(CHECKPOINT, 2**63))
        put(False, label + ", time altered", "Time", CHECKPOINT, key, (TIME + 1).to_bytes(8, "big") + sig[8:])
        put(False, label + ", time little-endian", "Time", CHECKPOINT, key, TIME.to_bytes(8, "little") + sig[8:])
        put(False, label + ", without time", "Length", CHECKPOINT, key, sig[8:])
        put(False, label + ", time alone", "Length", CHECKPOINT, key, sig[:8])
        put(False, label + ", one byte short", "Length", CHECKPOINT, key, sig[:-1])
        put(False, label + ", one byte long", "Length", CHECKPOINT, key, sig + b"\0")
        put(False, label + ", bit flipped", "Message", CHECKPOINT, key, sig[:60] + bytes([sig[60] ^ 1]) + sig[61:])
        put(False, label + ", bare text signed", "Message", CHECKPOINT, key, TIME.to_bytes(8, "big") + key.raw(CHECKPOINT.encode()))
        put(False, label + ", another size", "Message", checkpoint(ORIGIN, 10, ROOT), key, sig)
        put(False, label + ", another root", "Message", checkpoint(ORIGIN, 9, sha256(ROOT)), key, sig)
        put(False, label + ", another origin", "Message", checkpoint("example.com/other", 9, ROOT), key, sig)
        text = "no checkpoint\n"
        header = f"cosignature/v1\ntime {TIME}\n{text}".encode()
        put(False, label + ", over other text", "NotACheckpoint", text, key, TIME.to_bytes(8, "big") + key.raw(header))
    sig4, sig6 = W4.blob(CHECKPOINT, TIME), W6.blob(CHECKPOINT, TIME)
    for time in range(TIME, TIME + 8):
        told = f"cosignature/v1\ntime {time}\n{CHECKPOINT}".encode()
        put(False, "type 04, R with a part of order 2", "Torsion", CHECKPOINT, W4, time.to_bytes(8, "big") + torsion(W4, told))
    extended = CHECKPOINT + "extension\n"
    put(True, "type 04 over an extension line", "Extension", extended, W4, W4.blob(extended, TIME))
    put(False, "type 04, extension line added later", "Extension", extended, W4, sig4)
    put(True, "type 06, extension line added later", "Extension", extended, W6, sig6)
    twin1 = Key(W4.name, 1, "witness.example.com/w4/4")
    put(False, "type 04 signature on a line of type 01", "Type", CHECKPOINT, twin1, sig4)
    put(False, "type 01 signature on a line of type 04", "Type", CHECKPOINT, W4, twin1.raw(CHECKPOINT.encode()))
    stamp = TIME.to_bytes(8, "big")
    renamed = cosigned_message("another.example", TIME, ORIGIN, 0, 9, ROOT)
    put(False, "type 06 for another cosigner's name", "Message", CHECKPOINT, W6, stamp + W6.raw(renamed))
    part = cosigned_message(W6.name, TIME, ORIGIN, 8, 9, ROOT)
    put(False, "type 06 over a subtree that is no checkpoint", "Message", CHECKPOINT, W6, stamp + W6.raw(part))
    unlabelled = cosigned_message(W6.name, TIME, ORIGIN, 0, 9, ROOT)[12:]
    put(False, "type 06 without its label", "Message", CHECKPOINT, W6, stamp + W6.raw(unlabelled))
    long_origin = checkpoint("o" * 256, 9, ROOT)
    put(False, "type 06 cannot name an origin of 256 bytes", "Message", long_origin, W6, sig6)
    empty, full = checkpoint(ORIGIN, 0, sha256(b"")), checkpoint(ORIGIN, 2**63 - 1, ROOT)
    for key, sig in ((W4, sig4), (W6, sig6)):
        label = "type %02x" % key.type
        wrong = sig[:-1] + bytes([sig[-1] ^ 1])
        put(True, label + ", two lines of different times", "Several", CHECKPOINT, key, sig, key.blob(CHECKPOINT, TIME + 1))
        put(True, label + ", the same line twice", "Several", CHECKPOINT, key, sig, sig)
        put(False, label + ", a failing line after a good one", "Several", CHECKPOINT, key, sig, wrong)
        put(False, label + ", a failing line before a good one", "Several", CHECKPOINT, key, wrong, sig)
        put(True, label + ", empty tree", "Normal", empty, key, key.blob(empty, TIME))
        put(True, label + ", largest tree", "Normal", full, key, key.blob(full, TIME))
        put(False, label + ", all time bits set", "Time", CHECKPOINT, key, b"\xff" * 8 + sig[8:])
        put(False, label + ", zeros", "Malformed", CHECKPOINT, key, bytes(len(sig)))
        put(False, label + ", all bits set", "Malformed", CHECKPOINT, key, stamp + b"\xff" * (len(sig) - 8))
        put(False, label + ", time appended instead of prepended", "Message", CHECKPOINT, key, sig[8:] + stamp)
        put(False, label + ", time twice", "Length", CHECKPOINT, key, stamp + sig)
    for comment, head in {"v2": f"cosignature/v2\ntime {TIME}\n", "no header": f"time {TIME}\n", "no time": "cosignature/v1\n", "time with a leading zero": f"cosignature/v1\ntime 0{TIME}\n",
                          "two spaces": f"cosignature/v1\ntime  {TIME}\n", "CRLF": f"cosignature/v1\r\ntime {TIME}\r\n", "capital": f"Cosignature/v1\ntime {TIME}\n",
                          "milliseconds": f"cosignature/v1\ntime {TIME}000\n", "empty line": f"cosignature/v1\ntime {TIME}\n\n"}.items():
        put(False, f"type 04, signed header: {comment}", "Message", CHECKPOINT, W4, stamp + W4.raw((head + CHECKPOINT).encode()))
    put(False, "type 04 over the text without its newline", "Message", CHECKPOINT, W4, stamp + W4.raw(f"cosignature/v1\ntime {TIME}\n{CHECKPOINT[:-1]}".encode()))
    put(False, "type 04 over the note instead of its text", "Message", CHECKPOINT, W4, stamp + W4.raw(f"cosignature/v1\ntime {TIME}\n{CHECKPOINT}\n".encode()))
    high_s = (int.from_bytes(sig4[40:], "little") + ED25519_ORDER).to_bytes(32, "little")
    put(False, "type 04, S + L", "Malformed", CHECKPOINT, W4, sig4[:40] + high_s)
    message = cosigned_message(W6.name, TIME, ORIGIN, 0, 9, ROOT)
    hedged = ML_DSA_44._sign_internal(W6.secret, b"\0\0" + message, sha256(b"hedge"))
    put(True, "type 06, hedged", "Normal", CHECKPOINT, W6, stamp + hedged)
    put(False, "type 06 with a context", "Context", CHECKPOINT, W6, stamp + ML_DSA_44.sign(W6.secret, message, ctx=b"c2sp", deterministic=True))
    put(False, "type 06 by the internal function", "Context", CHECKPOINT, W6, stamp + ML_DSA_44._sign_internal(W6.secret, message, bytes(32)))
    prehash = b"\1\0" + bytes.fromhex("0609608648016503040201") + sha256(message)
    put(False, "type 06 prehashed by SHA-256", "Context", CHECKPOINT, W6, stamp + ML_DSA_44._sign_internal(W6.secret, prehash, bytes(32)))
    put(False, "type 06 over the message's SHA-256", "Context", CHECKPOINT, W6, stamp + W6.raw(sha256(message)))
    swapped = cosigned_message(W6.name, TIME, ORIGIN, 9, 0, ROOT)
    for comment, other in {"v2": message.replace(b"v1", b"v2", 1), "no NUL in the label": message.replace(b"\0", b"", 1), "NUL as padding": message + b"\0", "start and end swapped": swapped,
                           "size little-endian": message.replace((9).to_bytes(8, "big"), (9).to_bytes(8, "little"), 1), "time 0": cosigned_message(W6.name, 0, ORIGIN, 0, 9, ROOT),
                           "another end": cosigned_message(W6.name, TIME, ORIGIN, 0, 8, ROOT), "name and origin swapped": cosigned_message(ORIGIN, TIME, W6.name, 0, 9, ROOT),
                           "two-byte length": message.replace(bytes([len(W6.name)]), bytes([0, len(W6.name)]), 1), "origin with its newline": cosigned_message(W6.name, TIME, ORIGIN + "\n", 0, 9, ROOT),
                           "the message of type 04": f"cosignature/v1\ntime {TIME}\n{CHECKPOINT}".encode()}.items():
        assert other != message, comment
        put(False, f"type 06, signed structure: {comment}", "Message", CHECKPOINT, W6, stamp + W6.raw(other))
    for at in (8, 39, 40, 1000, 2343, 2344, 2420, 2423, 2427):
        put(False, f"type 06, bit flipped in byte {at}", "Malformed", CHECKPOINT, W6, sig6[:at] + bytes([sig6[at] ^ 1]) + sig6[at + 1:])
    hints = sig6[2344 + 4:]
    put(False, "type 06, more hints than there may be", "Malformed", CHECKPOINT, W6, sig6[:2348 + 76] + bytes([255]) * 4)
    put(False, "type 06, hint counts that fall", "Malformed", CHECKPOINT, W6, sig6[:-4] + sig6[-4:][::-1])
    first = sig6[2348 + 76]
    assert first >= 2 and len(hints) == 80
    put(False, "type 06, hints out of order", "Malformed", CHECKPOINT, W6, sig6[:2348] + bytes([hints[1], hints[0]]) + hints[2:])
    put(False, "type 06, a hint twice", "Malformed", CHECKPOINT, W6, sig6[:2348] + bytes([hints[0], hints[0]]) + hints[2:])
    put(False, "type 06, a hint behind the last", "Malformed", CHECKPOINT, W6, sig6[:2348 + hints[79]] + b"\1" + sig6[2348 + hints[79] + 1:])
    for n, ok in ((255, True), (256, False)):
        put(ok, f"type 06, a name of {n} bytes", "Normal" if ok else "Message", CHECKPOINT, Key("n" * n, 6), Key("n" * min(n, 255), 6, "n" * n + "/6").blob(CHECKPOINT, TIME))
    put(True, "type 04, a name of 256 bytes", "Normal", CHECKPOINT, Key("n" * 256, 4), Key("n" * 256, 4).blob(CHECKPOINT, TIME))
    wide = checkpoint("é" * 127, 9, ROOT)
    put(True, "type 06, an origin of 254 bytes in 127 letters", "Normal", wide, W6, W6.blob(wide, TIME))
    longest = checkpoint("o" * 255, 9, ROOT)
    put(True, "type 06 with an origin of 255 bytes", "Normal", longest, W6, W6.blob(longest, TIME))
    return s


def subtree_cosignatures():
    s = Suite("subtree-cosignatures", "Cosignatures of the subtree [start, end) of a log (hex: u64 time, then the signature), C2SP tlog-cosignature.", {
        "Normal": "Holds.",
        "NotASubtree": "The cosigner signed it, but no subtree begins and ends there.",
        "Time": "Only what starts at 0 may state a time.",
        "Message": "The signature is over another range, hash, origin or name.",
        "Type": "Ed25519 cosigners sign checkpoints alone.",
        "Length": "Truncated or extended."})

    def put(valid, comment, flag, start, end, time=0, key=W6, signed=None, blob=None, **fields):
        told = {"origin": ORIGIN, "start": start, "end": end, "hash": ROOT.hex(), "cosignature": None, "vkey": key.vkey}
        message = cosigned_message(*(signed or (key.name, time, ORIGIN, start, end, ROOT)))
        told["cosignature"] = (blob or time.to_bytes(8, "big") + key.raw(message)).hex()
        told |= fields
        told |= {n: str(v) for n, v in told.items() if isinstance(v, int) and v >= 2**53}
        s.add(valid, comment, flag, **told)

    for start, end in ((0, 1), (0, 9), (1, 2), (2, 4), (4, 7), (4, 8), (8, 13), (8, 16), (16, 17), (0, 2**63 - 1), (2**62, 2**63 - 1), (2**63 - 2, 2**63 - 1), (2**40, 2**41)):
        put(True, f"[{start}, {end})", "Normal", start, end)
    for time in (1, TIME, 2**63 - 1):
        put(True, f"from 0 at time {time}", "Time", 0, 9, time)
        put(False, f"from 8 at time {time}", "Time", 8, 13, time)
    put(False, "from 8, a time put before the signature", "Time", 8, 13, blob=TIME.to_bytes(8, "big") + W6.raw(cosigned_message(W6.name, 0, ORIGIN, 8, 13, ROOT)))
    put(False, "from 0, time 2^63", "Time", 0, 9, 2**63)
    put(False, "from 0, time altered", "Time", 0, 9, blob=TIME.to_bytes(8, "big") + W6.raw(cosigned_message(W6.name, 0, ORIGIN, 0, 9, ROOT)))
    for start, end in ((0, 0), (8, 8), (1, 3), (2, 5), (4, 9), (6, 9), (9, 13), (2**62 + 1, 2**63 - 1), (1, 2**63 - 1)):
        put(False, f"[{start}, {end})", "NotASubtree", start, end)
    put(False, "[2, 1)", "NotASubtree", 2, 1)
    for comment, signed in {"another start": (W6.name, 0, ORIGIN, 12, 13, ROOT), "another end": (W6.name, 0, ORIGIN, 8, 14, ROOT), "another hash": (W6.name, 0, ORIGIN, 8, 13, sha256(ROOT)),
                            "another origin": (W6.name, 0, "example.com/other", 8, 13, ROOT), "another name": ("example.com/other", 0, ORIGIN, 8, 13, ROOT), "a time": (W6.name, TIME, ORIGIN, 8, 13, ROOT),
                            "from 0": (W6.name, 0, ORIGIN, 0, 13, ROOT)}.items():
        put(False, "signed: " + comment, "Message", 8, 13, signed=signed)
    put(False, "told: another origin", "Message", 8, 13, origin="example.com/other")
    put(False, "told: no origin", "Message", 8, 13, origin="")
    put(False, "told: an origin of 256 bytes", "Message", 8, 13, origin="o" * 256)
    put(False, "told: another key", "Message", 8, 13, vkey=Key(W6.name, 6, "second").vkey)
    put(False, "type 04", "Type", 8, 13, key=W4)
    put(False, "type 04 from 0", "Type", 0, 9, key=W4)
    put(False, "type 01", "Type", 0, 9, key=LOG)
    good = bytes(8) + W6.raw(cosigned_message(W6.name, 0, ORIGIN, 8, 13, ROOT))
    for comment, blob in {"one byte short": good[:-1], "one byte long": good + b"\0", "time alone": good[:8], "without time": good[8:], "empty": b"\0"}.items():
        put(False, comment, "Length", 8, 13, blob=blob)
    return s
