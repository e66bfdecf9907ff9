"""Residency attestations, computed once more from docs/formats/attestation.md, by code that shares nothing with the Java code."""

import json
import random

import inventory
from duties import rotation
from known_keys import S, Known, attempt, instance, operation, read_state, resource_of, scopes, state_event, text, when
from make_entries import T0, ZERO, entry
from sides import side_of, within_of
from reference import canonical, leaf_hash, sha256
from suite import Suite

ORIGIN = "example.com/eu-de/bank"
WEIGHT = ["compliant", "exception", "unproven", "prevented", "violation"]
# Stands for the state entry that is right in its place.
STATE = {"kind": "detectors.state"}
# The same, taken when it is received.
LATE = {"kind": "detectors.state", "late": True}


def suites():
    return [attestations()]


def attestations():
    s = Suite("attestations", "Entries (text) of a log from index \"from\" on, and the predicate (text) of their residency attestation. \"fromNs\", \"toNs\" and the anchors "
              "bound the period; \"adopted\" is the adoption of the policy in force before it, and \"state\" the entry (text) before it, if that carries a state of keys. "
              "An invalid one states another predicate.", {
                  "Normal": "docs/formats/attestation.md.",
                  "Revocation": "Keys disabled, used, denied and enabled again.",
                  "Scope": "Versions disabled, and identities whose access to a key was withdrawn.",
                  "Sequence": "Senders' numbers with gaps, repeats and late ones.",
                  "Chain": "Records that name the one before them, rightly or not.",
                  "Side": "Records that the customer's side told, beside the vendor's.",
                  "TwoSides": "Calls that both sides told, or one alone.",
                  "Approval": "Approvals, and records that refer to one.",
                  "Duty": "What a policy asks for and the order of entries shows.",
                  "Inventory": "What records say and leave out of resources that an inventory declares.",
                  "Signature": "Records that carry their sender's signature.",
                  "Order": "Violations that only the order of entries shows: keys used after their disable, or past their cache time.",
                  "Timing": "Records from before, within and after the period, or without a time.",
                  "Random": "Some of everything.",
                  "Carried": "Keys disabled or fetched before the period, as the state in the entry before it or in one of its own carries them over; an invalid one hides them.",
                  "Forged": "Not what the entries say."})

    def put(comment, flag, events, start=0, policy=None, forge=None, adopted=None, past=None):
        """The past, if given, is the log before, from its birth; the period then begins behind it."""
        events, state = with_states((past or []) + events, len(past or [])), None
        if past:
            start, state = len(past), events[len(past) - 1]
            events = events[len(past):]
        entries, prev, received = [], ZERO if start == 0 else "ab" * 32, T0
        if past and state["kind"] == "detectors.state":
            state = entry(state, start - 1, prev, received)
            prev, state = leaf_hash(state).hex(), state.decode()
        else:
            state = None
        for i, event in enumerate(events):
            received += S
            entries.append(entry(event, start + i, prev, received))
            prev = leaf_hash(entries[-1]).hex()
        scope = {"origin": ORIGIN, "from": start, "to": start + len(events), "root": sha256(b"root").hex(), "rootBefore": sha256(b"before").hex(),
                 "fromNs": str(T0), "toNs": str(T0 + 100 * S), "policy": policy, "adopted": adopted, "state": state,
                 "after": {"date": "2026-01-02", "index": 7, "root": "cd" * 32, "time": str(T0 + 100 * S)},
                 "before": {"date": "2026-01-01", "index": 6, "root": "ef" * 32, "time": str(T0)} if start else None}
        predicate = fold(scope, [(start + i, T0 + (i + 1) * S, event) for i, event in enumerate(events)])
        if forge:
            forge(predicate)
        scope = {name: value for name, value in scope.items() if value is not None}
        s.add(forge is None, comment, flag, scope=canonical(scope), entries=[e.decode() for e in entries], predicate=canonical(predicate))

    used = {"index": 3, "judge": 1, "registry": "ab" * 32, "sha256": "cd" * 32}
    birth = {"cell": "eu-de", "format": "cadastre-entry/v1", "keys": ["k"], "kind": "log.birth", "origin": ORIGIN}
    put("a birth", "Normal", [birth])
    put("a birth, a policy and what it judged", "Normal", [birth, adoption(), access("DE", "compliant"), access("US", "violation"), access("CA", "exception"), access("", "unproven")])
    put("two policies", "Normal", [adoption(), access("DE", "compliant"), adoption("EEA", 3), access("NO", "compliant")], 9, used)
    put("prevented beside a violation at the same place", "Normal", [access("US", "prevented"), access("US", "violation"), access("US", "prevented", "a")], 4, used)
    put("nothing judged", "Normal", [record("drill"), record("other", problem="not understood"), record("other", problem="nor this"), record("incident")], 4)
    put("two categories", "Normal", [access("DE", "compliant", ["a", "b", "a"])], 4, used)
    put("times", "Timing", [record("drill", time=str(T0 - 1)), record("drill", time=str(T0)), record("drill", time=str(T0 + 100 * S)),
                            record("drill", time=str(T0 + 100 * S + 1)), record("drill"), record("drill", observed=str(T0)), record("drill", time=str(2**64 - 1))], 4)
    put("a key's life", "Revocation", [
        key("use", 1), key("rotate", 2), key("disable", 3), key("use", 4), key("use", 5, "denied"), key("use", 6, "denied"), key("use", 2), key("enable", 7), key("use", 8),
        key("disable", 9, "failure"), key("use", 10), key("Schedule-Deletion", 11), key("destroy", 12), key("use", 13, "Failure"), key("rotate", 14), key("rotate", 15)], 4)
    put("failed without being refused, and then refused", "Revocation", [
        key("use", 1), key("disable", 2), key("use", 3), key("use", 4, "failure", code="ThrottlingException"), key("use", 5, "error"), key("use", 42, "failure", code="DisabledException"),
        key("use", 43, "timeout"), key("use", 44), key("enable", 45), key("use", 46, "failure"), key("disable", 47), key("use", 48, "failed")], 4)
    put("refused in every provider's words", "Revocation", [event for i, code in enumerate((
        "AccessDenied", "AccessDeniedException", "com.amazonaws.kms#DisabledException", "KMS.DisabledException", "KMSInvalidStateException", "KMSAccessDeniedException",
        "Client.UnauthorizedOperation", "PERMISSION_DENIED", "permission denied", "FAILED_PRECONDITION", "Forbidden", "KeyDisabled", "CKR_KEY_FUNCTION_NOT_PERMITTED", "CKR_ACTION_PROHIBITED",
        "Wrong Key Lifecycle State", "403", "software.amazon.awssdk.services.kms.model.DisabledException", "1 error occurred:\n\t* permission denied\n\n",
        "UNAVAILABLE", "401", "Unauthorized", "Access", "NotAccessDenied", "ThrottlingException", "CKR_DEVICE_ERROR", "DisabledExceptions", "403.5", "")) for event in (
        key("disable", 1, id_=str(i)), key("use", 2, "failure", id_=str(i), code=code))], 4)
    put("refused in other attributes, or by the outcome alone", "Revocation", [event for i, (outcome, code, error) in enumerate((
        ("AccessDenied", None, None), ("PERMISSION_DENIED", None, None), ("Forbidden", None, None), ("FAILED_PRECONDITION", None, None), (None, None, "DisabledException"),
        (None, None, "ThrottlingException"), (None, "DisabledException", None), ("success", "DisabledException", "DisabledException"), ("failure", "ThrottlingException", "403"),
        ("Timed-Out", None, None), ("unknown", None, "_OTHER"), (" ", None, "KeyDisabled"), ("partly", None, "KeyDisabled"))) for event in (
        key("disable", 1, id_=str(i)), key("use", 2, outcome, id_=str(i), code=code, error=error))], 4)
    put("how soon many took hold", "Revocation", [event for i in range(1, 22) for event in (
        key("disable", i, id_=str(i)), key("use", 2 * i, id_=str(i)), key("use", 3 * i, "denied" if i % 7 else "failure", id_=str(i)))], 4)
    put("an identity's access withdrawn", "Scope", [
        by(key("use", 1), "vendor"), about(2, "vendor"), by(key("use", 3), "other"), by(key("use", 4, "denied"), "other"), by(key("use", 5, "failure"), "vendor"),
        by(key("use", 6, "denied"), "vendor"), key("use", 7), by(key("use", 8), "vendor"), about(9, granted=["vendor", "other"]), by(key("use", 10), "vendor")], 4)
    put("several at once, by every name that a use may bear", "Scope", [
        about(1, ["a", "b", "a", " ", 7, "c"]), by(key("use", 2), "a"), by(key("use", 3), None, "b"), by(key("use", 4), None, None, "c"), by(key("use", 5, "denied"), "a", "b", "c"),
        about(6, "d", ["a", "d"]), by(key("use", 7, "denied"), "d"), by(key("use", 8), "a"), about(9, [], "b", "grant"), about(10, granted="c", operation="grant", outcome="denied")], 4)
    put("an act about identities does nothing to the key", "Scope", [about(1, "a", operation="revoke"), key("use", 2), about(3, granted="a", operation="enable"), key("disable", 4),
                                                                      about(5, granted="a", operation="enable"), by(key("use", 6), "a"), about(7, "a", operation="rotate")], 4)
    put("grants, retired and made again", "Scope", [event for i, name in enumerate(("retire_grant", "RevokeGrant", "policy", "SetIamPolicy", "partition-rights")) for event in (
        about(4 * i, "v", operation=name), by(key("use", 4 * i + 1, "denied"), "v"), about(4 * i + 2, granted="v", operation="CreateGrant"))], 4)
    put("a version disabled", "Scope", [
        by(key("use", 1), version="1"), by(key("disable", 2), version="1"), by(key("use", 3), version="2"), key("use", 4), by(key("use", 5), version="1"),
        by(key("use", 6, "failure", code="FAILED_PRECONDITION"), version="1"), key("destroy", 7), by(key("use", 8), version="2"), by(key("enable", 9), version="1"),
        by(key("use", 10, "denied"), version="1"), key("restore", 11), by(key("use", 12), version="1")], 4)
    put("two keys and times that are missing", "Revocation", [key("disable", None, id_="a"), key("use", 9, "denied", id_="b"), key("use", None, "denied", id_="a"), key("use", None, id_="a")], 4)
    put("numbers", "Sequence", [numbered(n) for n in (5, 6, 9, 11, 12, 6, 8, 2, 2**53 - 1)] + [numbered(3, "b"), numbered({"int": str(2**53)}, "b"), numbered(-1, "b"), numbered("4", "b")], 4)
    resources = [{"service.name": "a b", "service.instance.id": "c"}, {"service.name": "a", "service.instance.id": "b c"}, {"service.name": "-"}, {"service.instance.id": "-"}, {},
                 {"service.name": "a", "service.instance.id": "b"}, {"service.name": '","'}, {"service.name": "null"}]
    put("names that would be one if they were joined", "Sequence", [numbered(n) | {"resource": {"attributes": one}} for n in (1, 2) for one in resources], 4)
    streamed = lambda n, stream, **one: record("other", attributes={"audit.sequence.number": n, "audit.sequence.stream_id": stream}, resource={"attributes": one})  # noqa: E731
    put("an instance and the id of a stream", "Sequence", [streamed(n, stream, **one) for n in (1, 3) for stream, one in (
        ("c", {"service.name": "a", "service.instance.id": "b"}), ("b c", {"service.name": "a"}), ("c", {"service.name": "a b"}), ("a b c", {}))], 4)
    put("operations in every spelling", "Revocation", [event for i, (off, on) in enumerate((
        ("disable", "enable"), ("DisableKey", "EnableKey"), ("kms:DisableKey", "kms.EnableKey"), ("scheduleDeletion", "cancelDeletion"), ("ScheduleKeyDeletion", "CancelKeyDeletion"),
        ("SCHEDULE-DELETION", "Cancel Deletion"), ("DestroyCryptoKeyVersion", "RestoreCryptoKeyVersion"), ("keys/delete", "key_restore"), ("disableKeyRotation", "enableKeyRotation"),
        ("Microsoft.KeyVault/vaults/keys/purge/action", "recoverKey"), ("unschedule", "re_enable"),
        ("SCHEDULEKEYDELETION", "CANCELKEYDELETION"), ("schedulekeydeletion", "cancelkeydeletion"), ("KMSScheduleKeyDeletion", "AWSKMSCancelKeyDeletion"),
        ("aws.kms.ScheduleKeyDeletion", "google.cloud.kms.v1.KeyManagementService.RestoreCryptoKeyVersion"), ("schedule.deletion", "cancel#deletion"),
        ("ScheduleKeyDeletion()", "enable()"), ("revoke#key", "enable\u00a0key"), ("key\u200bshred", "RE-STORE"), ("DISABLEKEYROTATION", "enable.rotation"),
        ("revoke.grant", "ReKeyStore"), ("\u043d\u0435 disable", "enable" + 64 * "x"))) for event in (
        key(off, 4 * i + 1), key("use", 4 * i + 2, "denied"), key(on, 4 * i + 3))], 4)
    put("approvals given, withdrawn and incomplete", "Approval", [
        approval(1), approval(2, until="2026-02-30"), approval(3, until="2026-01-01T00:00:01.5Z", id_="b"), approval(4, authority=" "), approval(5, id_=None), approval(6, scope={}),
        approval(7, scope={"service": "pay"}) | {"name": "ledger.approval.withdrawn"}, approval(8, until="never"), approval(9, until=None), approval(10, outcome="denied"),
        approval(11, id_="c", scope={"place": ["DE"]}, name="ledger.approval.granted"), approval(12, name="Approval.Withdrawn.Late", id_="c")], 4)
    put("references that bind and do not", "Approval", [
        refers(1), approval(2), refers(2), refers(1), refers(3), refers(3, "b"), refers(3, category=["x", "y"]), refers(3, category=None), approval(4, id_="any", scope={"category": "*"}),
        refers(5, "any", category=["x", "y"]), refers(5, "any", category=None), approval(6, name="approval.withdrawn"), refers(7), approval(8), refers(9)], 4)
    put("until when", "Approval", [approval(0, id_="day", until="2025-12-31"), approval(0, id_="instant", until="2026-01-01T00:00:05Z"), refers(4, "instant"), refers(5, "instant"),
                                   refers(6, "day"), approval(0, id_="long", until="2261-12-30"), refers(90, "long"), refers(None, "long"), approval(0, id_="no", until="2262-01-01"), refers(9, "no"),
                                   approval(0, id_="no", until="2261-12-31"), approval(0, id_="no", until="1969-12-31"), approval(0, id_="no", until="2026-06-30T12:00:00+00:00"), refers(9, "no")], 4)
    put("every part of a scope", "Approval", [
        approval(1, id_="all", scope={"category": ["x"], "key": ["k"], "operation": ["copy", "read"], "place": ["FR", "aws:us-east-1"], "service": ["pay", "back"]}),
        *[refers(2, "all", **({"key": "k", "operation": "copy", "place": "aws:eu-west-3", "service": "pay"} | other)) for other in (
            {}, {"key": "l"}, {"key": None}, {"operation": "Copy"}, {"operation": None}, {"place": "aws:eu-central-1"}, {"place": "aws:us-east-1"}, {"place": "US"}, {"place": None},
            {"place": "nowhere"}, {"place": "DE + FR"}, {"service": "front"}, {"service": None})]], 4)
    put("places of areas, jurisdictions and the policy's sites", "Approval", [
        approval(1, id_="eu", scope={"place": ["EU"]}), approval(1, id_="area", scope={"place": ["gcp:eur4"]}), approval(1, id_="site", scope={"place": ["onprem:lab"]}),
        *[refers(2, id_, place=place) for id_ in ("eu", "area", "site") for place in ("gcp:eur4", "gcp:europe-west4", "DE", "EU", "aws:eu-west-2", "onprem:lab", "onprem:other")]],
        4, used, adopted=adoption(sites={"lab": "DE"}))
    asks = lambda **said: adoption(duties=said)  # noqa: E731
    judged_of = lambda *args, **more: verdict(key(*args, **more))  # noqa: E731
    data_of = lambda seconds, kind="data.access", name="", trace="", service=None, hop="processing", **said: verdict(record(  # noqa: E731
        kind, time=str(T0 + seconds * S), attributes={n.replace("__", "."): v for n, v in said.items()}, locations={hop: {"assurance": "claimed", "place": "DE"}},
        **({"name": name} if name else {}), **({"trace": trace} if trace else {}), **({"resource": {"attributes": {"service.name": service}}} if service else {})))
    every = {"keys": {"allow": ["EU"], "rotate-every": "10s", "named": {"fast-*": {"rotate-every": "3s"}, "fast-but-*": {"rotate-every": "50s"}}}}
    put("rotated and not", "Duty", [
        judged_of("decrypt", 1), judged_of("create", 2), judged_of("decrypt", 12), judged_of("decrypt", 13), judged_of("rotate", 14, "failure"), judged_of("decrypt", 15, "denied"),
        judged_of("rotate", 20), judged_of("rotate", 16), data_of(31, ledger__key__id=KEY, audit__action="read"), judged_of("ReWrap", 90), judged_of("decrypt", 99),
        judged_of("generate", 1, id_="fast-1"), judged_of("decrypt", 5, id_="fast-1"), judged_of("import", 60, id_="fast-but-1"), judged_of("decrypt", 99, id_="fast-but-1"),
        judged_of("create", 1, id_="gone"), judged_of("destroy", 2, id_="gone"), judged_of("decrypt", 3, id_="never")], 4, used, adopted=asks(**every))
    put("no key to be rotated", "Duty", [judged_of("create", 1), judged_of("decrypt", 99)], 4, used, adopted=asks(keys={"allow": ["EU"], "named": {"x": {"rotate-every": "1s"}}}))
    evidence = lambda seconds, service=None, outcome="success": data_of(seconds, "location.evidence", service=service, audit__outcome=outcome)  # noqa: E731
    unwrap = lambda seconds, service=None, id_=KEY, trace="", operation="unwrap", **said: data_of(  # noqa: E731
        seconds, "key.use", service=service, hop="key", trace=trace, ledger__key__id=id_, ledger__key__operation=operation, **said)
    put("released after an attestation", "Duty", [
        {n: v for n, v in evidence(1, "a").items() if n != "verdict"}, unwrap(2, "a"), unwrap(11, "a"), unwrap(12, "a"), unwrap(2, "b"), unwrap(2), unwrap(2, "b", operation="decrypt"),
        unwrap(2, "b", audit__outcome="denied"), {n: v for n, v in evidence(1, "b", "failure").items() if n != "verdict"}, unwrap(3, "b")],
        4, used, adopted=asks(keys={"allow": ["EU"], "attested-release": "10s"}))
    one, other = "abc" + "1" * 29, "abc" + "2" * 29
    put("keys used together", "Duty", [
        unwrap(1, id_="hsm-1", trace=one), data_of(2, trace=one), unwrap(3, id_="kms-1", trace=one), data_of(4, trace=one), data_of(5), data_of(5, trace="d" * 32), unwrap(6, id_="x", trace="e" * 32),
        data_of(7, trace="e" * 32), unwrap(8, id_="kms-2", trace=other), data_of(9, "inference", trace=other), data_of(9, "lifecycle", trace=other), data_of(9, trace=one),
        data_of(10, trace=other, audit__outcome="denied")], 4, used, adopted=asks(keys={"allow": ["EU"], "double-key": ["hsm-*", "kms-*"]}))
    acts = [by(key("DestroyCryptoKeyVersion", i + 3), actor) for i, actor in enumerate(("a", "b"))]
    acts = [verdict(one | {"attributes": one["attributes"] | {"ledger.approval.id": "CAB-1"}}) for one in acts]
    put("a second person", "Duty", [verdict(by(key("destroy", 1), "a")), by(approval(2, scope={"key": [KEY]}), "a"), *acts, verdict(by(key("disable", 5), "a"))],
        4, used, adopted=asks(keys={"allow": ["EU"], "dual-control": ["destroy"]}))
    persons = ["2026-01.1." + letter * 22 for letter in "ABB"]
    done = verdict(key("destroy", 3))
    done |= {"attributes": done["attributes"] | {"ledger.approval.id": "CAB-1"}}
    put("a second person, by pseudonyms", "Duty", [approval(2, scope={"key": [KEY]}) | {"person": persons[0]}, *[done | {"person": one} for one in persons], done],
        4, used, adopted=asks(keys={"allow": ["EU"], "dual-control": ["destroy"]}))
    leave = lambda seconds, approved=None, **more: data_of(seconds, "flow.edge", ledger__data__category="x", **({"ledger__approval__id": approved} if approved else {}), **more)  # noqa: E731
    filed = approval(1, id_="F", authority="CAC") | {}
    filed = filed | {"attributes": filed["attributes"] | {"ledger.approval.filing": "CAC-7"}}
    put("consent, authority and filing number", "Duty", [
        data_of(0, "lifecycle", hop="backup"), data_of(0, "lifecycle", "ledger.replica.made", ledger__data__category="x"), data_of(0, "lifecycle", "erasure.done"), filed, approval(1, id_="B", authority="Board"),
        data_of(2, "lifecycle", hop="backup", ledger__data__category="x", ledger__approval__id="B"), leave(2, name="synthetic.export"), leave(2, "F", name="Ledger.Rollup.daily"), leave(2, "B", name="diode.export"),
        leave(2, "none", ledger__data__operation="EXPORT"), leave(2, ledger__data__operation="read"), leave(2, name="ioc.export", audit__outcome="denied")],
        4, used, adopted=asks(backups={"consent": True}, exports={"approved-by": ["CAC"], "filing": True}))
    mode = lambda seconds, state, service="store", **said: {n: v for n, v in data_of(  # noqa: E731
        seconds, "mode", service=service, ledger__mode__state=state, **said).items() if n != "verdict"}
    touch = lambda seconds, operation, service="store", **said: data_of(seconds, service=service, ledger__data__operation=operation, **said)  # noqa: E731
    put("a degraded mode", "Duty", [
        touch(1, "write"), mode(2, "Read-Only", ledger__mode__writes="refused"), touch(2, "write"), touch(3, "write"), touch(3, "write", "other"), touch(3, "delete", audit__outcome="denied"), touch(7, "read"),
        touch(8, "list"), mode(9, "fail-safe", ledger__mode__writes="accepted"), touch(10, "read"), touch(10, "annotate"), data_of(10, service="store", audit__action="GET"), mode(11, " Normal "), touch(12, "write"), touch(99, "read")],
        4, used, adopted=asks(degraded={"writes": "refused", "reads": "5s"}))
    learnt = lambda seconds, epsilon, category="x", **said: data_of(seconds, "model.update", **({"ledger__data__category": category} if category else {}), ledger__model__update__epsilon=epsilon, **said)  # noqa: E731
    put("a budget of privacy", "Duty", [
        learnt(1, {"double": "0.5"}), learnt(2, {"double": "0.5"}), learnt(3, {"double": "1e-7"}), learnt(4, 1, "y"), learnt(5, 1, None), learnt(6, 1, None), learnt(7, 0), learnt(7, -1), learnt(7, "9"),
        learnt(8, 9, "z", audit__outcome="denied"), learnt(90, 1), learnt(9, 5), learnt(91, 1, ["x", "y", "x"])], 4, used, adopted=asks(learning={"budget": {"epsilon": 1, "every": "60s"}}))
    put("duties that a policy no more asks for", "Duty", [judged_of("create", 1), judged_of("decrypt", 20), adoption(), judged_of("decrypt", 30), judged_of("rotate", 31), asks(**every), judged_of("decrypt", 45)], 4, used, adopted=asks(**every))
    put("known from a state", "Duty", [judged_of("decrypt", 12), touch(12, "write"), learnt(13, 1), unwrap(13, "a"), unwrap(13, "b")],
        policy=used, past=[birth, asks(**every | {"degraded": {"writes": "refused"}, "learning": {"budget": {"epsilon": 1, "every": "60s"}}} | {"keys": every["keys"] | {"attested-release": "50s"}}),
              judged_of("create", 1), mode(2, "read-only"), learnt(3, 1), {n: v for n, v in evidence(4, "a").items() if n != "verdict"}, STATE],
        adopted=asks(**every | {"degraded": {"writes": "refused"}, "learning": {"budget": {"epsilon": 1, "every": "60s"}}} | {"keys": every["keys"] | {"attested-release": "50s"}}))
    put("the customer tells what the vendor told", "Side", [
        birth, adoption(), access("US", "violation"), theirs(access("US", "violation", "a")), theirs(access("DE", "compliant", ["a", "b"])), access("DE", "compliant"),
        key("use", 1), theirs(key("use", 1)), theirs(key("use", 2, "denied")), theirs(key("use", 3, "failure", id_="other")), theirs(record("drill")), record("drill", sender="portal")])
    put("the customer alone tells", "Side", [theirs(key("disable", 1)), theirs(key("use", 2)), theirs(numbered(3)), numbered(5), theirs(numbered(4))], 4)
    compare = adoption(within="5s")
    call = lambda s, request=None, version=None, place=None, outcome="success", **more: call_of(s, request, version, place, outcome, more)  # noqa: E731
    put("a call told by both, by either alone, and by one who cannot be matched", "TwoSides", [
        birth, compare, call(1, "a"), theirs(call(2, "a")), call(3, "b"), theirs(call(4, "c")), theirs(call(5)), call(6), key("use", 20, id_="x"), record("drill"), record("drill"), record("drill"),
        theirs(call(30, "z")), call(31, "d")])
    put("told differently", "TwoSides", [birth, compare, *[event for i, (one, other) in enumerate((
        (dict(version="1"), dict(version="2")), (dict(version="1"), {}), (dict(place="DE"), dict(place="aws:eu-central-1")), (dict(place="FR"), dict(place="aws:eu-central-1")),
        (dict(outcome="denied"), {}), (dict(place="EU"), dict(place="DE")), (dict(place="nowhere"), dict(place="nowhere else")), (dict(version="v" * 256), dict(version="v" * 255)),
        (dict(version="v" * 257), dict(version="w"))) ) for event in (call(1, str(i), **one), theirs(call(2, str(i), **other)))]])
    put("what tells calls from others", "TwoSides", [birth, compare, *[event for one, other in (
        ({"aws.request_id": "r"}, {"ledger.request.id": "r"}), ({"ledger.key.ciphertext.sha256": "c"}, {"ledger.key.ciphertext.sha256": "c"}), ({"ledger.key.wrapped.sha256": "w"}, {"ledger.key.wrapped.sha256": "w"}),
        ({"ledger.key.ciphertext.sha256": "x"}, {"ledger.key.wrapped.sha256": "x"}), ({"ledger.source.format": "vault", "id": "1"}, {"ledger.source.format": "vault", "id": "1"}),
        ({"id": "2"}, {"id": "2"}), ({"ledger.source.format": "vault", "id": "3"}, {"ledger.source.format": "cloudtrail", "id": "3"}), ({"trace": "ab" * 16}, {"trace": "ab" * 16}),
        ({"trace": "ac" * 16, "ledger.key.operation": "Decrypt"}, {"trace": "ac" * 16, "ledger.key.operation": "kms:decrypt"}), ({"trace": "ad" * 16, "ledger.key.id": "l"}, {"trace": "ad" * 16}),
        ({"kind": "data.access", "ledger.request.id": "q"}, {"ledger.request.id": "q"}), ({"kind": "data.access", "trace": "ae" * 16, "ledger.data.object.id": "o"}, {"kind": "data.access", "trace": "ae" * 16, "ledger.data.object.id": "o"}),
        ({"sender": "portal", "ledger.request.id": "p"}, {"ledger.request.id": "p"})) for event in (call(1, **one), theirs(call(1, **other)))]])
    put("one call told twice by each side, and one too far apart", "TwoSides", [birth, compare, call(1, "a"), call(1, "a"), theirs(call(1, "a")), theirs(call(1, "a")), theirs(call(1, "b")), call(7, "b"), call(9, "c"), theirs(call(4, "c"))])
    put("begun and ended by policies", "TwoSides", [birth, theirs(call(1, "a")), compare, call(2, "a"), call(3, "b"), adoption(previous=2), theirs(call(3, "b")), adoption(within="60s", previous=5), theirs(call(3, "b")), call(3, "a")])
    put("waiting over an anchor", "TwoSides", [call(3, "a"), theirs(call(4, "c")), key("use", 90), call(5, "c"), *[record("drill")] * 6, call(1, "d")], policy=used, adopted=compare,
        past=[birth, compare, theirs(call(2, "a")), call(3, "c"), theirs(call(3, "e", place="DE")), call(3, "f"), STATE])
    put("settled by a state", "TwoSides", [call(3, "a")], policy=used, adopted=compare, past=[birth, compare, theirs(call(2, "a")), theirs(call(2, "b")), *[record("drill")] * 4, LATE])
    put("a state within the period", "TwoSides", [birth, compare, call(2, "a"), theirs(call(3, "b")), *[record("drill")] * 6, LATE, theirs(call(2, "a"))])
    put("a chain", "Chain", chain([1, 2, 3, 4]), 4)
    put("a chain broken twice, and a link left out", "Chain", chain([1, 2, 3, 4, 5, 6], wrong={3, 4}, without={6}), 4)
    put("a gap, a late number, one that came again, and a chain opened anew", "Chain", chain([1, 2, 5, 6, 4, 6, 7, 1, 2, 3]), 4)
    put("a chain without numbers, begun elsewhere", "Chain", chain([None] * 4, first="cd" * 32, wrong={4}), 4)
    put("chains in two streams of one sender, in turns", "Chain", [e for pair in zip(chain([1, 2, 3], stream="x"), chain([1, 2, 3], stream="y", wrong={3})) for e in pair], 4)
    put("links under the draft's other names", "Chain", chain([1, 2], name="audit.sequence.previous_hash") + chain([1, 2], name="audit.prev.hash", stream="z"), 4)
    bank = {"tenant": "bank", "version": 1, "vaults": {"hsm": {"custody": "customer-held", "place": "onprem:lab"}}, "keys": {"k-*": {"vault": "hsm"}},
            "services": {"scorer": {"place": "onprem:lab"}}, "stores": {"letters/*": {"holds": ["letters"], "place": "DE"}}}
    plain = [key("use", i + 1, id_=id_) for i, id_ in enumerate(("k-1", "k-1", "k-2", "other"))]
    for e in plain:
        del e["attributes"]["ledger.key.custody"]
    seen = [read(9) | {"attributes": {"ledger.data.object.id": "letters/1"} | more, "locations": {"storage": {"assurance": "claimed", "place": place}}} for place, more in (
        ("DE", {}), ("aws:us-east-1", {}), ("aws:eu-central-1", {"ledger.data.category": ["letters"]}), ("aws:us-east-1", {"ledger.data.category": "photos"}))]
    silent = verdict({name: value for name, value in plain[0].items() if name != "locations"})
    hyok = verdict(key("use", 6, id_="k-1") | {"attributes": {"ledger.key.id": "k-1", "ledger.key.custody": "hyok"}, "locations": silent.get("locations", {})} | {
        "locations": {"key": {"assurance": "claimed", "place": "DE"}}})
    put("an inventory in force before, another, and none", "Inventory", [
        *map(verdict, plain), inventory.completed(bank, silent), hyok, *seen, adoption(previous=1, declared=bank | {"keys": {"k-1": {"place": "FR"}}}),
        *map(verdict, plain), inventory.completed({"keys": {"k-1": {"place": "FR"}}}, silent), adoption(previous=1), *map(verdict, plain), silent], 4, used, adopted=adoption(sites={"lab": "DE"}, declared=bank))
    put("signatures", "Signature", [record("drill", integrity=i) for i in (VERIFIED, FAILED, FAILED, FAILED | {"status": "untrusted"}, VERIFIED)] + [record("drill")], 4)
    judged_key = lambda *args, **more: verdict(key(*args, **more))  # noqa: E731
    put("used after the disable", "Order", [judged_key("disable", 1), judged_key("decrypt", 2), judged_key("decrypt", 3, "denied"), read(4), read(4, judged=False),
                                            judged_key("enable", 5), read(6), judged_key("decrypt", 0)], 4, used)
    told = lambda kind, **more: verdict(record(kind, time=str(T0 + 2 * S), **more) | {"attributes": {"ledger.key.id": KEY} | more.get("attributes", {})})  # noqa: E731
    put("mentioned after the disable, and used", "Order", [judged_key("disable", 1)] + [
        told("data.access"), told("data.access", name="notice.sent"), told("inference", name="x"), told("data.access", name="datagram"), told("data.access", name="inference"),
        told("lifecycle", attributes={"ledger.data.operation": "retain"}), told("flow.edge", name="data.access"), told("data.access", attributes={"ledger.data.operation": " "}),
        told("data.access", name="Ledger.Data.Read"), told("data.access", name="artifact.generated"), told("inference", name="gen_ai.chat"), told("inference", name="inference"),
        *[told("data.access", name="x", attributes={name: "read"}) for name in ("audit.action", "ledger.data.operation", "gen_ai.operation.name", "ledger.key.operation")],
        told("key.use")], 4, used)
    put("used by one whose access was withdrawn", "Order", [
        verdict(about(1, ["a", "b"])), by(read(2), "a"), by(read(3), "c"), by(judged_key("decrypt", 4), "a", "b"), verdict(by(key("disable", 5), version="1")), by(judged_key("decrypt", 6), "b", version="1"),
        by(judged_key("decrypt", 7), version="1"), verdict(about(8, granted="a")), by(read(9), "a"), by(read(10), service="b"), judged_key("disable", 11), by(read(12), "b", version="1")], 4, used)
    put("past the policy's cache time", "Order", [judged_key("unwrap", 1), read(61), read(62), judged_key("decrypt", 63), judged_key("decrypt", 64, ttl=5), read(69), read(70),
                                                  read(70, "denied"), read(70, instance="b"), read(70, id_="other")], 4, used, adopted=adoption(cache="60s"))
    put("unwrapped by clouds' names", "Order", [e for op, use in (("UnwrapKey", "Decrypt"), ("unwrapKey", "kms:Decrypt"), ("keys/unwrap", "DECRYPT")) for e in (
        verdict(key("unwrap", 1, ttl=5, id_=op) | {"attributes": {"ledger.key.id": op, "ledger.key.operation": op, "ledger.key.ttl_s": 5}}),
        verdict(key("decrypt", 9, id_=op) | {"attributes": {"ledger.key.id": op, "ledger.key.operation": use}}))], 4, used)
    named = lambda e, service, instance: e | {"resource": {"attributes": {"service.name": service, "service.instance.id": instance}}}  # noqa: E731
    put("held by one instance, used by another whose names read alike", "Order",
        [named(judged_key("unwrap", 1, ttl=5), "a b", "c"), named(read(9), "a", "b c"), named(read(9), "a b", "c")], 4, used)
    put("past the key use's own time", "Order", [judged_key("unwrap", 1, ttl=10), read(11), read(12), adoption(cache="5s"), judged_key("unwrap", 20, ttl=10), read(25), read(26),
                                                 adoption(), judged_key("unwrap", 30), read(99), judged_key("unwrap", 40, ttl=-1), read(41)], 4, used)
    put("a key that never leaves its store", "Order", [judged_key("decrypt", 1), judged_key("decrypt", 9), read(10)], 4, used, adopted=adoption(cache="5s"))
    for seed in range(8):
        dice = random.Random(seed)
        put(f"seed {seed}", "Random", [any_record(dice) for _ in range(60)], 4, used)

    def fewer_violations(predicate):
        predicate["outcomes"]["violation"] -= 1

    def kept_order(predicate):
        predicate["violations"] = []
        predicate["outcomes"] = {"compliant": 2}

    def no_denial(predicate):
        del predicate["keys"][0]["revocations"][0]["denial"]

    def failure_as_denial(predicate):
        predicate["keys"][0]["revocations"][0] |= {"denial": 5, "after": str(S)}

    def no_gap(predicate):
        predicate["sequences"][0]["missing"] = []

    def unnamed(predicate):
        predicate["violations"] = []

    judged = [birth, adoption(), access("US", "violation"), access("US", "violation")]
    put("a violation less", "Forged", judged, forge=fewer_violations)
    put("a prevented attempt left out", "Forged", [access("US", "prevented")], 4, used, forge=lambda predicate: predicate.update(prevented=[]))
    put("violations not named", "Forged", judged, forge=unnamed)
    put("a violation that only the order shows left out", "Forged", [judged_key("disable", 1), read(2)], 4, used, forge=kept_order)
    put("a denial left out", "Forged", [key("disable", 1), key("use", 2, "denied")], 4, forge=no_denial)
    put("a failure told as a denial", "Forged", [key("disable", 1), key("use", 2, "failure")], 4, forge=failure_as_denial)
    put("a failure not told", "Forged", [key("disable", 1), key("use", 2, "failure")], 4, forge=lambda predicate: predicate["keys"][0]["revocations"][0].update(inconclusive=[]))
    put("the last use left out", "Forged", [key("use", 0), key("disable", 1)], 4, forge=lambda predicate: predicate["keys"][0]["revocations"][0].pop("lastUse"))
    put("more revocations observed than were", "Forged", [key("disable", 1)], 4, forge=lambda predicate: predicate["timeToRevoke"].update(observed=1))
    put("a reference told as bound", "Forged", [refers(1)], 4, forge=lambda predicate: predicate.update(approvals={"bound": 1, "given": [], "incomplete": [], "unbound": [], "withdrawn": []}))
    put("approvals left out", "Forged", [approval(1)], 4, forge=lambda predicate: predicate.pop("approvals"))
    put("a broken chain left out", "Forged", chain([1, 2], wrong={2}), 4, forge=lambda predicate: predicate["chains"][0].update(broken=[]))
    put("chains not named", "Forged", chain([1, 2], wrong={2}), 4, forge=lambda predicate: predicate.pop("chains"))
    put("a bad signature left out", "Forged", [record("drill", integrity=FAILED)], 4, forge=lambda predicate: predicate.pop("signatures"))
    put("a difference left out", "Forged", [verdict(plain[0])], 4, used, adopted=adoption(declared=bank), forge=lambda predicate: predicate.pop("inventory"))
    put("a difference told as an agreement", "Forged", [verdict(plain[0])], 4, used, adopted=adoption(declared=bank),
        forge=lambda predicate: predicate["inventory"].update(agreeing=1, differing=[]))
    put("a gap left out", "Forged", [numbered(1), numbered(3)], 4, forge=no_gap)
    carried(put, birth, used)
    return s


