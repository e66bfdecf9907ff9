"""Events, disclosures of private attributes, and anchors."""

import base64
import hashlib


from make_entries import T0, ZERO, entry
from reference import Key, canonical, checkpoint, inclusion, leaf_hash, note, root, sha256
from suite import Suite

ORIGIN = "example.com/eu-de/bank"
HEX = "ab" * 32
SD = base64.urlsafe_b64encode(sha256(b"disclosure")).decode().rstrip("=")
SD2 = base64.urlsafe_b64encode(sha256(b"another")).decode().rstrip("=")


def suites():
    return [events(), disclosures(), anchors()]


def record(**members):
    return {"attributes": {}, "kind": "other", "sender": "token/1a2b3c4d"} | members


def policy_event(**members):
    policy = {"categories": {"*": {"default": {"allow": ["EU"]}}}, "tenant": "bank", "version": 1}
    return {"author": "cli", "judge": 1, "kind": "policy.adopted", "policy": policy, "registry": HEX,
            "sha256": sha256(canonical(policy).encode()).hex(), "source": "version: 1\n"} | members


def anchor_event(**members):
    return {"date": "2026-01-01", "kind": "anchor", "leaves": 16, "root": HEX, "time": str(T0)} | members


def events():
    s = Suite("events", "Events as text. A valid one is decoded and encoded again to the same bytes; every other spelling is refused.", {
        "Normal": "docs/formats/entry.md.",
        "Value": "Attribute values keep their OTLP type; each has one form.",
        "Spelling": "Another spelling of the same event; its hash would differ.",
        "Unknown": "Unknown members, kinds, hops, assurances, outcomes and tags are refused.",
        "Type": "A member of another type, or out of range.",
        "Missing": "A member that must be there is not.",
        "Empty": "What is not given is left out, not empty or zero.",
        "Verdict": "A verdict contradicts itself or stands where none may.",
        "Integrity": "What was found of a sender's signature.",
        "Anchor": "An anchor closes its own day or the one before, over a power of two of at least 16 leaves.",
        "Birth": "A log's origin is <ledger>/<cell>/<log>, of its own cell.",
        "Sender": "token/<8 hex>, spiffe/<trust domain>/<path>, portal, cli or cell, and nothing else.",
        "Declared": "What an operator's inventory says stands in what is judged, and apart.",
        "Evidence": "A place is proven by evidence alone.",
        "Digest": "Digests of private attributes: 43 characters of base64url, sorted, each once.",
        "Depth": "At most 24 nested lists and maps."})

    def ok(comment, event, *flags):
        s.valid(comment, *(flags or ("Normal",)), event=canonical(event))

    def bad(flag, comment, event):
        s.invalid(comment, flag, event=event if isinstance(event, str) else canonical(event))

    birth = {"cell": "eu-de", "format": "cadastre-entry/v1", "keys": ["k"], "kind": "log.birth", "origin": ORIGIN}
    ok("birth", birth)
    ok("a person's pseudonym", record(person="2026-03.1." + "Ab_-" * 5 + "Zz"))
    for comment, person in (("without a number", "2026-03." + "a" * 22), ("of 21 letters", "2026-03.1." + "a" * 21), ("of key 0", "2026-03.0." + "a" * 22), ("as a number", 7), ("of nobody", "")):
        bad("Type", "a person's pseudonym " + comment, record(person=person))
    declares = {"keys": {"k": {"place": "DE"}}, "tenant": "bank", "version": 1}
    ok("a policy with an inventory", policy_event(inventory=declares))
    bad("Type", "an inventory as a text", policy_event(inventory="keys"))
    verdict = {"findings": [{"hop": "key", "outcome": "compliant", "rule": "keys.place"}], "outcome": "compliant", "policy": 1}
    there = {"key": {"assurance": "declared", "place": "DE"}}
    ok("what is declared", record(kind="key.use", custody=["customer-held", "double-key"], locations=there, verdict=verdict), "Declared")
    bad("Declared", "a custody declared of what is not judged", record(custody=["customer-held"]))
    bad("Declared", "a place declared of what is not judged", record(kind="key.use", locations=there))
    bad("Declared", "no custody", record(kind="key.use", custody=[], verdict=verdict))
    bad("Declared", "a custody as a text", record(kind="key.use", custody="customer-held", verdict=verdict))
    bad("Declared", "a custody as a number", record(kind="key.use", custody=[1], verdict=verdict))
    ok("birth with two keys", birth | {"keys": ["b", "a"]})
    ok("adoption", policy_event())
    ok("adoption that replaces another", policy_event(previous=1))
    ok("anchor", anchor_event())
    ok("anchor after another", anchor_event(previous=0, leaves=2**40))
    back = {"leaves": 16, "root": HEX}
    ok("anchor that left a log out", anchor_event(incomplete=True))
    ok("anchor after logs were taken back", anchor_event(takenBack=back))
    ok("anchor that left a log out after others were taken back", anchor_event(incomplete=True, takenBack=back | {"leaves": 32}))
    for comment, members in {
            "incomplete, but not": {"incomplete": False}, "incomplete in words": {"incomplete": "true"}, "incomplete and nothing": {"incomplete": None},
            "taken back, but nothing": {"takenBack": {}}, "taken back without a root": {"takenBack": {"leaves": 16}}, "taken back without leaves": {"takenBack": {"root": HEX}},
            "too few leaves taken back": {"takenBack": back | {"leaves": 8}}, "leaves taken back that are no power of two": {"takenBack": back | {"leaves": 17}},
            "a name of what was taken back": {"takenBack": back | {"log": "bank"}}, "a list of what was taken back": {"takenBack": [back]}}.items():
        bad("Anchor", comment, anchor_event(**members))
    day = 86_400 * 10**9
    first = T0 - T0 % day
    for comment, members in {
            "the day before its time": {"date": "2025-12-31"}, "first nanosecond of its day": {"time": str(first)}, "last nanosecond of its day": {"time": str(first + day - 1)},
            "the day before, to its end": {"time": str(first + 2 * day - 1)}, "a leap day": {"date": "2024-02-29", "time": str(1709164800 * 10**9)}}.items():
        ok(comment, anchor_event(**members), "Anchor", "Normal")
    for comment, members in {
            "a day later": {"date": "2026-01-02"}, "two days before": {"date": "2025-12-30"}, "a nanosecond too early": {"time": str(first - 1)},
            "a nanosecond too late": {"time": str(first + 2 * day)}, "another year": {"date": "2028-01-01"}, "no such month": {"date": "2026-13-01"}, "no such day": {"date": "2025-12-32"},
            "February the 30th": {"date": "2026-02-30", "time": str(1772409600 * 10**9)}, "zeros": {"date": "0000-00-00"}, "words": {"date": "yesterday"}, "empty": {"date": ""},
            "without zeros": {"date": "2026-1-1"}, "basic form": {"date": "20260101"}, "other digits": {"date": "２０２６-01-01"}, "time 0": {"time": "0"},
            **{f"{n} leaves": {"leaves": n} for n in (1, 2, 4, 8, 15, 24)}}.items():
        bad("Anchor", comment, anchor_event(**members))
    ok("a ledger's name with a slash", birth | {"origin": "example.com/ledger/eu-de/bank"}, "Birth", "Normal")
    for comment, members in {
            "another cell's origin": {"origin": "example.com/eu-fr/bank"}, "no cell": {"cell": ""}, "cell in another place": {"origin": "eu-de/example.com/bank"},
            "cell within a part": {"origin": "example.com/x-eu-de/bank"}, "no ledger": {"origin": "eu-de/bank"}, "empty ledger": {"origin": "/eu-de/bank"}, "no log": {"origin": "example.com/eu-de/"},
            "cell alone": {"origin": "eu-de"}, "no origin": {"origin": ""}, "in capitals": {"origin": "example.com/EU-DE/bank"}, "a pattern": {"cell": ".*"}}.items():
        bad("Birth", comment, birth | members)
    for sender in ("portal", "cli", "cell", "token/00000000", "spiffe/bank.example", "spiffe/bank.example/a", "counterpart/token/1a2b3c4d", "counterpart/spiffe/bank.example/hsm", "spiffe/b_a-n.k/A/b.c/_/-/...", "spiffe/" + "a" * 255):
        ok(f"sender {sender[:40]}", record(sender=sender), "Sender", "Normal")
    for sender in ("", "x", "test", "counterpart/", "counterpart/cli", "counterpart/counterpart/token/1a2b3c4d", "counterpart/token/1A2B3C4D", "Counterpart/token/1a2b3c4d", "counterpart/x", "token", "token/", "token/1a2b3c4", "token/1a2b3c4d5", "token/1A2B3C4D", "token/1a2b3c4g", "token/1a2b3c4d/x", " token/1a2b3c4d", "token/1a2b3c4d ",
                   "token/1a2b3c4d\n", "Portal", "portal/", "portal x", "cells", "cell/eu-de", "spiffe", "spiffe/", "spiffe//a", "spiffe/bank.example/", "spiffe/bank.example//a",
                   "spiffe/bank.example/.", "spiffe/bank.example/../a", "spiffe/bank.example/a/..", "spiffe/Bank.example/a", "spiffe/bank.example/a b", "spiffe/bank.example/é",
                   "spiffe://bank.example/a", "spiffe/" + "a" * 256, "spiffe/a/" + "a" * 2048, "mtls/bank", "\u202ecell"):
        bad("Sender", f"sender {sender[:40]!a}", record(sender=sender))
    ok("the least record", record())
    kinds = ("data.access key.use key.lifecycle inference model.load egress gateway.decision policy.decision location.evidence flow.edge lifecycle drill incident "
             "disclosure.request publication approval mode notice finding provenance sign.in support.access model.update provisioning "
             "resource.observed portal.activity operator.act detectors.state other").split()
    for kind in kinds:
        ok("kind", record(kind=kind))
    finding = {"hop": "processing", "outcome": "violation", "rule": "customer-data.processing"}
    verdict = {"findings": [finding], "outcome": "violation", "policy": 1}
    full = record(
        attributes={"ledger.data.category": "customer-data", "_sd": sorted([SD, SD2]), "n": 7}, body="text", dropped=2**32 - 1, flags=1,
        id="r-1", integrity={"algorithm": "EdDSA", "covers": ["attributes", "name", "time"], "key": "sha256:" + HEX, "status": "verified"}, kind="data.access",
        locations={hop: {"assurance": "claimed", "place": "DE"} for hop in "backup edge egress gateway key operator processing storage user".split()},
        name="data.access", observed="1", problem="none", resource={"attributes": {"service.name": "x"}, "dropped": 1, "schema": "https://x"},
        scope={"attributes": {"a": True}, "dropped": 3, "name": "n", "schema": "s", "version": "v"}, sender="cli",
        severity={"number": 9, "text": "INFO"}, span="00f067aa0ba902b7", time=str(2**64 - 1), trace="4bf92f3577b34da6a3ce929d0e0e4736",
        verdict=verdict)
    ok("every member", full)
    ok("an empty resource and scope", record(resource={"attributes": {}}, scope={}))
    ok("severity of a number alone", record(severity={"number": -1}))
    ok("severity of a text alone", record(severity={"text": "WARN"}))
    ok("a body that is unset", record(body=None))
    evidence = {"issued": str(T0), "key": HEX, "sha256": "cd" * 32, "subject": "arn:aws:ec2:eu-central-1:123456789012:instance/i-1234567890abcdef0", "type": "aws-iid"}
    proven = {"assurance": "proven", "evidence": evidence, "place": "aws:eu-central-1"}
    ok("a proven location", record(locations={"processing": proven}))
    ok("evidence that does not say when it was made",
       record(locations={"processing": proven | {"evidence": {k: v for k, v in evidence.items() if k != "issued"}}}))
    spiffe = evidence | {"subject": "spiffe://bank.example/eu-central-1", "type": "spiffe-id"}
    backed = {"assurance": "corroborated", "evidence": spiffe, "place": "aws:eu-central-1"}
    ok("a place that a certificate names", record(locations={"processing": backed}))
    ok("a certificate that speaks against the place", record(locations={"processing": backed | {"assurance": "contradicted"}}))
    for kind in ("gce-identity-token", "azure-attested-document"):
        ok(f"a place proven by {kind}", record(locations={"processing": proven | {"evidence": evidence | {"type": kind}}}))
    for comment, location in {
            "of an unknown type": proven | {"evidence": evidence | {"type": "my-own"}}, "of a type in capitals": proven | {"evidence": evidence | {"type": "AWS-IID"}},
            "of nobody": proven | {"evidence": evidence | {"subject": ""}}, "issued beyond 2262": proven | {"evidence": evidence | {"issued": str(2**63)}},
            "by a certificate that proves": backed | {"assurance": "proven"}, "by a certificate for no SPIFFE id": backed | {"evidence": spiffe | {"subject": "bank.example"}},
            "by a certificate beside a claim": backed | {"assurance": "claimed"}, "by a cloud beside a claim": proven | {"assurance": "claimed"},
            "by a cloud that only corroborates": proven | {"assurance": "corroborated"}}.items():
        bad("Evidence", f"evidence {comment}", record(locations={"processing": location}))
    ok("a sender with a SPIFFE id", record(sender="spiffe/bank.example/region/eu-central-1/sa/api"))
    for hop in "backup edge egress gateway key operator processing storage user".split():
        bad("Evidence", f"proven without evidence at hop {hop}", record(locations={hop: {"assurance": "proven", "place": "DE"}}))
    ok("evidence that speaks against the place", record(locations={"processing": proven | {"assurance": "contradicted"}}), "Evidence", "Normal")
    ok("a place nobody knows", record(locations={"edge": {"assurance": "contradicted", "place": "moon:base-1"}}))
    two = [finding, {"hop": "key", "outcome": "compliant", "rule": "keys.place"}]
    ok("two findings", record(kind="key.use", verdict={"findings": two, "outcome": "violation", "policy": 1}), "Verdict", "Normal")

    signed = full["integrity"]
    failed = {"algorithm": "", "reason": "no trusted key", "status": "untrusted"}
    covered = "attributes body name observed severity span time trace".split()
    ok("a signature that covers all it can", full | {"integrity": signed | {"covers": covered}}, "Integrity", "Normal")
    ok("a signature by a shared secret", full | {"integrity": signed | {"algorithm": "HMAC-SHA256", "key": "hmac:pay"}}, "Integrity", "Normal")
    ok("a signature over attributes of a record that has none", record(integrity=signed | {"covers": ["attributes"]}), "Integrity", "Normal")
    for member in covered:
        if member != "attributes":
            ok(f"a signature over {member}", record(integrity=signed | {"covers": [member]}, **{member: full[member]}), "Integrity", "Normal")
            bad("Integrity", f"covers {member}, which is not there", {k: v for k, v in (full | {"integrity": signed | {"covers": covered}}).items() if k != member})
            bad("Integrity", f"covers {member} alone, which is not there", record(integrity=signed | {"covers": [member]}))
    ok("a signature that does not hold", record(integrity=failed | {"algorithm": "ES256", "key": "sha256:" + HEX, "status": "invalid"}), "Integrity", "Normal")
    ok("a signature nobody can check", record(integrity=failed), "Integrity", "Normal")
    altered = failed | {"algorithm": "ES256", "status": "invalid"}
    ok("an altered record with a claimed place", record(integrity=altered, locations={"processing": backed | {"assurance": "claimed"}}), "Integrity", "Normal")
    ok("an altered record with a proven place", record(integrity=altered, locations={"processing": proven}), "Integrity", "Normal")
    bad("Integrity", "an altered record with a corroborated place", record(integrity=altered, locations={"key": {"assurance": "corroborated", "place": "DE"}}))
    bad("Integrity", "an altered record with a place that a certificate names", record(integrity=altered, locations={"processing": backed}))
    for comment, integrity in {
            "verified by no algorithm": signed | {"algorithm": "none"}, "verified by an algorithm in small letters": signed | {"algorithm": "eddsa"},
            "a key of no form": signed | {"key": "anything"}, "a secret under EdDSA": signed | {"key": "hmac:x"}, "a public key under HMAC": signed | {"algorithm": "HMAC-SHA256"},
            "a secret without a name": signed | {"algorithm": "HMAC-SHA256", "key": "hmac:"}, "a short hash of a key": signed | {"key": "sha256:ab"},
            "a hash in capitals": signed | {"key": "sha256:" + "AB" * 32}, "invalid under a key of no form": altered | {"key": "anything"},
            "untrusted under a key of an unknown algorithm": failed | {"algorithm": "none", "key": "sha256:" + HEX},
            "verified without a key": {k: v for k, v in signed.items() if k != "key"}, "verified without what it covers": {k: v for k, v in signed.items() if k != "covers"},
            "verified with a reason": signed | {"reason": "x"}, "invalid without a reason": {"algorithm": "", "status": "invalid"}, "untrusted that covers": failed | {"covers": ["name"]},
            "covers the resource": signed | {"covers": ["resource"]}, "covers nothing": signed | {"covers": []}, "covers out of order": signed | {"covers": ["time", "name"]},
            "covers twice": signed | {"covers": ["name", "name"]}, "unknown status": failed | {"status": "unsigned"}, "without algorithm": {k: v for k, v in failed.items() if k != "algorithm"},
            "an empty key": failed | {"key": ""}, "more members": failed | {"by": "x"}}.items():
        bad("Integrity", comment, full | {"integrity": integrity})

    values = {
        "string": "x", "empty string": "", "controls": "\u0000\u001f\b\f\n\r\t\"\\/\u007f\u2028", "unicode": "é日本\U0001f511", "true": True, "false": False,
        "unset": None, "zero": 0, "largest plain": 2**53 - 1, "smallest plain": 1 - 2**53, "tagged": {"int": str(2**53)},
        "tagged negative": {"int": str(-2**53)}, "max": {"int": str(2**63 - 1)}, "min": {"int": str(-2**63)}, "double": {"double": "0.1"},
        "double one": {"double": "1"}, "double zero": {"double": "0"}, "minus zero": {"double": "-0"}, "NaN": {"double": "NaN"},
        "infinity": {"double": "Infinity"}, "minus infinity": {"double": "-Infinity"}, "tiny": {"double": "5e-324"},
        "huge": {"double": "1.7976931348623157e+308"}, "1e21": {"double": "1e+21"}, "no bytes": {"bytes": ""}, "bytes": {"bytes": "AP8="},
        "no items": [], "mixed list": [1, "a", None, {"double": "1.5"}, [True]], "empty map": {"map": {}},
        "map": {"map": {"b": 1, "a": {"map": {"c": "d"}}}}, "a map with tags for names": {"map": {"int": "5", "map": {"map": {}}}},
        "map with private member": {"map": {"_sd": [SD], "a": 1}}, "hashed": {"hashed": {"bytes": 0, "sha256": HEX}}}
    for comment, value in values.items():
        ok(comment, record(attributes={"v": value}), "Value")
        if comment in ("map", "NaN", "hashed"):
            ok(comment + " as body", record(body=value), "Value")
    ok("names in UTF-16 order", record(attributes={"\ufb33": 1, "\U0001f600": 2, "€": 3, "\r": 4, "1": 5, "": 6, "_sc": 1, "_sd": [SD], "_se": 2}), "Value")

    def nested(depth, tag):
        value = 1
        for _ in range(depth):
            value = {"map": {"a": value}} if tag else [value]
        return record(attributes={"v": value})

    for tag in (False, True):
        ok("as deep as can be", nested(24, tag), "Depth", "Value")
        bad("Depth", "one too deep", nested(25, tag))

    for comment, text in {
            "space": '{"attributes": {},"kind":"other","sender":"cli"}', "order": '{"kind":"other","attributes":{},"sender":"cli"}',
            "escape": '{"attributes":{},"kind":"\\u006fther","sender":"cli"}', "upper-case escape": '{"attributes":{"a":"\\u001F"},"kind":"other","sender":"cli"}',
            "newline at the end": '{"attributes":{},"kind":"other","sender":"cli"}\n', "duplicate": '{"attributes":{},"kind":"other","kind":"other","sender":"cli"}',
            "attribute order": '{"attributes":{"b":1,"a":1},"kind":"other","sender":"cli"}', "1.0": '{"attributes":{"a":1.0},"kind":"other","sender":"cli"}',
            "-0": '{"attributes":{"a":-0},"kind":"other","sender":"cli"}', "1e2": '{"attributes":{"a":1e2},"kind":"other","sender":"cli"}',
            "2^53 untagged": '{"attributes":{"a":9007199254740992},"kind":"other","sender":"cli"}',
            "2^53+1 untagged": '{"attributes":{"a":9007199254740993},"kind":"other","sender":"cli"}',
            "lone surrogate": '{"attributes":{"a":"\\ud800"},"kind":"other","sender":"cli"}'}.items():
        bad("Spelling", comment, text)
    for comment, value in {
            "small integer tagged": {"int": "5"}, "2^53-1 tagged": {"int": str(2**53 - 1)}, "integer with plus": {"int": "+" + str(2**53)},
            "integer with zero": {"int": "0" + str(2**53)}, "double with spare zero": {"double": "1.0"}, "double in capitals": {"double": "1E21"},
            "double of more digits": {"double": "0.10000000000000001"}, "double in hexadecimal": {"double": "0x1p3"}, "double with suffix": {"double": "1d"},
            "double with space": {"double": " 1"}, "minus zero with fraction": {"double": "-0.0"}, "nan": {"double": "nan"}, "minus NaN": {"double": "-NaN"},
            "+Infinity": {"double": "+Infinity"}, "overflowing double": {"double": "1e999"}, "base64url": {"bytes": "_w=="}, "base64 without padding": {"bytes": "AA"},
            "base64 with bits left": {"bytes": "AB=="}}.items():
        bad("Spelling", comment, record(attributes={"v": value}))
    bad("Spelling", "untagged fraction", '{"attributes":{"a":1.5},"kind":"other","sender":"cli"}')
    for comment, value in {
            "no tag": {}, "two tags": {"int": str(2**60), "bytes": ""}, "unknown tag": {"uint": "5"}, "tag of a number": {"int": 5},
            "double tag of a number": {"double": 1.5}, "integer beyond 64 bits": {"int": str(2**63)}, "map of a list": {"map": []},
            "bytes of a list": {"bytes": [0]}, "hashed without length": {"hashed": {"sha256": HEX}}, "hashed of negative length": {"hashed": {"bytes": -1, "sha256": HEX}},
            "hashed and more": {"hashed": {"bytes": 1, "sha256": HEX, "md5": "x"}}, "hashed in capitals": {"hashed": {"bytes": 1, "sha256": HEX.upper()}},
            "the reserved name ...": {"map": {"...": 1}}}.items():
        bad("Type", comment, record(attributes={"v": value}))
    for comment, sd in {
            "none": [], "twice": [SD, SD], "not sorted": sorted([SD, SD2], reverse=True), "padded": [SD + "="], "short": [SD[:-1]],
            "bits left": [SD[:-1] + "B"], "standard alphabet": ["+" + SD[1:]], "not a list": SD, "a number": [1]}.items():
        bad("Digest", comment, record(attributes={"_sd": sd}))
    bad("Digest", "the reserved name ...", record(attributes={"...": SD}))
    for member in ("extra", "Kind", "index", "_sd", "hash"):
        bad("Unknown", member, record(**{member: 1}))
    for comment, event in {
            "kind": record(kind="data.acess"), "kind in capitals": record(kind="Other"), "hop": record(locations={"cache": {"assurance": "claimed", "place": "DE"}}),
            "assurance": record(locations={"edge": {"assurance": "sure", "place": "DE"}}),
            "member of a location": record(locations={"edge": {"assurance": "claimed", "place": "DE", "by": "x"}}),
            "member of evidence": record(locations={"processing": proven | {"evidence": evidence | {"by": "x"}}}),
            "member of a resource": record(resource={"attributes": {}, "x": 1}), "member of a scope": record(scope={"x": 1}),
            "member of a severity": record(severity={"number": 1, "x": 1}), "member of a birth": birth | {"x": 1}, "member of an adoption": policy_event(x=1),
            "member of an anchor": anchor_event(x=1), "format": birth | {"format": "cadastre-entry/v2"}}.items():
        bad("Unknown", comment, event)
    for comment, event in {
            "attributes of a list": record(attributes=[]), "time as a number": record(time=1), "time with a zero in front": record(time="01"),
            "negative time": record(time="-1"), "time of 2^64": record(time=str(2**64)), "trace in capitals": record(trace="4BF92F3577B34DA6A3CE929D0E0E4736"),
            "short trace": record(trace="4b"), "long span": record(span="00" * 9), "dropped of 2^32": record(dropped=2**32), "negative flags": record(flags=-1),
            "id as a number": record(id=1), "severity of 2^31": record(severity={"number": 2**31}), "leaves not a power of two": anchor_event(leaves=17),
            "evidence as text": record(locations={"processing": proven | {"evidence": "x"}}),
            "evidence issued as a number": record(locations={"processing": proven | {"evidence": evidence | {"issued": 1}}}),
            "short key of evidence": record(locations={"processing": proven | {"evidence": evidence | {"key": "ab"}}}),
            "hash of evidence in capitals": record(locations={"processing": proven | {"evidence": evidence | {"sha256": "CD" * 32}}}),
            "no leaves": anchor_event(leaves=0), "root too short": anchor_event(root="ab"), "date with a time": anchor_event(date="2026-01-01T00:00:00Z"),
            "keys of numbers": birth | {"keys": [1]}, "judge of zero": policy_event(judge=0), "previous below zero": policy_event(previous=-1),
            "policy as text": policy_event(policy="x"), "digest of another policy": policy_event(sha256=HEX)}.items():
        bad("Type", comment, event)
    for member in ("attributes", "kind", "sender"):
        bad("Missing", member, {k: v for k, v in record().items() if k != member})
    for base in (birth, policy_event(), anchor_event()):
        for member in base:
            bad("Missing", f"{base['kind']} without {member}", {k: v for k, v in base.items() if k != member})
    bad("Missing", "resource without attributes", record(resource={}))
    bad("Missing", "place of a location", record(locations={"edge": {"assurance": "claimed"}}))
    for member in ("key", "sha256", "subject", "type"):
        left = {k: v for k, v in evidence.items() if k != member}
        bad("Missing", f"{member} of evidence", record(locations={"processing": proven | {"evidence": left}}))
    bad("Empty", "time of evidence", record(locations={"processing": proven | {"evidence": evidence | {"issued": "0"}}}))
    for comment, members in {
            "dropped": {"dropped": 0}, "flags": {"flags": 0}, "id": {"id": ""}, "locations": {"locations": {}}, "name": {"name": ""},
            "time": {"time": "0"}, "trace": {"trace": ""}, "severity": {"severity": {}}, "severity number": {"severity": {"number": 0}},
            "scope attributes": {"scope": {"attributes": {}}}, "scope name": {"scope": {"name": ""}}, "problem": {"problem": ""}}.items():
        bad("Empty", comment, record(**members))
    for comment, change in {
            "lighter than its findings": {"outcome": "unproven"}, "no findings": {"findings": [], "outcome": "compliant"}, "unknown outcome": {"outcome": "fine"},
            "policy as text": {"policy": "1"}, "policy below zero": {"policy": -1}, "more members": {"by": "me"},
            "unknown hop": {"findings": [finding | {"hop": "moon"}]}, "finding without rule": {"findings": [{"hop": "key", "outcome": "violation"}]}}.items():
        bad("Verdict", comment, full | {"verdict": verdict | change})
    for kind in ("drill", "approval", "mode", "notice", "finding", "provenance", "sign.in"):
        bad("Verdict", "on a kind that is not judged", record(kind=kind, verdict=verdict))
    for kind in ("support.access", "model.update", "provisioning", "resource.observed"):
        ok("a verdict on " + kind, record(kind=kind, verdict=verdict), "Verdict", "Normal")
    for text in ("", "null", "[]", "1", '"x"', "{", "{}"):
        bad("Type", "no event", text)
    return s


