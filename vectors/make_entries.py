"""Entry frames and the chain they form."""

from reference import canonical, leaf_hash
from suite import Suite

ZERO = "0" * 64
T0 = 1767225600_000000000


def entry(event, index, prev, received):
    return canonical({"event": event, "index": index, "prev": prev, "received": str(received), "v": 1}).encode()


def events(n):
    birth = {"cell": "eu-de", "format": "cadastre-entry/v1", "keys": [], "kind": "log.birth", "origin": "example.com/eu-de/a"}
    return [birth] + [{"attributes": {"n": i, "é": "\"\\"}, "kind": "other"} for i in range(1, n)]


def chain(n):
    entries, prev = [], ZERO
    for i, event in enumerate(events(n)):
        entries.append(entry(event, i, prev, T0 + i))
        prev = leaf_hash(entries[-1]).hex()
    return entries


def suites():
    return [frames(), chains()]


def frames():
    s = Suite("entries", "Frames of log entries (hex). The event is not decoded: only the frame around it is judged.", {
        "Normal": "docs/formats/entry.md.",
        "Spelling": "Another spelling of the same frame; its hash would differ.",
        "Number": "Indexes and times are decimal without sign or leading zeros, within their range.",
        "Prev": "64 lower-case hexadecimal digits.",
        "Frame": "Members missing, renamed, in another order or of another version.",
        "Size": "At most 65,535 bytes."})

    def ok(comment, data, index, prev, received, event):
        s.valid(comment, "Normal", entry=data.hex(), index=index, prev=prev, received=str(received),
                event=event.encode().hex(), leaf=leaf_hash(data).hex())

    for i, data in enumerate(chain(5)):
        text = data.decode()
        prev = ZERO if i == 0 else leaf_hash(chain(5)[i - 1]).hex()
        ok("chain", data, i, prev, T0 + i, text[len('{"event":'):text.rindex(',"index":')])
    tricky = '{"a":"\\",\\"index\\":7,\\"prev\\":\\"","index":9,"prev":"x"}'
    base = f'{{"event":{tricky},"index":3,"prev":"{"ab" * 32}","received":"17","v":1}}'
    ok("a frame inside the event", base.encode(), 3, "ab" * 32, 17, tricky)
    for index, received in ((0, 0), (9, 10), (2**53 - 1, 2**63 - 1)):
        data = f'{{"event":{{}},"index":{index},"prev":"{ZERO}","received":"{received}","v":1}}'.encode()
        ok("limits", data, index, ZERO, received, "{}")
    fill = 65535 - len(f'{{"event":{{"a":""}},"index":1,"prev":"{ZERO}","received":"1","v":1}}')
    event = '{"a":"' + "x" * fill + '"}'
    longest = f'{{"event":{event},"index":1,"prev":"{ZERO}","received":"1","v":1}}'.encode()
    assert len(longest) == 65535
    ok("the longest entry", longest, 1, ZERO, 1, event)

    def bad(flag, comment, old, new):
        assert old in base, old
        s.invalid(comment, flag, entry=base.replace(old, new, 1).encode().hex())

    s.invalid("one byte too long", "Size", entry=longest.replace(b'"x', b'"xx').hex())
    s.invalid("empty", "Size", entry="")
    s.invalid("one brace", "Size", entry=b"}".hex())
    for old, new in [('{"event"', '{ "event"'), (',"index":3', ', "index":3'), ('"index":3', '"index": 3'), ('"v":1}', '"v":1 }'),
                     ('"v":1}', '"v":1}\n'), ('"v":1}', '"v":1.0}'), ('"v":1}', '"v":1e0}'), ('{"event"', '\ufeff{"event"'),
                     ('"received":"17"', '"received":17'), ('"index":3', '"index":"3"'), ('"index":3', '"index":3.0'),
                     ('"index"', '"\\u0069ndex"')]:
        if old == '"index"':
            s.invalid("other spelling", "Spelling", entry=base.replace(',"index":3', ',"\\u0069ndex":3').encode().hex())
        elif old == '"index":3':
            s.invalid("other spelling", "Spelling", entry=base.replace(',"index":3', "," + new).encode().hex())
        else:
            bad("Spelling", "other spelling", old, new)
    for index in ("03", "-3", "+3", "", "3e0", "0x3", "9007199254740992", "99999999999999999999", "\u0663", "-0", "00"):
        s.invalid(f"index {index!a}", "Number", entry=base.replace(',"index":3,', f',"index":{index},').encode().hex())
    for time in ("017", "-17", "+17", "", "17 ", "1.7", "9223372036854775808", "18446744073709551617", "00", "17n"):
        bad("Number", f"received {time!a}", '"received":"17"', f'"received":"{time}"')
    good = "ab" * 32
    for prev in ("", good[:-1], good[:-2], good + "a", good + "ab", good.upper(), "g" + good[1:], " " + good[1:], "0x" + good[2:]):
        bad("Prev", f"prev {prev[:4]}… of {len(prev)} digits", f'"prev":"{good}"', f'"prev":"{prev}"')
    for old, new in [('"v":1', '"v":2'), ('"v":1', '"v":0'), (',"v":1', ""), ('"v":1', '"v":1,"w":1'), ('"v":1', '"V":1'),
                     ('"received":"17",', ""), (f'"prev":"{good}",', ""), ('{"event"', '{"a":1,"event"'), ('{"event"', '{"Event"'),
                     ('"received"', '"Received"'), ('{"event":{', '{"event":['), ('"v":1}', '"v":1'), ('"v":1}', '"v":1}}')]:
        bad("Frame", "frame", old, new)
    for event in ("", "{", "}", "[]", "null", "1", '"x"', " {}", "{} "):
        s.invalid("the event is no object", "Frame",
                  entry=f'{{"event":{event},"index":3,"prev":"{good}","received":"17","v":1}}'.encode().hex())
    return s