def carried(put, birth, used):
    def show(comment, past, events, forge=None, cache=None):
        put(comment, "Carried", events, policy=used, adopted=adoption(cache=cache), past=[birth, *past], forge=forge)

    def without(name):
        return lambda predicate: predicate.pop(name)

    def counted(name, by):
        return lambda predicate: predicate["carried"].update({name: predicate["carried"][name] + by})

    def kept_order(predicate):
        predicate["violations"] = []
        predicate["outcomes"] = {"compliant": predicate["outcomes"]["compliant"] + predicate["outcomes"]["violation"]}
        predicate["categories"] = {"*": predicate["outcomes"]}

    def judged_key(*args, **more):
        return verdict(key(*args, **more))

    disabled = [judged_key("disable", 1), STATE]
    fetched = [judged_key("unwrap", 1, ttl=10), STATE]
    long_id = "k" * 1025
    show("nothing known", [STATE], [judged_key("decrypt", 2), read(3)])
    show("no state before: nothing known", disabled[:1], [judged_key("decrypt", 2), read(3)])
    show("a state before the last entry only", [*disabled, record("drill")], [judged_key("decrypt", 2)])
    show("disabled before, used after", disabled, [judged_key("decrypt", 2), read(3), judged_key("decrypt", 1), judged_key("decrypt", 4, "denied"), judged_key("decrypt", 5)])
    show("disabled before, and not named by a record of keys", disabled, [read(2), judged_key("decrypt", 3, id_="other")])
    show("disabled and denied before", [*disabled[:1], judged_key("decrypt", 3, "denied"), STATE], [judged_key("decrypt", 4, "denied"), judged_key("decrypt", 5)])
    show("disabled before, enabled, disabled again", disabled, [judged_key("enable", 2), judged_key("decrypt", 3), judged_key("disable", 4), judged_key("decrypt", 5)])
    show("disabled before, and again", disabled, [judged_key("destroy", 2), judged_key("rotate", 3), judged_key("decrypt", 4)])
    show("enabled before", [*disabled[:1], judged_key("enable", 2), STATE], [judged_key("decrypt", 3)])
    show("fetched before, used past the cache time", fetched, [read(11), read(12), read(12, instance="b"), judged_key("decrypt", 13), judged_key("unwrap", 14, ttl=1), read(15), read(16)])
    show("fetched before, used past the policy's cache time", [adoption(cache="60s"), judged_key("unwrap", 1), STATE], [read(61), read(62), judged_key("unwrap", 62), read(99)])
    show("fetched before, under a policy's cache time that no longer holds", [adoption(cache="5s"), judged_key("unwrap", 1), STATE],
         [read(6), read(7), judged_key("unwrap", 8), read(99)], cache="60s")
    show("fetched before for ever", [judged_key("decrypt", 1), STATE], [read(90), judged_key("decrypt", 91)])
    show("two states before: the last one counts", [*disabled, judged_key("enable", 2), judged_key("disable", 3, id_="other"), STATE], [judged_key("decrypt", 4), judged_key("decrypt", 4, id_="other")])
    show("a state among the entries", disabled, [judged_key("decrypt", 2), STATE, judged_key("decrypt", 3), read(4), judged_key("enable", 5), STATE, read(6)])
    show("a state among the entries, from the birth on, and none before", disabled[:1], [judged_key("decrypt", 2), STATE, judged_key("decrypt", 3)])
    show("a state among the entries, and a key named before it only", disabled[:1], [judged_key("decrypt", 2), STATE, read(3)])
    show("a key that a state leaves out is forgotten", [STATE], [
        judged_key("disable", 1, id_=long_id), judged_key("decrypt", 2, id_=long_id), STATE, judged_key("decrypt", 3, id_=long_id), judged_key("decrypt", 4, "denied", id_=long_id),
        judged_key("disable", 5, id_=long_id), judged_key("decrypt", 6, id_=long_id)])
    show("left out before the period", [judged_key("disable", 1, id_=long_id), judged_key("unwrap", 1, id_=long_id, ttl=1), *disabled], [judged_key("decrypt", 3, id_=long_id)])
    known = state_event(Known().state(T0), T0)
    show("a state in another form changes nothing", disabled, [known | {"sender": "token/1a2b3c4d"}, known | {"name": "x"}, known | {"time": "5"}, known | {"attributes": {}}, judged_key("decrypt", 2)])
    for seed in range(4):
        dice = random.Random(1000 + seed)
        past = [any_record(dice) for _ in range(40)] + [STATE]
        show(f"seed {seed}", past, [any_record(dice) if dice.random() < 0.95 else STATE for _ in range(40)])

    late = [judged_key("decrypt", 2), judged_key("decrypt", 0)]
    show("the state before left out", disabled, late, without("carried"))
    show("the state before left out, though it knows nothing", [STATE], late, without("carried"))
    show("an approval from before", [approval(1), approval(2, "b"), approval(3, "b", name="approval.withdrawn"), STATE], [refers(4), refers(4, "b"), STATE, refers(5)])
    show("a withdrawal from before", [key("use", 0) | {"attributes": key("use", 0)["attributes"] | {"audit.actor.id": "a"}}, about(1, ["a", "b"]), STATE],
         [by(key("use", 2), "b"), by(key("use", 3, "failure"), "a"), STATE, by(key("use", 4, "denied"), "a"), by(read(5), "b")])
    show("a state before that is none", disabled[:1], late, lambda predicate: predicate.update(carried={"disabled": 0, "fetched": 0, "index": 1, "omitted": 0, "withdrawn": 0, "approved": 0}))
    for name in ("disabled", "fetched", "omitted", "index", "withdrawn", "approved"):
        show(f"{name} counted one too high", disabled, late, counted(name, 1))
    show("a disabled key less", disabled, late, counted("disabled", -1))
    show("a use after a disable before the period left out", disabled, late, kept_order)
    show("a use past the cache time of a fetch before the period left out", fetched, [read(11), read(12)], kept_order)
    show("a disable before the period left out", disabled, late, lambda predicate: predicate["keys"][0].update(revocations=[]))
    show("a disable before the period dated later", disabled, late, lambda predicate: predicate["keys"][0]["revocations"][0].update(at=str(T0 + 3 * S)))
    show("a denial before the period left out", [*disabled[:1], judged_key("decrypt", 3, "denied"), STATE], late,
         lambda predicate: [predicate["keys"][0]["revocations"][0].pop(name) for name in ("denial", "after")])
    show("a use after a state among the entries left out", disabled[:1], [judged_key("decrypt", 2), STATE, *late], kept_order)