def disclosures():
    s = Suite("disclosures", "Disclosures of private attributes, RFC 9901 object properties with sha-256. \"digest\" stands in the entry; \"value\" "
              "is the third array member as canonical JSON.", {
                  "Normal": "As Cadastre writes them: no white space.",
                  "RFC": "From RFC 9901 sections 4.2.1 and 4.2.3 and appendix A.1: white space as printed there.",
                  "Digest": "The digest is another one's.",
                  "Form": "Not an array of salt, name and value in base64url."})

    def b64u(data):
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    def put(valid, comment, flag, text, **fields):
        encoded = b64u(text.encode())
        fields = {"encoded": encoded, "digest": b64u(hashlib.sha256(encoded.encode()).digest())} | fields
        s.add(valid, comment, flag, **fields)

    rfc = [  # disclosure, digest: as printed in RFC 9901, so that this script's own hashing is judged as well
        ("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0", "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
         "family_name", '"Möbius"'),
        ("WyJlSThaV205UW5LUHBOUGVOZW5IZGhRIiwgImVtYWlsIiwgIlwidW51c3VhbCBlbWFpbCBhZGRyZXNzXCJAZXhhbXBsZS5qcCJd",
         "Kuet1yAa0HIQvYnOVd59hcViO9Ug6J2kSfqYRBeowvE", "email", '"\\"unusual email address\\"@example.jp"'),
    ]
    for encoded, digest, name, value in rfc:
        assert b64u(hashlib.sha256(encoded.encode()).digest()) == digest, name
        s.valid(name, "RFC", encoded=encoded, digest=digest, name=name, value=value)
    same = b64u(b'["_26bc4LT-ac6q2KI6cBW5es",\n"family_name",\n"M\\u00f6bius"\n]')
    s.valid("the same disclosure in another spelling has another digest", "RFC", encoded=same,
            digest=b64u(hashlib.sha256(same.encode()).digest()), name="family_name", value='"Möbius"')
    s.invalid("a disclosure for an array element", "Form", encoded="WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0",
              digest="w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs", name="", value='"FR"')
    salt = b64u(bytes(range(16)))
    for name, value in [("client.address", "192.0.2.7"), ("user.name", "Zoë \"Z\" 日本"), ("user.id", 7), ("user.id", {"int": str(2**60)}),
                        ("enduser.scores", [{"double": "0.5"}, {"double": "NaN"}]), ("raw", base64.b64encode(bytes(300)).decode()), ("user", {"map": {"id": "a"}})]:
        put(True, name, "Normal", canonical([salt, name, value]), name=name, value=canonical(value))
    put(False, "another's digest", "Digest", canonical([salt, "user.id", 7]), digest=rfc[0][1], name="user.id", value="7")
    for comment, text in {
            "two members": canonical([salt, "a"]), "four members": canonical([salt, "a", 1, 2]), "salt a number": '[1,"a",1]', "name a number": f'["{salt}",1,1]',
            "an object": '{"a":1}', "not JSON": "[", "a value without tag": f'["{salt}","a",{{"street":"x"}}]'}.items():
        put(False, comment, "Form", text, name="a", value="1")
    s.invalid("not base64url", "Form", encoded="WyI=+", digest=SD, name="a", value="1")
    for more in ("", "a", "aa"):
        encoded = b64u(canonical([salt, more, 1]).encode())
        padded = encoded + "=" * (-len(encoded) % 4)
        for comment, other in (("padding", padded), ("an unused bit", encoded[:-1] + chr(ord(encoded[-1]) + 1))):
            if other != encoded and len(encoded) % 4:
                s.invalid(f"{comment} behind {len(more)} letters", "Form", encoded=other, digest=b64u(sha256(other.encode())), name=more, value="1")
    return s


