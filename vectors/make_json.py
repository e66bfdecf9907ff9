"""Canonical JSON and what strict JSON refuses."""

import json
import random
import struct

from reference import b64, canonical, es6
from suite import Suite

APPENDIX_B = """0000000000000000 0
8000000000000000 0
0000000000000001 5e-324
8000000000000001 -5e-324
7fefffffffffffff 1.7976931348623157e+308
ffefffffffffffff -1.7976931348623157e+308
4340000000000000 9007199254740992
c340000000000000 -9007199254740992
4430000000000000 295147905179352830000
44b52d02c7e14af5 9.999999999999997e+22
44b52d02c7e14af6 1e+23
44b52d02c7e14af7 1.0000000000000001e+23
444b1ae4d6e2ef4e 999999999999999700000
444b1ae4d6e2ef4f 999999999999999900000
444b1ae4d6e2ef50 1e+21
3eb0c6f7a0b5ed8c 9.999999999999997e-7
3eb0c6f7a0b5ed8d 0.000001
41b3de4355555553 333333333.3333332
41b3de4355555554 333333333.33333325
41b3de4355555555 333333333.3333333
41b3de4355555556 333333333.3333334
41b3de4355555557 333333333.33333343
becbf647612f3696 -0.0000033333333333333333
43143ff3c1cb0959 1424953923781206.2"""


def suites():
    return [numbers(), documents()]


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def numbers():
    s = Suite("jcs-numbers", "IEEE 754 doubles (hex, big-endian) and their ECMAScript form, RFC 8785 section 3.2.2.3.", {
        "AppendixB": "RFC 8785 appendix B.",
        "Random": "Random bits, formatted by an independent shortest formatter.",
        "Edge": "Powers of two and ten, where shortest formatters go wrong.",
        "NotANumber": "JSON has neither NaN nor infinities."})
    for line in APPENDIX_B.splitlines():
        bits, text = line.split()
        assert es6(double(bits)) == text, line
        s.valid("formats", "AppendixB", bits=bits, text=text)
    for bits in ("7fffffffffffffff", "7ff0000000000000", "fff0000000000000", "7ff8000000000000"):
        s.invalid("not finite", "NotANumber", bits=bits)
    edges = [2.0**e for e in range(-1074, 1024, 37)] + [float(f"1e{e}") for e in range(-323, 309, 23)]
    edges += [float(f"{d}e{e}") for d in (2, 9, 4.9, 9.9) for e in (-324, -323, -322, -7, -6, 20, 21, 22)]
    for x in edges:
        s.valid("formats", "Edge", bits=struct.pack(">d", x).hex(), text=es6(x))
    rng = random.Random(8785)
    while sum("Random" in t["flags"] for t in s.tests) < 300:
        x = struct.unpack(">d", rng.randbytes(8))[0]
        if x == x and abs(x) != float("inf"):
            s.valid("formats", "Random", bits=struct.pack(">d", x).hex(), text=es6(x))
    return s