def with_states(events, past):
    """The events of a log from its birth, with what is right in place of each STATE."""
    known, out = Known(), []
    time = lambda i: T0 + (i + 1 - past) * S  # noqa: E731
    for i, event in enumerate(events):
        now = T0 + i if event is STATE else time(i)
        out.append(state_event(known.state(now), now) if event is STATE or event is LATE else event)
        known.take(i, time(i), out[-1])
    return out


def record(kind, **members):
    return {"attributes": {}, "kind": kind, "sender": "token/1a2b3c4d"} | members


def adoption(place="EU", previous=None, cache=None, sites=None, declared=None, duties=None, within=None):
    policy = {"categories": {"*": {"default": {"allow": [place]}}}, "tenant": "bank", "version": 1} | (duties or {})
    if within:
        policy["customer-side"] = {"match-within": within}
    if sites:
        policy["sites"] = sites
    if cache:
        policy["keys"] = {"allow": [place], "max-cache": cache}
    event = {"author": "cli", "judge": 1, "kind": "policy.adopted", "policy": policy, "registry": "ab" * 32,
             "sha256": sha256(canonical(policy).encode()).hex(), "source": ""}
    if declared:
        event["inventory"] = declared
    return event if previous is None else event | {"previous": previous}


def access(place, outcome, category=None):
    findings = [{"hop": "processing", "outcome": outcome, "rule": "*.processing"}]
    event = record("data.access", time=str(T0 + 5), verdict={"findings": findings, "outcome": outcome, "policy": 1})
    if place:
        event["locations"] = {"processing": {"assurance": "claimed", "place": place}}
    if category:
        event["attributes"] = {"ledger.data.category": category}
    return event


