"""What is known of keys at one place of a log, by docs/formats/state.md, in code that shares nothing with the Java code."""

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from string import ascii_lowercase, ascii_uppercase

from reference import canonical

DENIED = "failure failed fail denied deny refused error rejected blocked unsuccessful".split()
DISABLE = "disable revoke schedule_deletion delete destroy shred".split()
ENABLE = "enable cancel_deletion restore".split()
KNOWN = DISABLE + ENABLE + ("create generate import rotate rewrap grant retire_grant put_policy update replicate backup "
                           "encrypt decrypt wrap unwrap sign verify").split()
FILLERS = "(?:keys?|crypto|versions?|kms|aws|gcp|google|cloud|azure)*"
ALIASES = {"purge": "destroy", "rotate_on_demand": "rotate", "import_material": "import", "delete_imported_material": "delete", "create_grant": "grant",
           "revoke_grant": "retire_grant", "enable_rotation": "update", "disable_rotation": "update", "recover": "restore"}
SPELLINGS = {known: known for known in KNOWN} | ALIASES
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
USES = "key.use data.access inference".split()
S = 10**9
NEVER = 2**63 - 1
FOLLOWED = 65_536
FOLLOWED_BYTES = 2**23
ITEMS = 2_048
UNITS = 1_024
# An entry's bytes, less a frame whose index has 16 digits and whose time has 19.
EVENT_BYTES = 65_535 - len('{"event":,"index":,"prev":"","received":"","v":1}') - 16 - 64 - 19
PREFIX = "ledger.detectors."


def text(attributes, name):
    value = attributes.get(name)
    return value if isinstance(value, str) and value.strip() else None


def integer(value):
    if isinstance(value, dict) and "int" in value:
        return int(value["int"])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def word(s):
    return s.strip().lower().replace("-", "_").replace(" ", "_")


def resource_of(event):
    return event.get("resource", {}).get("attributes", {})


def instance(event):
    resource = resource_of(event)
    return canonical([event["sender"], text(resource, "service.name"), text(resource, "service.instance.id")])


def operation(event):
    return spelled(text(event["attributes"], "ledger.key.operation") or event.get("name", ""))


@cache
def spelled(s):
    """An operation's one spelling; what is none is as it is."""
    names = re.split("[:/.#]", re.sub("/action$", "", s.strip(), flags=re.IGNORECASE))
    for start in range(len(names)):
        letters = "".join(c for c in "".join(names[start:]) if (c.isalnum() if c.isascii() else unicodedata.category(c)[0] not in "CZ"))
        letters = letters.translate(LOWER)
        if len(letters) <= 64:
            for spelling, meant in SPELLINGS.items():
                if re.fullmatch(FILLERS + spelling.replace("_", FILLERS) + FILLERS, letters):
                    return meant
    return s


def is_denied(event):
    return word(text(event["attributes"], "audit.outcome") or "") in DENIED


def when(received, event):
    own = int(event.get("time") or event.get("observed") or 0)
    return own if 0 < own < 2**63 else received


def max_cache(adoption):
    text = (adoption or {"policy": {}})["policy"].get("keys", {}).get("max-cache")
    return NEVER if text is None else int(text[:-1])


def utf16(s):
    return s.encode("utf-16-be")


def units(s):
    return len(utf16(s)) // 2


def fetch_name(memory):
    return f"{units(memory[0])} {memory[0]}{memory[1]}"


def has_room(followed, one, name):
    """Whether one more is followed: so many, and so many bytes of names."""
    if len(followed) >= FOLLOWED:
        return False
    return sum(len(name(known).encode()) for known in [*followed, one]) <= FOLLOWED_BYTES if len(name(one)) > 120 else True