def documents():
    s = Suite("jcs", "JSON documents (base64) and their canonical form (base64), RFC 8785; invalid ones are no I-JSON.", {
        "Canonical": "Sorting by UTF-16 code units, least escaping, ECMAScript numbers.",
        "Duplicate": "RFC 7493 section 2.3: two readers would see two different objects.",
        "Surrogate": "RFC 7493 section 2.1: text that is not Unicode.",
        "Utf8": "RFC 8259 section 8.1 and RFC 3629.",
        "Syntax": "Not JSON by RFC 8259.",
        "Number": "Not a JSON number, or beyond the range of a double.",
        "Depth": "Nested beyond the limit of 64.",
        "Trailing": "More than one value."})

    def ok(text):
        data = text.encode() if isinstance(text, str) else text
        s.valid("canonical form", "Canonical", json=b64(data), canonical=b64(canonical(json.loads(data)).encode()))

    for text in [
        '{}', '[]', '""', '0', '-0', '-0.0', '1E0', '100e-2', '1e21', 'true', 'null', ' \t\r\n{ }\n',
        '{"b":1,"a":2}', '{"a":{"d":[],"c":{}},"A":null}', '{"":1,"\\u0000":2}', '{"é":1,"e":2,"z":3}',
        '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
        '"\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
        '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
        '"\\u0000\\u0001\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001f\\u0020\\u007f\\u0080\\u2028\\uffff"',
        '"\\/\\b\\f\\n\\r\\t"', '"\U0001F600"', '"\\uD834\\uDD1E"', '9007199254740993', '1e-400', '0.1', '123456789012345678',
        '[56,{"d":true,"10":null,"1":[]}]', '"a\u0308"', '"\u00e4"', "[" * 64 + "]" * 64, '{"\ufb33":1,"\U0001F600":2}']:
        ok(text)

    def bad(flag, comment, data):
        s.invalid(comment, flag, json=b64(data.encode() if isinstance(data, str) else data))

    for text in ['{"a":1,"a":1}', '{"a":1,"b":2,"a":3}', '{"a":1,"\\u0061":2}', '[{"x":{"y":1,"y":2}}]', '{"":0,"":0}']:
        bad("Duplicate", "duplicate name", text)
    for text in ['"\\ud800"', '"\\udc00"', '"\\udc00\\ud800"', '"\\ud800\\ud800"', '"\\ud83d x"', '{"\\ud800":1}',
                 '"\\udead"', '"a\\ud800\\u0062"']:
        bad("Surrogate", "lone surrogate by escape", text)
    for comment, data in {
        "surrogate in UTF-8": b'"\xed\xa0\x80"', "CESU-8 pair": b'"\xed\xa0\xbd\xed\xb8\x80"', "overlong slash": b'"\xc0\xaf"',
        "overlong NUL": b'"\xc0\x80"', "lone continuation": b'"\x80"', "truncated sequence": b'"\xe2\x82"',
        "beyond U+10FFFF": b'"\xf4\x90\x80\x80"', "byte FF": b'"\xff"', "Latin-1": b'"\xe9"', "in a name": b'{"\xff":1}',
        "byte order mark": b"\xef\xbb\xbf{}", "UTF-16BE": '{"a":1}'.encode("utf-16-be"),
        "UTF-16LE with mark": '{"a":1}'.encode("utf-16"), "UTF-32": '{"a":1}'.encode("utf-32-be")}.items():
        bad("Utf8", comment, data)
    for text in ["", " ", "{", "}", "[", "[1", "[1,]", "[,1]", "[1 2]", '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', "{'a':1}",
                 "'a'", '"', '"a', '"\\x41"', '"\\u12"', '"\\u12G4"', '"\\"', '"\t"', '"\n"', '"\x00"', "True", "TRUE", "nul",
                 "undefined", "// c\n1", "/* c */1", "#\n1", "1 // c", '{"a":1 "b":2}', '{,}', '[1]]', '\x0b1', '\u00a01',
                 "\u20281", '{1:2}', '{null:1}', "(1)", '"a" "b"', '[1;2]', '{"a"=1}', "\x00", "[1]\x00"]:
        bad("Syntax", "not JSON", text)
    for text in ["01", "-01", "00", "+1", "1.", ".5", "-.5", "1e", "1e+", "1.e1", "0x10", "1_000", "-", "--1", "NaN", "Infinity",
                 "-Infinity", "1e400", "-1e400", "1e309", "1.8e308", "1,5", "\u0661", "1f", "1L", "0b1", "- 1", "1 .5", "1e1.5"]:
        bad("Number", "not a number", text)
    bad("Depth", "65 arrays", "[" * 65 + "]" * 65)
    bad("Depth", "65 objects", '{"a":' * 65 + "1" + "}" * 65)
    bad("Depth", "a hundred thousand arrays, never closed", "[" * 100000)
    for text in ["1 2", "{}{}", "[][]", "null null", "{},", "1,", '{"a":1}x', "{}\x00", "{}\ufeff"]:
        bad("Trailing", "something after the value", text)
    return s