KEY = "arn:aws:kms:eu-central-1:1:key/1"


def verdict(event):
    findings = [{"hop": "key", "outcome": "compliant", "rule": "keys.place"}]
    return event | {"verdict": {"findings": findings, "outcome": "compliant", "policy": 3}}


def read(seconds, outcome="success", id_=KEY, instance="", judged=True):
    event = record("data.access", name="data.access", attributes={"ledger.key.id": id_, "audit.outcome": outcome}, time=str(T0 + seconds * S))
    if instance:
        event["resource"] = {"attributes": {"service.instance.id": instance}}
    return verdict(event) if judged else event


def key(operation, seconds, outcome="success", id_=KEY, ttl=None, code=None, error=None):
    kind = "key.use" if operation in ("use", "unwrap", "decrypt") else "key.lifecycle"
    attributes = {"ledger.key.id": id_, "ledger.key.operation": operation, "ledger.key.custody": "byok", "audit.outcome": outcome, "ledger.reason.code": code, "error.type": error}
    attributes = {name: value for name, value in attributes.items() if value is not None}
    if ttl is not None:
        attributes["ledger.key.ttl_s"] = ttl
    event = record(kind, attributes=attributes, locations={"key": {"assurance": "corroborated", "place": "aws:eu-central-1"}})
    return event if seconds is None else event | {"time": str(T0 + seconds * S)}


