"""Verifier keys, signed notes, checkpoints and cosignatures."""

import base64

from reference import (ED25519_ORDER, Key, b64, checkpoint, cosigned_message, key_id, leaf_hash, note, root, sha256,
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


def suites():
    return [vkeys(), notes(), checkpoints(), cosignatures()]


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
    for comment, text in {
        "upper-case id": f"{name}+{id_.upper()}+{key}", "seven digits": f"{name}+{id_[1:]}+{key}", "nine digits": f"{name}+0{id_}+{key}",
        "id with 0x": f"{name}+0x{id_}+{key}", "no padding": vkey(W4.name, W4.id, b"\x04" + W4.public).rstrip("="),
        "url alphabet": "+".join(plus.vkey.split("+", 2)[:2]) + "+" + plus.vkey.split("+", 2)[2].replace("+", "-"),
        "space in base64": f"{name}+{id_}+{key[:8]} {key[8:]}", "newline at the end": good + "\n", "space in front": " " + good,
        "superfluous padding": good + "====", "one character short": good[:-1]}.items():
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
              line, "a\n\n" + line, "\u2028\u00a0\n", "\ufefftext\n"):
        ok(f"text {t[:20]!a}", note(t, LOG.line(t)))
    ok("two known keys", note(text, line, OTHER.line(text)), LOG, OTHER, keys=(LOG, OTHER))
    ok("other order", note(text, OTHER.line(text), line), OTHER, LOG, keys=(LOG, OTHER))
    ok("the same signature twice", note(text, line, line))
    uni = Key("ünïcode.example/日本")
    ok("a name in Unicode", note(text, uni.line(text)), uni, keys=(uni,))
    ok("more keys than signatures", good, keys=(LOG, OTHER, W4, W6))
    strange = signature_line("someone.example", b"\1\2\3\4", b"x")
    for comment, extra in {
        "one byte": strange, "before ours": None, "same name, other id": signature_line(ORIGIN, b"\0\0\0\0", sig),
        "same id, other name": signature_line("someone.example", LOG.id, sig), "five kilobytes": signature_line("pq", b"pq__", b"s" * 5000),
        "unknown key": OTHER.line(text), "type 04 of the same key": signature_line(ORIGIN, key_id(ORIGIN, 4, LOG.public), bytes(8) + sig)}.items():
        ok("unknown: " + comment, note(text, line, extra) if extra else note(text, strange, line), flag="Unknown")
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
        "byte FF in the text": b"\xff" + good.encode(), "byte order mark": b"\xef\xbb\xbf" + good.encode(), "NUL at the end": good + "\0"}.items():
        bad("Characters" if "mark" not in comment else "KnownFails", comment, data)
    for n in ("a+b", "a\u00a0b", "a\u2003b", "a\u3000b", "a\u0085b", "a\u1680b", "a\u2028b", "+"):
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
    for origin in ("x", "with space", "a+b", "日本", "9", "— x"):
        ok(f"origin {origin!a}", origin, 9, ROOT)
    ok("an extension", ORIGIN, 9, ROOT, "opaque")
    ok("extensions", ORIGIN, 9, ROOT, "a b", "-", " ", "9")

    def bad(flag, comment, text):
        s.invalid(comment, flag, text=b64(text.encode()))

    r = b64(ROOT)
    for size in ("", "00", "09", "+9", "-9", "-0", " 9", "9 ", "0x9", "9.0", "9e0", "1_000", "1,000", "\u0669", "nine", "9223372036854775808",
                 "18446744073709551615", "99999999999999999999999"):
        bad("Size", f"size {size!a}", f"{ORIGIN}\n{size}\n{r}\n")
    for comment, bad_root in {"31 bytes": b64(ROOT[:31]), "33 bytes": b64(ROOT + b"\0"), "no padding": r[:-1], "hexadecimal": ROOT.hex(), "empty": "",
                              "space in front": " " + r, "space behind": r + " ", "unused bits set": r[:-2] + chr(ord(r[-2]) + 1) + "=",
                              "url alphabet": b64(b"\xfb" * 32).replace("+", "-").replace("/", "_"), "double padding": r + "=", "words": "root"}.items():
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
        "Extension": "Type 04 covers extension lines, type 06 does not."})

    def put(valid, comment, flag, text, key, blob, keys=None):
        data = note(text, signature_line(key.name, key.id, blob))
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
    longest = checkpoint("o" * 255, 9, ROOT)
    put(True, "type 06 with an origin of 255 bytes", "Normal", longest, W6, W6.blob(longest, TIME))
    return s
