"""States of keys in a log, by docs/formats/state.md: some as the entries before them give, some not."""

import copy
import random

from known_keys import EVENT_BYTES, ITEMS, PREFIX, S, UNITS, Known, integer, read_state, state_event
from make_attestations import KEY, STATE, adoption, approval, key, read, record, refers
from make_entries import T0, ZERO, entry
from reference import canonical, leaf_hash
from suite import Suite

DISABLED, FETCHED, OMITTED, PREVIOUS, WITHDRAWN, APPROVED = (PREFIX + name for name in ("disabled", "fetched", "omitted", "previous", "withdrawn", "approved"))
BIRTH = {"cell": "eu-de", "format": "cadastre-entry/v1", "keys": ["k"], "kind": "log.birth", "origin": "example.com/eu-de/bank"}


def suites():
    return [states()]


def states():
    s = Suite("states", "Entries (text) of a log from its birth on; or, where \"state\" is given, behind that entry (text), with \"adopted\" the adoption of the policy in force there. "
              "Where \"many\" is given, as many events as its \"count\" come before the entries: its \"event\" (text) with the index, from 0, in place of each #. All of these have a time of "
              "their own. Where \"tilde\" is given, each ~ in these texts stands for its \"text\", \"count\" times. Valid if every state of keys among the entries, and \"state\", is in its form, and those among the entries are what the entries before them give.", {
                  "Disabled": "Keys disabled, denied and enabled.",
                  "Withdrawn": "Versions disabled, and identities whose access was withdrawn.",
                  "Approved": "Approvals that hold.",
                  "Fetched": "Keys that instances fetched, and when they expire.",
                  "Told": "Calls that one side told, and the other has not yet.",
                  "Previous": "States that go on from states, in the log or where it begins.",
                  "Order": "Which comes first.",
                  "Room": "Names of 1,024 UTF-16 units, events of 65,387 bytes, 65,536 keys or fetches, or 8,388,608 bytes of their names, and one more.",
                  "Random": "Some of everything.",
                  "Wrong": "Another state than the entries before it give.",
                  "Form": "Not the one form of a state."})

    def put(comment, flag, events, forge=None, start=None, adopted=None, many=None, tilde=None):
        """A forge changes the last event, a right state; or the state that the log starts behind, if there are no events. A tilde, a text and how often, keeps vectors short."""
        known, index, fields, entries = Known(adopted), 0, {}, []
        if start:
            known.restore(start["index"], start)
            event, index = state_event({name: start[name] for name in start if name != "index"}, T0), start["index"] + 1
            if forge and not events:
                forge(event)
            fields["state"] = entry(event, index - 1, "ab" * 32, T0).decode()
        if many:
            fields["many"] = {"count": many[0], "event": canonical(many[1])}
            for index in range(many[0]):
                known.take(index, 0, filled(many[1], index))
            index += 1
        if adopted:
            fields["adopted"] = canonical(adopted)
        prev = "ab" * 32 if index else ZERO
        for position, event in enumerate(events):
            received = T0 + index * S
            if event is STATE:
                event = state_event(known.state(received), received)
            if forge and position == len(events) - 1:
                event = copy.deepcopy(event)
                forge(event)
                assert (read_state(event) is None) == (flag == "Form"), comment
            known.take(index, received, event)
            entries.append(entry(event, index, prev, received))
            prev, index = leaf_hash(entries[-1]).hex(), index + 1
        fields["entries"] = [e.decode() for e in entries]
        if tilde:
            fields = shortened(fields, tilde[0] * tilde[1]) | {"tilde": {"text": tilde[0], "count": tilde[1]}}
        s.add(forge is None, comment, flag, **fields)

    right(put)
    room(put)
    wrong(put)
    form(put)
    chance(put)
    return s