def by(event, actor=None, role=None, service=None, version=None):
    more = {"audit.actor.id": actor, "ledger.actor.role": role, "ledger.key.version": version}
    event = event | {"attributes": event["attributes"] | {name: value for name, value in more.items() if value}}
    return event | {"resource": {"attributes": {"service.name": service}}} if service else event


def about(seconds, withdrawn=None, granted=None, operation="put_policy", outcome="success"):
    event, more = key(operation, seconds, outcome), {"ledger.key.withdrawn.from": withdrawn, "ledger.key.granted.to": granted}
    return event | {"attributes": event["attributes"] | {name: value for name, value in more.items() if value is not None}}


def approval(seconds, id_="CAB-1", until="2026-06-30", authority="CISO", scope=None, outcome="success", name="ledger.approval"):
    scope = {"category": ["x"]} if scope is None else scope
    attributes = {"audit.outcome": outcome, "ledger.approval.id": id_, "ledger.approval.until": until, "ledger.approval.authority": authority}
    attributes |= {"ledger.approval." + part: of for part, of in scope.items()}
    return record("approval", name=name, attributes={n: value for n, value in attributes.items() if value is not None}, time=str(T0 + seconds * S))


def refers(seconds, id_="CAB-1", category="x", key=None, operation=None, place=None, service=None):
    attributes = {"ledger.approval.id": id_, "ledger.data.category": category, "ledger.key.id": key, "ledger.data.operation": operation}
    event = record("lifecycle", attributes={n: value for n, value in attributes.items() if value is not None})
    event |= {"locations": {"backup": {"assurance": "claimed", "place": place}}} if place else {}
    event |= {"resource": {"attributes": {"service.name": service}}} if service else {}
    return event if seconds is None else event | {"time": str(T0 + seconds * S)}