class Known:
    """Follows a log's entries. Disables by key, fetches (expiry, unwrapped) by instance and key."""

    def __init__(self, adopted=None):
        self.previous, self.disabled, self.fetched, self.longest = None, {}, {}, max_cache(adopted)

    def restore(self, index, state):
        """Goes on from the state of an entry, as it stands there."""
        self.previous = index
        self.disabled = {one["id"]: {name: one[name] for name in one if name != "id"} for one in state["disabled"]}
        self.fetched = {(canonical(one["instance"]), one["key"]): (one["expiry"], one["unwrapped"]) for one in state["fetched"]}

    def take(self, index, received, e):
        """Takes the next entry; returns the rules that the order of entries shows it to violate."""
        if e["kind"] == "policy.adopted":
            self.longest = max_cache(e)
        if e["kind"] == "detectors.state" and (state := read_state(e)):
            self.restore(index, state)
        id_ = text(e.get("attributes", {}), "ledger.key.id")
        if not id_:
            return []
        t, disable = when(received, e), self.disabled.get(id_)
        after = disable is not None and disable["at"] < t
        if is_denied(e):
            if e["kind"] == "key.use" and after and "denial" not in disable:
                self.disabled[id_] = disable | {"denial": index, "after": t - disable["at"]}
            return []
        if e["kind"] == "key.lifecycle":
            if operation(e) in DISABLE and not disable and has_room(self.disabled, id_, str):
                self.disabled[id_] = {"index": index, "at": t}
            elif operation(e) in ENABLE:
                self.disabled.pop(id_, None)
        rules = ["keys.disabled"] if after and e["kind"] in USES else []
        return rules + (self.use(t, id_, e) if e["kind"] in USES else [])

    def use(self, t, id_, e):
        memory = (instance(e), id_)
        until, unwrapped = self.fetched.get(memory, (NEVER, False))
        uses_memory = unwrapped and operation(e) in ("decrypt", "encrypt") and "ledger.key.ttl_s" not in e["attributes"]
        if e["kind"] != "key.use" or uses_memory:
            return ["keys.cache-expired"] if t > until else []
        stated = integer(e["attributes"].get("ledger.key.ttl_s"))
        expiry = min(NEVER, t + max(0, min(NEVER if stated is None else stated, self.longest)) * S)
        if memory in self.fetched:
            self.fetched[memory] = (max(expiry, until), unwrapped or operation(e) == "unwrap")
        elif has_room(self.fetched, memory, fetch_name):
            self.fetched[memory] = (expiry, operation(e) == "unwrap")
        return []

    def state(self):
        """What a state entry that comes next must carry."""
        disabled = [{"id": id_} | one for id_, one in self.disabled.items() if units(id_) <= UNITS]
        disabled.sort(key=lambda one: -one["index"])
        fetched = [{"instance": json.loads(i), "key": key, "expiry": expiry, "unwrapped": unwrapped}
                   for (i, key), (expiry, unwrapped) in self.fetched.items() if units(i) + units(key) <= UNITS]
        fetched.sort(key=lambda one: (-one["expiry"], utf16(f"{units(canonical(one['instance']))} {canonical(one['instance'])}{one['key']}")))

        def first(n):
            return {"previous": self.previous, "disabled": disabled[:n], "fetched": fetched[:max(0, n - len(disabled))],
                    "omitted": len(self.disabled) + len(self.fetched) - n}

        counts = range(1, min(ITEMS, len(disabled) + len(fetched)) + 1)
        return first(bisect_right(counts, EVENT_BYTES, key=lambda n: len(canonical(state_event(first(n), 10**18)).encode())))


def state_event(state, time):
    attributes = {PREFIX + name: tagged(value) for name, value in state.items() if value is not None}
    return {"attributes": attributes, "kind": "detectors.state", "name": "detectors.state", "sender": "cell", "time": str(time)}


def tagged(value):
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return [{"map": {name: tagged(v) for name, v in one.items()}} for one in value]
    return {"int": str(value)} if isinstance(value, int) and value >= 2**53 else value


def is_instance(value):
    """Sender, service and instance; the latter two null where they are not given."""
    return (isinstance(value, list) and len(value) == 3 and isinstance(value[0], str)
            and all(part is None or isinstance(part, str) and part.strip() for part in value) and value[0].strip() != "")


def read_state(event):
    """The state that an event carries; None if it does so in another form than its one."""
    try:
        attributes = event["attributes"]
        state = {"previous": integer(attributes.get(PREFIX + "previous")), "omitted": integer(attributes[PREFIX + "omitted"])}
        for name in ("disabled", "fetched"):
            state[name] = [{n: v if isinstance(v, (str, bool, list)) else integer(v) for n, v in one["map"].items()} for one in attributes[PREFIX + name]]
        right = (all({"id", "index", "at"} <= one.keys() <= {"id", "index", "at", "denial", "after"} and ("denial" in one) == ("after" in one) for one in state["disabled"])
                 and all(one.keys() == {"instance", "key", "expiry", "unwrapped"} and isinstance(one["unwrapped"], bool) for one in state["fetched"])
                 and all(text(one, n) for one in state["disabled"] + state["fetched"] for n in one.keys() & {"id", "key"})
                 and all(is_instance(one["instance"]) for one in state["fetched"])
                 and all(one[n] >= 0 for one in state["disabled"] + state["fetched"] for n in one.keys() & {"index", "at", "denial", "after", "expiry"})
                 and min(state["omitted"], state["previous"] or 0) >= 0)
        return state if right and 10**18 <= int(event["time"]) < 2**63 and state_event(state, event["time"]) == event else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