def chains():
    s = Suite("chains", "Runs of entries (hex) from entry 0; \"wrong\" is the first position that does not follow.", {
        "Normal": "Every entry names the next index, the leaf before and a time not earlier.",
        "Edited": "A byte changed: the next entry no longer names its hash.",
        "Removed": "An entry is missing.",
        "Inserted": "An entry was added.",
        "Swapped": "Two entries changed places.",
        "Relinked": "Later entries were rewritten to match, but something else gives it away.",
        "Time": "Time runs backwards."})
    good = chain(6)

    def put(wrong, comment, flag, entries):
        fields = {"entries": [e.hex() for e in entries]}
        if wrong is None:
            s.valid(comment, flag, **fields)
        else:
            s.invalid(comment, flag, **fields, wrong=wrong)

    for n in range(7):
        put(None, f"{n} entries", "Normal", good[:n])
    equal = [entry(events(2)[0], 0, ZERO, 5)]
    equal.append(entry(events(2)[1], 1, leaf_hash(equal[0]).hex(), 5))
    put(None, "equal times", "Normal", equal)
    for i in range(5):
        edited = list(good)
        edited[i] = edited[i].replace(b'"kind":"', b'"kind":"x', 1)
        put(i + 1, f"entry {i} edited", "Edited", edited)
        put(i, f"entry {i} removed", "Removed", good[:i] + good[i + 1:])
        put(i + 1, f"entry {i} twice", "Inserted", good[:i + 1] + good[i:])
        put(i, f"entries {i} and {i + 1} swapped", "Swapped", good[:i] + [good[i + 1], good[i]] + good[i + 2:])
    put(0, "starts at 1", "Removed", good[1:])
    put(0, "entry 0 has a predecessor", "Relinked", [entry(events(1)[0], 0, "ab" * 32, T0)])
    put(1, "index repeated", "Relinked", [good[0], entry(events(2)[1], 0, leaf_hash(good[0]).hex(), T0 + 1)])
    put(1, "index skipped", "Relinked", [good[0], entry(events(2)[1], 2, leaf_hash(good[0]).hex(), T0 + 1)])
    put(1, "time runs backwards", "Time", [good[0], entry(events(2)[1], 1, leaf_hash(good[0]).hex(), T0 - 1)])
    put(1, "foreign log", "Inserted", [good[0], entry(events(2)[1], 1, "cd" * 32, T0 + 1)])
    return s