def numbered(number, instance="a"):
    return record("other", attributes={"audit.sequence.number": number}, resource={"attributes": {"service.instance.id": instance, "service.name": "pay"}})


VERIFIED = {"algorithm": "EdDSA", "covers": ["attributes"], "key": "sha256:" + "ab" * 32, "status": "verified"}
FAILED = {"algorithm": "EdDSA", "reason": "another signature", "status": "invalid"}


def chain(numbers, stream=None, name="audit.sequence.prev_hash", first=None, wrong=(), without=()):
    """Records that each name the hash of the one before; positions from 1 that name another, or none."""
    out, link = [], first
    for position, number in enumerate(numbers, 1):
        attributes = {} if number is None else {"audit.sequence.number": number}
        if stream:
            attributes["audit.sequence.stream_id"] = stream
        if position in wrong:
            link = "ab" * 32
        opens = number == 1 and position > 1
        if link and not opens and position not in without:
            attributes[name] = link
        out.append(record("other", attributes=attributes, resource={"attributes": {"service.name": "pay"}}))
        link = sha256(canonical(out[-1]).encode()).hex()
    return out


def call_of(seconds, request, version, place, outcome, more):
    """A use of the key as one side tells it; names with a dot are attributes."""
    event = key("use", seconds, outcome)
    attributes = {"ledger.request.id": request, "ledger.key.version": version} | {name: value for name, value in more.items() if "." in name}
    event["attributes"] |= {name: value for name, value in attributes.items() if value is not None}
    event |= {name: value for name, value in more.items() if "." not in name}
    return event | ({"locations": {"key": {"assurance": "claimed", "place": place}}} if place else {})