def shortened(value, text):
    if isinstance(value, dict):
        return {name: shortened(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [shortened(one, text) for one in value]
    assert not isinstance(value, str) or "~" not in value
    return value.replace(text, "~") if isinstance(value, str) else value


def filled(event, index):
    if isinstance(event, dict):
        return {name: filled(value, index) for name, value in event.items()}
    if isinstance(event, str) and "#" in event:
        return event.replace("#", str(index))
    return event


def fetch(seconds, ttl=None, instance="", service="", operation="decrypt", id_=KEY):
    event = key(operation, seconds, id_=id_, ttl=ttl)
    resource = {name: value for name, value in (("service.instance.id", instance), ("service.name", service)) if value}
    return event | {"resource": {"attributes": resource}} if resource else event


def by(event, actor=None, role=None, version=None):
    more = {"audit.actor.id": actor, "ledger.actor.role": role, "ledger.key.version": version}
    return event | {"attributes": event["attributes"] | {name: value for name, value in more.items() if value}}


def about(seconds, withdrawn=None, granted=None, outcome="success", id_=KEY):
    event = key("put_policy", seconds, outcome, id_)
    more = {"ledger.key.withdrawn.from": withdrawn, "ledger.key.granted.to": granted}
    return event | {"attributes": event["attributes"] | {name: value for name, value in more.items() if value is not None}}


def log(*events):
    return [BIRTH, *events]


def right(put):
    put("nothing known", "Disabled", log(STATE))
    put("no state", "Disabled", log(key("disable", 1)))
    put("a key disabled", "Disabled", log(key("disable", 1), STATE))
    put("denied twice", "Disabled", log(key("disable", 1), fetch(2), key("use", 3, "denied"), key("use", 2, "denied"), STATE))
    put("denied at the disable's own time and before", "Disabled", log(key("disable", 2), key("use", 2, "denied"), key("use", 1, "denied"), STATE))
    put("denied access to data", "Disabled", log(key("disable", 1), read(2, "denied"), STATE))
    put("a disable that was denied", "Disabled", log(key("disable", 1, "refused"), STATE))
    put("disabled again, deleted", "Disabled", log(key("disable", 2), key("Schedule-Deletion", 3), key("disable", 1), STATE))
    for operation in ("enable", "cancel-deletion", "RESTORE"):
        put(f"disabled, and then {operation}", "Disabled", log(key("disable", 1), key("use", 2, "denied"), key(operation, 3), STATE, key("disable", 4), STATE))
    put("an enabling that failed", "Disabled", log(key("destroy", 1), key("enable", 2, "error"), STATE))
    put("an operation that only the name tells", "Disabled", log(record("key.lifecycle", name="vault.key.Revoke", attributes={"ledger.key.id": "a"}, time=str(T0)), STATE))
    put("a key use named disable", "Disabled", log(record("key.use", attributes={"ledger.key.id": "a", "ledger.key.operation": "disable"}, time=str(T0)), STATE))
    put("a disable without a time, and one with a time beyond the year 2262", "Disabled", log(key("disable", None), key("disable", None, id_="b") | {"time": str(2**63)}, STATE))
    put("times near 1970", "Disabled", log(key("disable", None) | {"time": "1"}, key("use", None, "denied") | {"time": str(2**53)}, fetch(None, ttl=0) | {"time": "7"}, STATE))
    put("no key named", "Disabled", log(key("disable", 1, id_=" "), key("disable", 1, id_=7), STATE))
    put("fetched", "Fetched", log(fetch(1, ttl=5), STATE))
    put("fetched for ever", "Fetched", log(fetch(1), STATE))
    put("fetched by those whom the policy limits", "Fetched", log(adoption(cache="60s"), fetch(1), fetch(1, ttl=5, instance="b"), fetch(1, ttl=100, instance="c"), adoption(previous=1), fetch(1, instance="d"), STATE))
    put("fetched for less than no time", "Fetched", log(fetch(1, ttl=-1), STATE))
    most = (2**63 - 1 - T0 - S) // S
    put("times that end before the year 2262 or not", "Fetched", log(*[fetch(1, ttl=most + more, id_=str(more)) for more in (-1, 0, 1)], fetch(1, ttl={"int": str(2**63 - 1)}), STATE))
    put("a time that is no integer", "Fetched", log(fetch(1, ttl="5"), fetch(1, ttl={"double": "5"}, id_="a"), fetch(1, ttl=True, id_="b"), STATE))
    put("fetched again for less, and for more", "Fetched", log(fetch(1, ttl=50), fetch(2, ttl=5), fetch(1, ttl=5, id_="a"), fetch(2, ttl=50, id_="a"), STATE))
    put("unwrapped, then used from memory", "Fetched", log(fetch(1, ttl=5, operation="unwrap"), fetch(3), fetch(3, operation="Encrypt"), STATE))
    put("unwrapped, then used with a time of its own", "Fetched", log(fetch(1, ttl=5, operation="unwrap"), fetch(3, ttl=9), STATE))
    put("unwrapped, then signed with", "Fetched", log(fetch(1, ttl=5, operation="unwrap"), fetch(3, operation="sign"), STATE))
    put("used in the store, then unwrapped", "Fetched", log(fetch(1, ttl=5), fetch(2, ttl=1, operation="unwrap"), fetch(3), STATE))
    put("a fetch that was denied, and data read", "Fetched", log(key("use", 1, "denied"), read(2), STATE))
    put("names that read alike", "Fetched", log(fetch(1, ttl=5, instance="c", service="a b"), fetch(2, ttl=5, instance="b c", service="a"), fetch(3, ttl=5, service="-"), fetch(4, ttl=5), STATE))
    put("instances and services", "Fetched", log(fetch(1, ttl=5, instance="b", service="pay"), fetch(1, ttl=5, service="pay"), fetch(1, ttl=5, instance="b"), STATE))
    put("fetched, then disabled, and disabled, then fetched", "Fetched", log(fetch(1, ttl=5), key("disable", 2), key("disable", 1, id_="a"), fetch(2, ttl=5, id_="a"), STATE))
    put("an identity's access withdrawn, and a version disabled", "Withdrawn", log(about(1, ["b", "a"]), by(key("use", 2, "denied"), actor="a"), by(key("disable", 3), version="2"), STATE))
    put("given back, and denied", "Withdrawn", log(about(1, ["a", "b"]), by(key("disable", 1), version="2"), by(key("disable", 2), version="3"), about(3, granted="a"), by(key("enable", 4), version="2"),
                                                   by(key("use", 5, "denied"), role="b", version="3"), STATE, about(6, granted="b"), STATE))
    put("the key disabled beside", "Withdrawn", log(about(1, "a"), key("disable", 2), by(fetch(3), actor="a"), by(key("use", 4, "denied"), actor="a", version="7"), key("enable", 5), STATE))
    put("a withdrawal that failed, and one of nobody", "Withdrawn", log(about(1, "a", outcome="denied"), about(2, [" ", 7]), about(3, []), STATE))
    put("one identity of two keys, and names that read alike", "Withdrawn", log(about(1, "a", id_="k"), about(1, "a", id_="l"), about(1, "b", id_="kia"), about(1, "aib", id_="k"), STATE))
    put("approvals, one amended and one withdrawn", "Approved", log(approval(1), approval(1, "b", until="2026-01-01"), approval(2, "c"), refers(3), approval(4, until="2027-01-01", scope={"place": "DE", "key": ["k", "k"]}),
                                                                    approval(5, "c", name="approval.withdrawn"), approval(6, "d", authority=None), STATE))
    put("what ends last comes first", "Approved", log(*[approval(1, id_, until=until) for id_, until in (("b", "2026-02-01"), ("a", "2026-02-01"), ("c", "2026-03-01T00:00:00.000000001Z"))], STATE))
    compared, call = adoption(within="5s"), lambda s, request, side="customer": key("use", s) | {"attributes": key("use", s)["attributes"] | {"ledger.request.id": request}, "sender": ("counterpart/" if side else "") + "token/1a2b3c4d"}  # noqa: E731
    put("calls that wait, the customer's first", "Told", log(compared, call(1, "a", ""), call(1, "b"), call(2, "c", ""), call(2, "d"), call(3, "c"), STATE))
    put("one that waited too long by the state's time, and by a record's", "Told", log(compared, call(1, "a"), key("disable", 1), key("disable", 1), key("disable", 1), key("disable", 1), key("disable", 1), call(2, "b"), STATE, call(3, "a"), STATE))
    put("what a call says, as far as it is short", "Told", log(compared, call(1, "a") | {"locations": {"key": {"assurance": "claimed", "place": "DE"}}},
        record("data.access", time=str(T0), trace="ab" * 16, attributes={"ledger.data.object.id": "o" * 257, "ledger.key.version": "\u20ac" * 256}), STATE))
    put("waiting ended by a policy", "Told", log(compared, call(1, "a"), adoption(previous=1), STATE))
    put("told by the other side", "Wrong", log(compared, call(1, "a", ""), STATE), lambda e: e["attributes"][PREFIX + "told"][0]["map"].update(side="customer"))
    put("two states", "Previous", log(key("disable", 1), STATE, key("disable", 2, id_="a"), fetch(3), STATE))
    put("two states in a row", "Previous", log(key("disable", 1), STATE, STATE))
    put("denied behind a state", "Previous", log(key("disable", 1), STATE, key("use", 2, "denied"), STATE))
    put("unwrapped before a state, used from memory behind it", "Previous", log(fetch(1, ttl=5, operation="unwrap"), STATE, fetch(3), STATE))
    put("a policy's cache time holds over a state", "Previous", log(adoption(cache="60s"), STATE, fetch(1), STATE))
    start = {"index": 9, "previous": 3, "disabled": [{"id": "a", "index": 8, "at": T0}, {"id": "b", "index": 7, "at": 5, "denial": 8, "after": 1}],
             "withdrawn": [{"id": "a", "identity": "v", "index": 6, "at": 4}, {"id": "a", "version": "1", "index": 5, "at": 3, "denial": 7, "after": 2}],
             "approved": [{"id": "CAB-1", "index": 2, "at": 1, "until": 9, "authority": "CISO", "category": ["x", "*"], "place": ["DE"]}],
             "fetched": [{"instance": ["cli", None, None], "key": "a", "expiry": T0 + 9 * S, "unwrapped": True}], "omitted": 2}
    put("begun at a state", "Previous", [STATE], start=start)
    put("begun at a state: one key enabled, the other denied", "Previous", [key("enable", 1, id_="b"), key("use", 2, "denied", id_="a"), fetch(2, id_="a") | {"sender": "cli"}, STATE], start=start)
    put("begun at a state, under a policy", "Previous", [fetch(2), STATE], start=start, adopted=adoption(cache="5s"))
    put("the key disabled last comes first, whenever that happened", "Order", log(key("disable", 3, id_="b"), key("disable", 1, id_="c"), key("disable", 2, id_="a"), STATE))
    put("what expires last comes first", "Order", log(*[fetch(1, ttl=ttl, id_=str(ttl)) for ttl in (5, 7, 1, 6)], STATE))
    put("by name where times are equal", "Order", log(*[fetch(1, ttl=5, instance=i, id_=k) for i, k in (("b", "a"), ("a", "b"), ("a", "a"), ("ab", "a"), ("a" * 82, "a"))], STATE))
    put("by UTF-16 units, not code points", "Order", log(*[fetch(1, ttl=5, instance=i, id_=k) for i, k in (("\uff5e", "a"), ("a", "\uff5e"), ("a", "\U0001f511"), ("\U0001f511", "a"))], STATE))


def room(put):
    put("the longest name of an identity, and one longer", "Room", log(about(1, ["\u20ac" * (UNITS - 1), "b" * UNITS], id_="k"), STATE))
    put("an approval of the longest texts, and one longer", "Room", log(approval(1, "\u20ac" * 1_019), approval(1, "b" * 1_020), approval(1, "c" * 1_000, scope={"key": "k" * 20}), STATE))
    approvals = (65_537, approval(1, "a#", until="2026-01-02") | {"time": "1"})
    put("65,536 approvals are followed, and once one is withdrawn another", "Room",
        [approval(1, "b"), approval(2, "a7", name="approval.withdrawn"), approval(3, "c"), approval(4, "a8", until="2027-01-01"), refers(5, "a65536"), STATE], many=approvals)
    withdrawals = (65_537, about(1, "v#") | {"time": "1"})
    put("65,536 withdrawals are followed, and once one is given back another", "Room",
        [about(1, "a"), about(2, granted="v7"), by(key("disable", 3), version="1"), about(3, "b"), by(key("use", 4, "denied"), actor="v65535"), STATE], many=withdrawals)
    for name in ("\u20ac" + "a" * (UNITS - 1), "a" * (UNITS - 2) + "\U0001f511"):
        put("a key's longest name, and one longer", "Room", log(key("disable", 1, id_=name), key("disable", 1, id_=name + "a"), STATE))
    own = len("token/1a2b3c4d - -")
    put("the longest name of a fetch, and one longer", "Room", log(fetch(1, ttl=5, id_="\u20ac" + "a" * (UNITS - own - 1)), fetch(1, ttl=5, id_="b" * (UNITS - own + 1)), STATE))
    put("what was left out is forgotten", "Room", log(key("disable", 1, id_="a" * 1025), fetch(1, id_="b" * 1025), STATE, key("use", 2, "denied", id_="a" * 1025), STATE))
    put("what was left out counted behind a state too", "Wrong", log(key("disable", 1, id_="a" * 1025), STATE, STATE), lambda e: e["attributes"].update({OMITTED: 1}))
    put("a longer name not left out", "Wrong", log(key("disable", 1, id_="a" * 1025), STATE),
        lambda e: e["attributes"].update({OMITTED: 0, DISABLED: [{"map": {"id": "a" * 1025, "index": 1, "at": {"int": str(T0 + S)}}}]}))

    # Names with more bytes than characters, and one that fills the event to the byte.
    name = "\u20ac" + "k" * 897
    long_ = (67, key("disable", 1, id_=name + "#"))
    fill = 1 + EVENT_BYTES - size(long_, 1)
    assert 200 < fill < UNITS and size(long_, fill) == EVENT_BYTES
    put("an event of as many bytes as there is room for", "Room", [key("disable", 1, id_="x" * fill), STATE], many=long_, tilde=(name, 1))
    put("one byte more", "Room", [key("disable", 1, id_="x" * (fill + 1)), STATE], many=long_, tilde=(name, 1))
    put("room for the keys disabled and for one fetch of three", "Room", [key("disable", 1, id_="x" * (fill - 200)), *[fetch(1, ttl=t, id_=str(t)) for t in (1, 3, 2)], STATE], many=long_, tilde=(name, 1))

    one_more = 65_537
    disables = (one_more, record("key.lifecycle", attributes={"ledger.key.id": "#", "ledger.key.operation": "disable"}, time="1"))
    put("65,536 disabled keys are followed, and once one is enabled another", "Room",
        [key("use", 1, "denied", id_="65535"), key("disable", 1, id_="a"), key("enable", 1, id_="0"), key("disable", 1, id_="b"), STATE], many=disables)
    long_names = (141, record("key.lifecycle", attributes={"ledger.key.id": "\u20ac" * 20_000 + "#", "ledger.key.operation": "disable"}, time="1"))
    put("8,388,608 bytes of names of disabled keys are followed, and once one is enabled another", "Room",
        [key("disable", 1, id_="b" * 121), key("enable", 1, id_="\u20ac" * 20_000 + "0"), key("disable", 1, id_="a"), key("use", 1, "denied", id_="\u20ac" * 20_000 + "140"), STATE], many=long_names, tilde=("\u20ac", 20_000))
    long_names = (140, record("key.use", attributes={"ledger.key.id": "x" * 60_000 + "#", "ledger.key.operation": "decrypt", "ledger.key.ttl_s": 1}, time="1#00"))
    put("8,388,608 bytes of names of fetches are followed", "Room", [fetch(3, ttl=5, id_="c" * 121), STATE], many=long_names, tilde=("x", 60_000))
    fetches = (one_more, record("key.use", attributes={"ledger.key.id": "#", "ledger.key.operation": "decrypt", "ledger.key.ttl_s": 1}, time="1#00"))
    put("65,536 fetches are followed", "Room", [fetch(2, ttl=5, id_="3"), fetch(2, ttl=5, id_="a"), fetch(3, ttl=5, id_="65536"), STATE], many=fetches)


def size(many, fill):
    known = Known()
    for index in range(many[0]):
        known.take(index, 0, filled(many[1], index))
    known.take(many[0], 0, key("disable", 1, id_="x" * fill))
    items = [{"id": item[0]} | one for item, one in known.disabled.items()]
    assert len(items) < ITEMS
    return len(canonical(state_event({"disabled": items, "withdrawn": [], "approved": [], "fetched": [], "omitted": 0}, T0)).encode())


def cut(e):
    """The last item left out."""
    e["attributes"][FETCHED if e["attributes"][FETCHED] else DISABLED].pop()
    e["attributes"][OMITTED] += 1


def item(name, position=0, **members):
    """A change of members of one item; None takes one away."""
    def forge(e):
        of = e["attributes"][PREFIX + name][position]["map"]
        for member, value in members.items():
            if value is None:
                del of[member]
            else:
                of[member] = value
    return forge


def attribute(name, value):
    return lambda e: e["attributes"].update({name: value})


def wrong(put):
    events = log(key("disable", 1), key("use", 3, "denied"), key("disable", 4, id_="a"), fetch(5, ttl=5), fetch(6, ttl=7, operation="unwrap"), fetch(5, ttl=3, id_="a"), STATE)

    def ns(seconds):
        return {"int": str(T0 + seconds * S)}

    def pop(name, position):
        return lambda e: e["attributes"][name].pop(position)

    def swap(name):
        return lambda e: e["attributes"][name].reverse()

    def more(name, one):
        return lambda e: e["attributes"][name].append({"map": one})

    put("a disabled key missing", "Wrong", events, pop(DISABLED, 0))
    put("the last disabled key missing", "Wrong", events, pop(DISABLED, 1))
    put("a fetch missing", "Wrong", events, pop(FETCHED, 1))
    put("left out though there is room", "Wrong", events, cut)
    put("a disabled key too much", "Wrong", events, more(DISABLED, {"id": "b", "index": 0, "at": ns(0)}))
    put("a disabled key twice", "Wrong", events, lambda e: e["attributes"][DISABLED].append(e["attributes"][DISABLED][0]))
    put("a fetch too much", "Wrong", events, more(FETCHED, {"instance": ["cli", None, None], "key": "b", "expiry": 0, "unwrapped": False}))
    put("an enabled key", "Wrong", log(key("disable", 1), key("enable", 2), STATE), more(DISABLED, {"id": KEY, "index": 1, "at": ns(1)}))
    put("another key", "Wrong", events, item("disabled", id="b"))
    put("the index of another entry", "Wrong", events, item("disabled", index=1))
    put("disabled later", "Wrong", events, item("disabled", at=ns(5)))
    put("disabled when it was received", "Wrong", log(key("disable", 9), STATE), item("disabled", at=ns(1)))
    put("no denial", "Wrong", events, item("disabled", 1, denial=None, after=None))
    put("a denial that was none", "Wrong", events, item("disabled", denial=3, after=1))
    put("another denial", "Wrong", events, item("disabled", 1, denial=3))
    put("the second denial", "Wrong", log(key("disable", 1), key("use", 3, "denied"), key("use", 2, "denied"), STATE), item("disabled", denial=3, after=S))
    put("denied sooner", "Wrong", events, item("disabled", 1, after=1))
    put("denied at once", "Wrong", events, item("disabled", 1, after=0))
    put("the second disable", "Wrong", log(key("disable", 1), key("destroy", 2), STATE), item("disabled", index=2, at=ns(2)))
    put("expires later", "Wrong", events, item("fetched", expiry=ns(14)))
    put("expires never", "Wrong", events, item("fetched", expiry={"int": str(2**63 - 1)}))
    put("expires a nanosecond sooner", "Wrong", events, item("fetched", expiry={"int": str(T0 + 13 * S - 1)}))
    put("expires by the shorter of two fetches", "Wrong", log(fetch(1, ttl=50), fetch(2, ttl=5), STATE), item("fetched", expiry=ns(7)))
    put("expires beyond the policy's cache time", "Wrong", log(adoption(cache="60s"), fetch(1, ttl=100), STATE), item("fetched", expiry=ns(101)))
    withdrawn = log(about(1, ["a", "b"]), by(key("use", 2, "denied"), actor="a"), STATE)
    put("a withdrawal left out", "Wrong", withdrawn, pop(WITHDRAWN, 0))
    put("withdrawals in another order", "Wrong", withdrawn, swap(WITHDRAWN))
    put("withdrawn from another", "Wrong", withdrawn, item("withdrawn", 1, identity="c"))
    put("withdrawn as a version", "Wrong", withdrawn, item("withdrawn", 1, identity=None, version="b"))
    put("another's denial", "Wrong", withdrawn, item("withdrawn", 1, denial=2, after=S))
    approved = log(approval(1), approval(1, "b"), STATE)
    put("an approval left out", "Wrong", approved, pop(APPROVED, 0))
    put("approvals in another order", "Wrong", approved, swap(APPROVED))
    put("an approval that lasts longer", "Wrong", approved, item("approved", until={"int": str(T0 * 2)}))
    put("an approval by another authority", "Wrong", approved, item("approved", authority="CEO"))
    put("an approval for more", "Wrong", approved, item("approved", category=["x", "y"]))
    put("an approval for nothing in particular", "Wrong", approved, item("approved", category=None))
    put("not unwrapped", "Wrong", events, item("fetched", unwrapped=False))
    put("unwrapped", "Wrong", events, item("fetched", 1, unwrapped=True))
    put("another instance", "Wrong", events, item("fetched", instance=["token/1a2b3c4d", None, "b"]))
    put("another instance's key", "Wrong", events, item("fetched", key="b"))
    put("one omitted", "Wrong", events, attribute(OMITTED, 1))
    put("disabled keys in another order", "Wrong", events, swap(DISABLED))
    put("fetches in another order", "Wrong", events, swap(FETCHED))
    put("fetches of one expiry in another order", "Wrong", log(fetch(1, ttl=5, instance="a"), fetch(1, ttl=5, instance="b"), STATE), swap(FETCHED))
    put("fetches in the order of code points", "Wrong", log(fetch(1, ttl=5, id_="\uff5e"), fetch(1, ttl=5, id_="\U0001f511"), STATE), swap(FETCHED))
    put("a state before that is none", "Wrong", events, attribute(PREVIOUS, 0))
    put("no state before", "Wrong", [*events, STATE], lambda e: e["attributes"].pop(PREVIOUS))
    put("the state before the one before", "Wrong", [*events, STATE, STATE], attribute(PREVIOUS, len(events) - 1))
    put("itself as the state before", "Wrong", [*events, STATE], attribute(PREVIOUS, len(events)))
    start = {"index": 9, "previous": None, "disabled": [{"id": "a", "index": 8, "at": T0}], "withdrawn": [], "approved": [], "fetched": [], "omitted": 2}
    put("begun at a state: what that omitted counted again", "Wrong", [STATE], attribute(OMITTED, 2), start=start)
    put("begun at a state: its key missing", "Wrong", [STATE], pop(DISABLED, 0), start=start)
    put("begun at a state: not named", "Wrong", [STATE], lambda e: e["attributes"].pop(PREVIOUS), start=start)
    put("begun at a state: the policy's cache time passed over", "Wrong", [fetch(2), STATE], item("fetched", expiry={"int": str(2**63 - 1)}), start=start, adopted=adoption(cache="5s"))


def form(put):
    events = log(key("disable", 1), key("use", 3, "denied"), about(4, "a"), fetch(5, ttl=5), STATE)

    def bad(comment, forge):
        put(comment, "Form", events, forge)

    for name in (DISABLED, FETCHED, OMITTED, WITHDRAWN, APPROVED):
        bad(f"{name} missing", lambda e, name=name: e["attributes"].pop(name))
        bad(f"{name} a text", attribute(name, "0"))
    bad("a member more", attribute("more", 1))
    bad("omitted below zero", attribute(OMITTED, -1))
    bad("the state before below zero", attribute(PREVIOUS, -1))
    bad("the state before a text", attribute(PREVIOUS, "1"))
    for name in ("id", "index", "at", "denial", "after"):
        bad(f"a disabled key without {name}", item("disabled", **{name: None}))
    for name in ("index", "at", "denial", "after"):
        bad(f"a disabled key with a negative {name}", item("disabled", **{name: -1}))
        bad(f"a disabled key with a text as {name}", item("disabled", **{name: "1"}))
    bad("a disabled key with more", item("disabled", more=1))
    for name in ("id", "index", "at", "authority", "until"):
        put(f"an approval without {name}", "Form", log(approval(1), STATE), item("approved", **{name: None}))
    for comment, value in {"a text": "x", "an empty list": [], "a blank": [" "], "a number": [1]}.items():
        put(f"an approval for {comment}", "Form", log(approval(1), STATE), item("approved", category=value))
    put("an approval with more", "Form", log(approval(1), STATE), item("approved", more=1))
    put("an approval with a negative end", "Form", log(approval(1), STATE), item("approved", until=-1))
    bad("a disabled key of an identity", item("disabled", identity="a"))
    bad("a withdrawal from nobody", item("withdrawn", identity=None))
    bad("a withdrawal from a blank", item("withdrawn", identity=" "))
    bad("a withdrawal of two sorts", item("withdrawn", version="1"))
    bad("a withdrawal without a key", item("withdrawn", id=None))
    bad("a withdrawal with a denial without its time", item("withdrawn", denial=3))
    bad("a withdrawal with more", item("withdrawn", more=1))
    bad("a disabled key without a name", item("disabled", id=" "))
    for name in ("instance", "key", "expiry", "unwrapped"):
        bad(f"a fetch without {name}", item("fetched", **{name: None}))
    for comment, value in {"a text": "cli - -", "two parts": ["cli", None], "four parts": ["cli", None, None, None], "no sender": [None, "a", "b"], "numbers": ["cli", 1, 2],
                           "an empty part": ["cli", "", None], "no parts": []}.items():
        bad(f"a fetch by {comment}", item("fetched", instance=value))
    bad("a fetch with a negative expiry", item("fetched", expiry=-1))
    bad("a fetch with more", item("fetched", more=1))
    bad("a fetch unwrapped by a number", item("fetched", unwrapped=0))
    bad("no list of maps", attribute(DISABLED, ["a"]))
    bad("another sender", lambda e: e.update(sender="token/1a2b3c4d"))
    bad("another name", lambda e: e.update(name="state"))
    bad("no name", lambda e: e.pop("name"))
    bad("no time", lambda e: e.pop("time"))
    bad("a time of 18 digits", lambda e: e.update(time="9" * 18))
    bad("a time beyond the year 2262", lambda e: e.update(time=str(2**63)))
    bad("a body", lambda e: e.update(body="x"))
    bad("a resource", lambda e: e.update(resource={"attributes": {"service.name": "cell"}}))
    start = {"index": 9, "previous": 3, "disabled": [{"id": "a", "index": 8, "at": T0, "denial": 9, "after": 1}], "withdrawn": [], "approved": [], "fetched": [], "omitted": 2}
    put("begun at a state with a negative denial", "Form", [], item("disabled", denial=-1), start=start)
    put("begun at a state that goes on from one below zero", "Form", [], attribute(PREVIOUS, -1), start=start)
    put("begun at a state that another sender sent", "Form", [], lambda e: e.update(sender="token/1a2b3c4d"), start=start)


def chance(put):
    for seed in range(20):
        dice = random.Random(seed)
        events = log(*[any_event(dice) for _ in range(dice.randrange(5, 25))], STATE)
        put(f"seed {seed}", "Random", events)
    for seed in range(20):
        dice = random.Random(100 + seed)
        events = log(key("disable", 1, id_="z"), fetch(1, ttl=1, id_="z"), *[any_event(dice) for _ in range(dice.randrange(2, 10))], key("disable", 1, id_="y"), fetch(1, ttl=1, id_="y"), STATE)
        put(f"seed {100 + seed}, changed", "Wrong", events, lambda e, dice=dice: any_change(dice, e))


def any_event(dice):
    if dice.random() < 0.08:
        return STATE
    if dice.random() < 0.08:
        return adoption(cache=dice.choice([None, "5s", "60s"]))
    kind = dice.choice(["key.use", "key.use", "key.lifecycle", "key.lifecycle", "data.access", "inference", "drill"])
    operations = {"key.use": ["unwrap", "decrypt", "encrypt", "sign", "disable"], "key.lifecycle": ["disable", "destroy", "enable", "rotate", "Cancel Deletion", "shred"]}
    attributes = {"ledger.key.id": dice.choice("abc"), "audit.outcome": dice.choice(["success", "success", "denied", "Failed "])}
    if kind in operations:
        attributes["ledger.key.operation"] = dice.choice(operations[kind])
    if dice.random() < 0.4:
        attributes["ledger.key.ttl_s"] = dice.choice([0, 5, 30, -3, "5", 2**40, {"int": str(2**60)}])
    for name, odds in (("audit.actor.id", 0.4), ("ledger.key.version", 0.2), ("ledger.key.withdrawn.from", 0.2 * (kind == "key.lifecycle")), ("ledger.key.granted.to", 0.2 * (kind == "key.lifecycle"))):
        if dice.random() < odds:
            attributes[name] = dice.choice("xy") if name.startswith("audit") or dice.random() < 0.5 or name.endswith("version") else ["x", "y"]
    event = record(kind, attributes=attributes, sender=dice.choice(["cli", "token/1a2b3c4d"]))
    if dice.random() < 0.5:
        event["resource"] = {"attributes": {"service.instance.id": dice.choice("ij")}}
    if dice.random() < 0.9:
        event[dice.choice(["time", "time", "observed"])] = str(T0 + dice.randrange(60) * S)
    return event


def any_change(dice, e):
    """Some number, name or item of a state another one."""
    attributes = e["attributes"]
    name = dice.choice([DISABLED, FETCHED])
    one = dice.choice(attributes[name])
    member = dice.choice(sorted(one["map"].keys() - {"unwrapped"}))
    value = one["map"][member]
    what = dice.randrange(4)
    if what == 0:
        attributes[name].remove(one)
    elif what == 1:
        attributes[name].append(one)
    elif what == 2:
        attributes[OMITTED] += 1
    elif isinstance(value, str):
        one["map"][member] = value + "b"
    elif isinstance(value, list):
        one["map"][member] = value[:2] + ["b"]
    else:
        number = integer(value) ^ 1
        one["map"][member] = number if number < 2**53 else {"int": str(number)}