def anchors():
    s = Suite("anchors", "One log's way into an anchor: entry (hex) of the anchors log, leaf.json (text), the log's signed checkpoint (text) and the keys "
              "that may sign it. The result is the checkpoint's origin, size and root.", {
                  "Normal": "docs/formats/anchor.md.",
                  "Leaf": "Salt, position or path are another's.",
                  "Root": "The anchor commits to something else.",
                  "Checkpoint": "The checkpoint was changed, or is signed by another key.",
                  "Entry": "The entry is not an anchor, or says another number of leaves."})
    log, other = Key(ORIGIN), Key("example.com/eu-de/else")
    text = checkpoint(ORIGIN, 9, sha256(b"root"))
    salts = [sha256(b"salt%d" % i) for i in range(16)]

    def blinded(i, checkpoint_text):
        return leaf_hash(salts[i] + checkpoint_text.encode())

    def put(valid, comment, flag, position=5, size=16, **change):
        leaves = [sha256(b"padding%d" % i) for i in range(size)]
        leaves[position] = blinded(position % 16, text)
        event = anchor_event(leaves=size, root=root(leaves).hex()) | change.get("event", {})
        leaf = {"leaves": size, "path": [h.hex() for h in inclusion(position, leaves)], "position": position, "salt": salts[position % 16].hex()}
        leaf |= change.get("leaf", {})
        signed = change.get("text", text)
        signer = change.get("signer", log)
        s.add(valid, comment, flag, entry=entry(event, 3, HEX, T0).hex(), leaf=canonical(leaf),
              checkpoint=change.get("note") or note(signed, signer.line(signed)), keys=[log.vkey], origin=ORIGIN, size=9, root=sha256(b"root").hex())

    for size in (16, 32, 64):
        for position in (0, 1, size // 2, size - 1):
            put(True, f"position {position} of {size}", "Normal", position, size)
    put(False, "another salt", "Leaf", leaf={"salt": salts[6].hex()})
    put(False, "another position", "Leaf", leaf={"position": 4})
    put(False, "a position beyond the tree", "Leaf", leaf={"position": 16})
    put(False, "a path too short", "Leaf", leaf={"path": []})
    put(False, "a path too long", "Leaf", leaf={"path": [HEX] * 5})
    put(False, "a salt too short", "Leaf", leaf={"salt": "ab"})
    put(False, "one more member", "Leaf", leaf={"x": 1})
    put(False, "another root", "Root", event={"root": HEX})
    put(False, "another size", "Checkpoint", text=checkpoint(ORIGIN, 10, sha256(b"root")))
    put(False, "another origin", "Checkpoint", text=checkpoint(other.name, 9, sha256(b"root")), signer=other)
    put(False, "signed by another key", "Checkpoint", signer=Key(ORIGIN, 1, "impostor"))
    put(False, "a signature over another text", "Checkpoint", note=note(text, log.line(checkpoint(ORIGIN, 8, sha256(b"root")))))
    put(False, "more leaves than the path is for", "Entry", event={"leaves": 32})
    put(False, "leaves and path both of another size", "Entry", leaf={"leaves": 32})
    put(False, "not an anchor", "Entry", event={"kind": "other"})
    birth = {"cell": "eu-de", "format": "cadastre-entry/v1", "keys": [], "kind": "log.birth", "origin": ORIGIN}
    s.invalid("a birth", "Entry", entry=entry(birth, 0, ZERO, T0).hex(), leaf=canonical({"leaves": 16, "path": [], "position": 0, "salt": HEX}),
              checkpoint=note(text, log.line(text)), keys=[log.vkey], origin=ORIGIN, size=9, root=HEX)
    return s