def theirs(event):
    """The same, told by the customer."""
    return event | {"sender": "counterpart/token/1a2b3c4d"}


def any_record(dice):
    kind = dice.choice(["data.access", "key.use", "key.lifecycle", "inference", "drill", "other", "lifecycle"])
    attributes = {}
    if dice.random() < 0.6:
        attributes["ledger.data.category"] = dice.choice(["a", "b", ["a", "b"], [], [" "], 7, "*"])
    if dice.random() < 0.7:
        attributes |= {"ledger.key.id": dice.choice("kl"), "audit.outcome": dice.choice(["success", "denied", "error", "Blocked "])}
        if dice.random() < 0.3:
            attributes["error.type"] = dice.choice(["DisabledException", "503", "FAILED_PRECONDITION"])
        if dice.random() < 0.7:
            attributes["ledger.key.operation"] = dice.choice(["unwrap", "decrypt", "rotate", "rewrap", "disable", "enable", "revoke", "restore", "cancel-deletion", "create"])
        if dice.random() < 0.3:
            attributes["ledger.key.ttl_s"] = dice.choice([0, 5, 30, "5", 2**40])
        for name, odds in (("audit.actor.id", 0.4), ("ledger.key.version", 0.2), ("ledger.key.withdrawn.from", 0.1), ("ledger.key.granted.to", 0.1)):
            if dice.random() < odds:
                attributes[name] = dice.choice("xy")
        if dice.random() < 0.5:
            attributes["ledger.key.custody"] = dice.choice(["byok", "hyok", ""])
    if dice.random() < 0.5:
        attributes["audit.sequence.number"] = dice.randrange(12)
    event = record(kind, attributes=attributes)
    if dice.random() < 0.2:
        event = theirs(event)
    if dice.random() < 0.8:
        event["locations"] = {hop: {"assurance": dice.choice(["claimed", "corroborated"]), "place": dice.choice(["DE", "US"])} for hop in dice.sample(["key", "edge", "storage"], 2)}
    if dice.random() < 0.8:
        event["time"] = str(T0 + dice.randrange(-20, 130) * S)
    if dice.random() < 0.3:
        event["name"] = dice.choice(["key.disable", "key.rotate", "x"])
    if dice.random() < 0.3:
        event["resource"] = {"attributes": {"ledger.data.category": "c", "service.name": "n"}}
    if dice.random() < 0.1:
        event["problem"] = "?"
    if kind not in ("drill", "other") and dice.random() < 0.9:
        findings = [{"hop": dice.choice(["key", "edge", "storage"]), "outcome": dice.choice(WEIGHT), "rule": dice.choice("xyz")} for _ in range(dice.randrange(1, 4))]
        event["verdict"] = {"findings": findings, "outcome": heaviest(findings), "policy": 3}
    return event


def heaviest(findings):
    return max((f["outcome"] for f in findings), key=WEIGHT.index)


def runs(numbers):
    out = []
    for n in sorted(numbers):
        if out and out[-1][1] == n - 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    return out


def texts(attributes, name):
    value = attributes.get(name, [])
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()]


def fold(scope, entries):
    known, shown, disables, came = Known(scope["adopted"]), {}, {}, {}
    two, alone, within = {"matched": [], "mute": [], "passed": [], "waits": []}, [], within_of(scope["adopted"])
    if scope["state"]:
        before = json.loads(scope["state"])
        state = read_state(before["event"])
        known.restore(before["index"], state)
        carried = {"index": before["index"], "disabled": len(state["disabled"]), "withdrawn": len(state["withdrawn"]), "approved": len(state["approved"]), "fetched": len(state["fetched"]), "omitted": state["omitted"]}
        carried |= {"kept": len(state["kept"])} if state["kept"] else {}
        carried |= {"told": len(state["told"])} if "told" in state else {}
    for index, received, e in entries:
        id_ = text(e.get("attributes", {}), "ledger.key.id")
        about = [(id_, *scope) for scope in scopes(e)] if id_ else []
        before = {one: known.of(one) for one in about}
        came.setdefault(known.came(index, received, e), []).append(index)
        shown[index] = known.take(index, received, e)
        within = within_of(e) or within if e["kind"] == "policy.adopted" else within
        over, became, differs = known.seen
        alone += [(one["side"], one["index"]) for one in over]
        if became:
            two[became].append((index, side_of(e), differs))
        disables[index] = {one[1:]: (before[one], known.of(one)) for one in about}
    records = [(i, received, with_order(e, shown[i])) for i, received, e in entries if "attributes" in e]
    judged = [e for e in records if "verdict" in e[2]]

    def categories(event):
        return sorted(set(texts(event["attributes"], "ledger.data.category") or texts(resource_of(event), "ledger.data.category") or ["*"]))

    def grouped(outcome):
        # The room of a list (docs/formats/attestation.md) is not reached here.
        found = {}
        for i, _, e in judged:
            if e["verdict"]["outcome"] == outcome:
                for f in e["verdict"]["findings"]:
                    if f["outcome"] == outcome:
                        place = e.get("locations", {}).get(f["hop"], {}).get("place", "")
                        found.setdefault((f["rule"], f["hop"], place), set()).add(i)
        theirs = {i for i, _, e in judged if side_of(e) == "customer"}
        return [({"customer": len(found[what] & theirs)} if found[what] & theirs else {}) | {"count": len(found[what]), "entries": runs(found[what]), "hop": what[1], "last": max(found[what]), "place": what[2], "rule": what[0]} for what in sorted(found)]

    def count(values):
        return {v: values.count(v) for v in values}

    seen = []
    for _, _, e in records:
        for hop, location in e.get("locations", {}).items():
            here = [f for f in e.get("verdict", {"findings": []})["findings"] if f["hop"] == hop]
            seen += [(c, hop, location["place"], location["assurance"], heaviest(here) if here else "unjudged", "customer" if side_of(e) == "customer" else "") for c in categories(e)]
    pairs = [(c, e["verdict"]["outcome"]) for _, _, e in judged for c in categories(e)]
    told = [e for _, _, e in records if side_of(e) == "customer"]
    theirs = [e for _, _, e in judged if side_of(e) == "customer"]
    their_pairs = [(c, e["verdict"]["outcome"]) for e in theirs for c in categories(e)]
    sides = {"counts": count([side_of(e) for _, _, e in entries]), "kinds": count([e["kind"] for e in told]), "outcomes": count([e["verdict"]["outcome"] for e in theirs]),
             "categories": {c: count([o for d, o in their_pairs if d == c]) for c, _ in their_pairs}}
    def by_one(side):
        entries_of = sorted(i for of, i in alone if of == side)
        return {"count": len(entries_of), "entries": runs(entries_of), "mute": sum(of == side for _, of, _ in two["mute"]), "waiting": sum(one["side"] == side for one in known.sides.waiting)}

    both = {"within": str(within), "matched": len(two["matched"]), "differing": runs(i for i, _, differs in two["matched"] if differs),
            "vendor": by_one("vendor"), "customer": by_one("customer")}
    period = {"from": scope["fromNs"], "to": scope["toNs"]} | {name: scope[name] for name in ("before", "after") if scope[name]}
    return {
        "origin": scope["origin"],
        "entries": {name: scope[name] for name in ("from", "to", "root", "rootBefore")},
        "period": period,
        **({"carried": carried} if scope["state"] else {}),
        "kinds": count([e["kind"] for _, _, e in entries]),
        "outcomes": count([e["verdict"]["outcome"] for _, _, e in judged]),
        "categories": {c: count([o for d, o in pairs if d == c]) for c, _ in pairs},
        **({"sides": sides} if told else {}),
        **({"twoSides": both} if within else {}),
        "observations": [{n: v for n, v in zip(("category", "hop", "place", "assurance", "outcome", "side"), what) if n != "side" or v} | {"count": seen.count(what)} for what in sorted(set(seen))],
        "violations": grouped("violation"),
        "exceptions": grouped("exception"),
        "prevented": grouped("prevented"),
        "unproven": runs(i for i, _, e in judged if e["verdict"]["outcome"] == "unproven"),
        "problems": runs(i for i, _, e in records if "problem" in e),
        "keys": keys(records, disables),
        "sequences": sequences(records),
        **({"chains": chains([r for r in entries if "attributes" in r[2]])} if chains([r for r in entries if "attributes" in r[2]]) else {}),
        **({"approvals": {name: runs(came.get(name, [])) for name in ("given", "withdrawn", "incomplete", "unbound")} | {"bound": len(came.get("bound", []))}} if came.keys() - {None} else {}),
        **rotation(known.duties, [one["id"] for one in keys(records, disables)], [one[0] for one in known.disabled], int(scope["toNs"])),
        **time_to_revoke(keys(records, disables)),
        **with_inventory(scope, entries),
        **({"signatures": signatures(records)} if signatures(records)["counts"] else {}),
        "timing": timing(scope, records),
        "policies": ([scope["policy"]] if scope["policy"] else []) + [
            use_of(i, e) for i, _, e in entries if e["kind"] == "policy.adopted"],
    }


def use_of(index, adopted):
    known = {"inventory": sha256(canonical(adopted["inventory"]).encode()).hex()} if "inventory" in adopted else {}
    return {"index": index, "judge": adopted["judge"], "registry": adopted["registry"], "sha256": adopted["sha256"]} | known


def with_inventory(scope, entries):
    counts = inventory.counts([(i, e) for i, _, e in entries], scope.get("adopted"))
    return {"inventory": counts | {"differing": [one | {"entries": runs(one["entries"])} for one in counts["differing"]]}} if counts else {}


def with_order(event, rules):
    """The event with what the order of entries adds to its verdict."""
    if not rules or "verdict" not in event:
        return event
    findings = event["verdict"]["findings"] + [
        {"hop": hop, "outcome": "violation", "rule": rule} for hop, rule in (("key", one) if isinstance(one, str) else one for one in rules)]
    return event | {"verdict": event["verdict"] | {"findings": findings, "outcome": "violation"}}


def timing(scope, records):
    out = {"late": 0, "within": 0, "early": 0, "undated": 0}
    for _, _, e in records:
        t = int(e.get("time") or e.get("observed") or 0)
        early = t > int(scope["toNs"])
        out["undated" if t == 0 else "late" if t < int(scope["fromNs"]) else "early" if early else "within"] += 1
    return out


def keys(records, disables):
    about = [r for r in records if r[2]["kind"] in ("key.use", "key.lifecycle") and text(r[2]["attributes"], "ledger.key.id")]
    return [one_key(id_, [r for r in about if r[2]["attributes"]["ledger.key.id"] == id_], disables)
            for id_ in sorted({r[2]["attributes"]["ledger.key.id"] for r in about})]


def custody_words(event):
    own = text(event["attributes"], "ledger.key.custody")
    return [own] if own else [word + " (declared)" for word in event.get("custody", [])]


def place_words(location):
    return location["place"] + (" (declared)" if location["assurance"] == "declared" else "")


def one_key(id_, records, disables):
    out = {"id": id_, "custody": sorted({c for _, _, e in records for c in custody_words(e)}),
           "places": sorted({place_words(e["locations"]["key"]) for _, _, e in records if "key" in e.get("locations", {})}), "uses": 0, "denials": 0, "inconclusive": 0}
    rotations, found, successes, ends = [], {}, {}, {}
    theirs = {"uses": 0, "denials": 0, "inconclusive": 0}
    for index, received, e in records:
        use, came = e["kind"] == "key.use", attempt(e)
        if use:
            out[{"succeeded": "uses", "refused": "denials"}.get(came, came)] += 1
            theirs[{"succeeded": "uses", "refused": "denials"}.get(came, came)] += side_of(e) == "customer"
        elif came == "succeeded" and operation(e) in ("rotate", "rewrap") and not e["attributes"].keys() & {"ledger.key.withdrawn.from", "ledger.key.granted.to"}:
            rotations.append(index)
        for scope, (before, behind) in disables[index].items():
            of_scope = [one for one in found if one[0] == scope]
            if of_scope and (not before or before["index"] != of_scope[-1][1]):
                ends.setdefault(of_scope[-1], index)
            for disable in filter(None, (before, behind)):
                one = found.setdefault((scope, disable["index"]), {"index": disable["index"], "at": str(disable["at"]), "uses": [], "inconclusive": []})
                if "denial" in disable:
                    one |= {"denial": disable["denial"], "after": str(disable["after"])}
            # Only a lifecycle record revokes, so a use finds the same before and behind it.
            if before and use and came != "refused" and before["at"] < when(received, e):
                found[(scope, before["index"])]["uses" if came == "succeeded" else "inconclusive"].append(index)
            if use and came == "succeeded":
                successes.setdefault(scope, []).append({"index": index, "at": str(when(received, e))})
            if before and (not behind or behind["index"] != before["index"]):
                ends.setdefault((scope, before["index"]), index)
    revocations = []
    for (scope, first), one in sorted(found.items(), key=lambda item: (item[0][1], ["key", "version", "identity"].index(item[0][0][0]), item[0][0][1].encode("utf-16-be"))):
        until = one.get("denial", ends.get((scope, first), 2**63))
        last = [use for use in successes.get(scope, []) if use["index"] < until][-1:]
        one |= {"uses": runs(one["uses"]), "inconclusive": runs(one["inconclusive"])} | ({"lastUse": last[0]} if last else {})
        revocations.append(one | ({} if scope[0] == "key" else {scope[0]: scope[1]}))
    return out | ({"customer": theirs} if any(theirs.values()) else {}) | {"revocations": revocations, "rotations": runs(rotations)}


def time_to_revoke(found):
    revocations = [one for key in found for one in key["revocations"]]
    shown = [one for one in revocations if "denial" in one]
    if not revocations:
        return {}

    def percentile(times, percent):
        return str(sorted(times)[-(-len(times) * percent // 100) - 1])

    most = [int(one["after"]) for one in shown]
    least = [max(0, min(int(one["after"]), int(one["lastUse"]["at"]) - int(one["at"]) if "lastUse" in one else 0)) for one in shown]
    times = {name: {"least": percentile(least, p), "most": percentile(most, p)} for name, p in (("p50", 50), ("p95", 95), ("max", 100))} if shown else {}
    return {"timeToRevoke": {"revocations": len(revocations), "observed": len(shown), **times}}


def signatures(records):
    statuses = [(i, e["integrity"]["status"]) for i, _, e in records if "integrity" in e]
    return {"counts": {s: sum(s == t for _, t in statuses) for _, s in statuses}, "invalid": runs(i for i, s in statuses if s == "invalid")}


def number_of(event):
    n = event["attributes"].get("audit.sequence.number")
    return n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else None


def stream_of(event):
    stream = text(event["attributes"], "audit.sequence.stream_id")
    return canonical(json.loads(instance(event)) + ([stream] if stream else []))


def chains(records):
    streams, out = {}, {}
    for i, _, e in records:
        n, link = number_of(e), next((link for name in ("audit.sequence.previous_hash", "audit.sequence.prev_hash", "audit.prev.hash") if (link := text(e["attributes"], name))), None)
        if n is not None or link:
            streams.setdefault(stream_of(e), []).append((i, n, link, sha256(canonical(e).encode()).hex()))
    for name, followed in streams.items():
        (_, last, _, before), links, broken, chained = followed[0], 0, [], False
        for i, n, link, own in followed[1:]:
            if n is not None and last is not None and n <= last:
                if n == 1 and link in (None, sha256(b"").hex()):
                    last, before = n, own
                continue
            gap = n is not None and last is not None and n > last + 1
            if link and link.strip().lower() == before:
                links += 1
            elif not gap and (link or chained):
                broken.append(i)
            chained = chained or bool(link)
            last, before = last if n is None else n, own
        if chained:
            out[name] = {"broken": runs(broken), "links": links, "stream": json.loads(name)}
    return [out[name] for name in sorted(out)]


def sequences(records):
    streams = {}
    for _, _, e in records:
        n = number_of(e)
        if n is not None:
            streams.setdefault(stream_of(e), []).append(n)
    out = []
    for name in sorted(streams):
        numbers = streams[name]
        first, last, seen, repeats = numbers[0], max(numbers), set(), 0
        for n in numbers:
            repeats += n in seen
            seen.add(n)
        # Numbers below the first are from before the stream was followed.
        inside = sorted(n for n in seen if n >= first)
        missing = [[a + 1, b - 1] for a, b in zip(inside, inside[1:]) if b > a + 1]
        repeats -= sum(numbers.count(n) - 1 for n in seen if n < first)
        out.append({"stream": json.loads(name), "first": first, "last": last, "missing": missing, "repeats": repeats})
    return out
