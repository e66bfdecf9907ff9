"""What is known of keys at one place of a log, by docs/formats/state.md, in code that shares nothing with the Java code."""

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from string import ascii_lowercase, ascii_uppercase

import approvals
import sides
from duties import Duties
from reference import canonical

SAYS_NO = "denied deny refused rejected blocked forbidden".split()
SAYS_NOT_DONE = ("failure failed fail error unsuccessful unauthenticated unauthorized unknown requested timeout timed_out throttled aborted "
                 "cancelled canceled").split()
# Letters and digits of the codes in docs/formats/vocabulary.md.
CODES = ("disabledexception unauthorizedoperation forbidden keydisabled permissiondenied 403 wrongkeylifecyclestate ckractionprohibited "
         "ckrkeyfunctionnotpermitted").split()
BEGINNINGS = "accessdenied kmsaccessdenied kmsdisabled kmsinvalidstate".split()
DISABLE = "disable revoke schedule_deletion delete destroy shred".split()
ENABLE = "enable cancel_deletion restore".split()
KNOWN = DISABLE + ENABLE + ("create generate import rotate rewrap grant retire_grant put_policy update replicate backup "
                           "encrypt decrypt wrap unwrap sign verify").split()
FILLERS = "(?:keys?|crypto|versions?|kms|aws|gcp|google|cloud|azure)*"
ALIASES = {"purge": "destroy", "rotate_on_demand": "rotate", "import_material": "import", "delete_imported_material": "delete", "create_grant": "grant",
           "revoke_grant": "retire_grant", "enable_rotation": "update", "disable_rotation": "update", "recover": "restore", "policy": "put_policy",
           "set_policy": "put_policy", "set_iam_policy": "put_policy", "partition_rights": "put_policy"}
SPELLINGS = {known: known for known in KNOWN} | ALIASES
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
NAMES = {"data.access": ("data store.access artifact.generated ancillary.store crash.dump ci.artifact secret redaction edge.redaction tokenization dlp rag retrieval "
                         "cache.write cache.read vector training dataset checkpoint").split(), "inference": "inference gen_ai".split()}
DONE = "audit.action ledger.data.operation gen_ai.operation.name ledger.key.operation".split()
S = 10**9
NEVER = 2**63 - 1
FOLLOWED = 65_536
FOLLOWED_BYTES = 2**23
ITEMS = 2_048
UNITS = 1_024
# An entry's bytes, less a frame whose index has 16 digits and whose time has 19.
EVENT_BYTES = 65_535 - len('{"event":,"index":,"prev":"","received":"","v":1}') - 16 - 64 - 19
PREFIX = "ledger.detectors."
# Lists that a state has only if they hold something.
MAYBE = ("told",)


def text(attributes, name):
    value = attributes.get(name)
    return value if isinstance(value, str) and value.strip() else None


def integer(value):
    if isinstance(value, dict) and "int" in value:
        return int(value["int"])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def word(s):
    return s.strip().translate({c: c + 32 for c in range(65, 91)}).replace("-", "_").replace(" ", "_")


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


def plain(s):
    """An operation, or else the words of the last name that has any."""
    if spelled(s) != s or s in KNOWN:
        return spelled(s)
    names = re.split("[:/.#]", re.sub("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", re.sub("/action$", "", s.strip(), flags=re.IGNORECASE)))
    words = ["_".join(re.findall("[^ -/:-@[-`{-~]+", name.lower())) for name in names]
    return next((one for one in reversed(words) if one), "")


def is_refusal(code, use):
    letters = "".join(c for c in re.split("[:/.#$]", code.strip())[-1] if c.isascii() and c.isalnum()).lower()
    return letters in CODES or letters.startswith(tuple(BEGINNINGS)) or use and letters == "failedprecondition"


def attempt(event):
    """What came of it: done, refused, or nobody knows."""
    outcome, error, use = text(event["attributes"], "audit.outcome"), text(event["attributes"], "error.type"), event["kind"] == "key.use"
    if outcome and (word(outcome) in SAYS_NO or is_refusal(outcome, use)):
        return "refused"
    if outcome and word(outcome) not in SAYS_NOT_DONE or not outcome and not error:
        return "succeeded"
    code = text(event["attributes"], "ledger.reason.code")
    return "refused" if any(c and is_refusal(c, use) for c in (error, code)) else "inconclusive"


def is_use(event):
    """Whether it tells of a use of the key that it names, or only mentions it."""
    names, name = NAMES.get(event["kind"], []), event.get("name", "").lower().removeprefix("ledger.")
    named = any(name == one or name.startswith(one + ".") for one in names)
    return event["kind"] == "key.use" or names != [] and (named or any(text(event["attributes"], one) for one in DONE))


def names_in(event, name):
    value = event["attributes"].get(name, [])
    return list(dict.fromkeys(v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()))


def scopes(event):
    """What of its key a record is about, the widest first: a sort and a name each."""
    if event["kind"] == "key.lifecycle":
        identities = names_in(event, "ledger.key.withdrawn.from") + names_in(event, "ledger.key.granted.to")
    else:
        identities = [text(event["attributes"], "audit.actor.id"), text(event["attributes"], "ledger.actor.role"), text(resource_of(event), "service.name")]
    version = text(event["attributes"], "ledger.key.version")
    return [("key", "")] + ([("version", version)] if version else []) + [("identity", one) for one in dict.fromkeys(identities) if one]


def when(received, event):
    own = int(event.get("time") or event.get("observed") or 0)
    return own if 0 < own < 2**63 else received


def max_cache(adoption):
    text = (adoption or {"policy": {}})["policy"].get("keys", {}).get("max-cache")
    return NEVER if text is None else int(text[:-1])


def sites_of(adoption):
    return (adoption or {"policy": {}})["policy"].get("sites", {})


def utf16(s):
    return s.encode("utf-16-be")


def units(s):
    return len(utf16(s)) // 2


def fetch_name(memory):
    return f"{units(memory[0])} {memory[0]}{memory[1]}"


def scope_name(item):
    return item[0] if item[1] == "key" else f"{units(item[0])} {item[0]}{item[1][0]}{item[2]}"


def has_room(followed, one, name):
    """Whether one more is followed: so many, and so many bytes of names."""
    if len(followed) >= FOLLOWED:
        return False
    return sum(len(name(known).encode()) for known in [*followed, one]) <= FOLLOWED_BYTES if len(name(one)) > 120 else True


class Known:
    """Follows a log's entries. Disables by key, fetches (expiry, unwrapped) by instance and key."""

    def __init__(self, adopted=None):
        # What is revoked: by key, sort of scope and name of the version or identity. Keys as a whole are counted apart from the rest.
        self.previous, self.disabled, self.withdrawn, self.fetched, self.longest = None, {}, {}, {}, max_cache(adopted)
        self.approved, self.sites = {}, sites_of(adopted)
        self.duties = Duties((adopted or {"policy": {}})["policy"])
        self.sides, self.seen = sides.TwoSides(adopted), ([], None, False)

    def part(self, one):
        return self.disabled if one[1] == "key" else self.withdrawn

    def of(self, one):
        return self.part(one).get(one)

    def restore(self, index, state):
        """Goes on from the state of an entry, as it stands there."""
        self.previous = index
        self.disabled, self.withdrawn = {}, {}
        for one in state["disabled"] + state["withdrawn"]:
            sort = next((sort for sort in ("version", "identity") if sort in one), "key")
            item = (one["id"], sort, one.get(sort, ""))
            self.part(item)[item] = {name: one[name] for name in one.keys() & {"index", "at", "denial", "after"}}
        self.approved = {one["id"]: one for one in state["approved"]}
        self.duties.traced = {}
        self.duties.kept = {(one["of"], one["name"]): (one["at"], one["value"]) for one in state.get("kept") or []}
        if state["omitted"] > 0:
            self.duties.kept["attested", "*"] = (0, 0)
        self.sides.restore(state.get("told", []))
        self.fetched = {(canonical(one["instance"]), one["key"]): (one["expiry"], one["unwrapped"]) for one in state["fetched"]}

    def take(self, index, received, e):
        """Takes the next entry; returns the rules that the order of entries shows it to violate."""
        if e["kind"] == "policy.adopted":
            self.longest, self.sites = max_cache(e), sites_of(e)
            self.duties.policy = e["policy"]
            self.sides.adopt(e)
        self.seen = ([], None, False)
        if e["kind"] in ("key.use", "data.access") and sides.side_of(e) != "cell" and self.sides.within is not None:
            told = sides.telling(index, received, when(received, e), e, text, spelled, attempt(e))
            self.seen = self.sides.take(told, self.sites)
        if e["kind"] == "detectors.state" and (state := read_state(e)):
            self.seen = (self.sides.settle(int(e["time"])), None, False)
            self.restore(index, state)
        self.approve(index, received, e)
        return self.of_keys(index, received, e) + self.of_duties(received, e)

    def of_duties(self, received, e):
        if "attributes" not in e or e["kind"] == "detectors.state":
            return []
        service = text(resource_of(e), "service.name") or e["sender"]
        return self.duties.take(when(received, e), e, is_use(e), operation(e), plain, attempt(e), instance(e), service, text, self.bound(received, e))

    def of_keys(self, index, received, e):
        id_ = text(e.get("attributes", {}), "ledger.key.id")
        if not id_:
            return []
        t = when(received, e)
        about = [(id_, *scope) for scope in scopes(e)]
        after = [one for one in about if self.of(one) and self.of(one)["at"] < t]
        if attempt(e) != "succeeded":
            for one in after if attempt(e) == "refused" and e["kind"] == "key.use" else []:
                if "denial" not in self.of(one):
                    self.part(one)[one] = self.of(one) | {"denial": index, "after": t - self.of(one)["at"]}
            return []
        if e["kind"] == "key.lifecycle":
            self.act(index, t, id_, e)
        if not is_use(e):
            return []
        rules = ["keys.disabled"] * any(one[1] != "identity" for one in after) + ["keys.withdrawn"] * any(one[1] == "identity" for one in after)
        return rules + self.use(t, id_, e)

    def approve(self, index, received, e):
        if e["kind"] != "approval":
            return
        given = approvals.given(e, index, when(received, e), text, names_in, attempt(e) == "succeeded")
        if given and (given["id"] in self.approved or has_room(self.approved, given["id"], str)):
            self.approved[given["id"]] = given
        elif approvals.is_withdrawal(e):
            self.approved.pop(text(e["attributes"], "ledger.approval.id"), None)

    def came(self, index, received, e):
        """What a record does with approvals, if anything; asked before it is taken."""
        if e["kind"] == "approval":
            given = approvals.given(e, index, when(received, e), text, names_in, attempt(e) == "succeeded")
            return "withdrawn" if approvals.is_withdrawal(e) else "given" if given else "incomplete"
        if not text(e.get("attributes", {}), "ledger.approval.id") or e["kind"] == "detectors.state":
            return None
        return "bound" if self.bound(received, e) else "unbound"

    def bound(self, received, e):
        """The approval that a record's reference binds to."""
        id_ = text(e.get("attributes", {}), "ledger.approval.id")
        if not id_ or e["kind"] == "approval":
            return None
        known, attributes = self.approved.get(id_), e["attributes"]
        categories = names_in(e, "ledger.data.category") or names_in({"attributes": resource_of(e)}, "ledger.data.category")
        operations = [one for name in ("ledger.data.operation", "ledger.key.operation", "audit.action") if (one := text(attributes, name))]
        keys, services = [[one] if one else [] for one in (text(attributes, "ledger.key.id"), text(resource_of(e), "service.name"))]
        places = [place for location in e.get("locations", {}).values() for place in location["place"].split(" + ")]
        return known if known and approvals.holds_for(known, when(received, e), categories, keys, services, operations, places, self.sites) else None

    def act(self, index, t, id_, e):
        """What an act of the key's life gives back, and then what it takes away."""
        granted, withdrawn = names_in(e, "ledger.key.granted.to"), names_in(e, "ledger.key.withdrawn.from")
        if granted or withdrawn:
            back, away = [[(id_, "identity", one) for one in names] for names in (granted, withdrawn)]
        else:
            version = text(e["attributes"], "ledger.key.version")
            whole = [(id_, "version", version) if version else (id_, "key", "")]
            back, away = [whole if operation(e) in which else [] for which in (ENABLE, DISABLE)]
        for one in back:
            self.part(one).pop(one, None)
        for one in away:
            if not self.of(one) and has_room(self.part(one), one, scope_name):
                self.part(one)[one] = {"index": index, "at": t}

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

    def state(self, now):
        """What a state entry that comes next must carry."""
        def revoked(part):
            found = [(utf16(scope_name(item)), {"id": item[0]} | ({} if item[1] == "key" else {item[1]: item[2]}) | one) for item, one in part.items()
                     if units(item[0]) + units(item[2]) <= UNITS]
            return [one for _, one in sorted(found, key=lambda two: (-two[1]["index"], two[0]))]

        approved = sorted(self.approved.values(), key=lambda one: (-one["until"], utf16(one["id"])))
        approved = [one for one in approved if sum(units(t) for v in one.values() for t in (v if isinstance(v, list) else [v]) if isinstance(t, str)) <= UNITS]
        disabled, withdrawn = revoked(self.disabled), revoked(self.withdrawn)
        fetched = [{"instance": json.loads(i), "key": key, "expiry": expiry, "unwrapped": unwrapped}
                   for (i, key), (expiry, unwrapped) in self.fetched.items() if units(i) + units(key) <= UNITS]
        kept = [{"of": what, "name": name, "at": at, "value": value} for (what, name), (at, value) in self.duties.kept.items() if units(name) <= UNITS]
        kept.sort(key=lambda one: (-one["at"], one["of"], utf16(one["name"])))
        fetched.sort(key=lambda one: (-one["expiry"], utf16(f"{units(canonical(one['instance']))} {canonical(one['instance'])}{one['key']}")))

        def first(n):
            taken, rest = {}, n
            for name, of in lists.items():
                taken[name], rest = of[:rest], max(0, rest - len(of))
            taken["kept"] = taken["kept"] or None
            return {"previous": self.previous, **taken, "omitted": sum(map(len, (self.disabled, self.withdrawn, self.approved, self.duties.kept, self.fetched, lists["told"]))) - n}

        lists = {"disabled": disabled, "withdrawn": withdrawn, "approved": approved, "kept": kept, "fetched": fetched, "told": self.sides.state(now)}
        counts = range(1, min(ITEMS, sum(map(len, lists.values()))) + 1)
        return first(bisect_right(counts, EVENT_BYTES, key=lambda n: len(canonical(state_event(first(n), 10**18)).encode())))


def state_event(state, time):
    attributes = {PREFIX + name: tagged(value) for name, value in state.items() if value is not None and (name not in MAYBE or value)}
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
        if PREFIX + "kept" in attributes and not attributes[PREFIX + "kept"]:
            return None
        for name in ("disabled", "withdrawn", "approved", "kept", "fetched"):
            given = attributes.get(PREFIX + name, []) if name == "kept" else attributes[PREFIX + name]
            state[name] = [{n: v if isinstance(v, (str, bool, list)) else integer(v) for n, v in one["map"].items()} for one in given]
        state["kept"] = state["kept"] or None
        told = [{n: v if isinstance(v, (str, list)) else integer(v) for n, v in one["map"].items()} for one in attributes.get(PREFIX + "told", [])]
        if told:
            state["told"] = told
        asked = {"index", "received", "at", "side", "ids"}
        if not all(asked <= one.keys() <= asked | {"subject", "outcome", "version", *sides.PLACES} and min(one["index"], one["received"], one["at"]) >= 0 and one["side"] in ("vendor", "customer")
                   and isinstance(one["ids"], list) and all(isinstance(v, str) and v.strip() for n in one for v in (one[n] if n == "ids" else [one[n]]) if n not in ("index", "received", "at")) for one in told):
            return None
        members = {"id", "index", "at"}
        right = (all(members <= one.keys() - {"version", "identity"} <= members | {"denial", "after"} and ("denial" in one) == ("after" in one) for one in state["disabled"] + state["withdrawn"])
                 and all(not one.keys() & {"version", "identity"} for one in state["disabled"])
                 and all(members | {"authority", "until"} <= one.keys() <= members | {"authority", "until", "by", "filing", *approvals.SCOPE} for one in state["approved"])
                 and all(text(one, n) for one in state["approved"] for n in {"id", "authority"} | one.keys() & {"by", "filing"})
                 and all(isinstance(one[n], list) and one[n] and all(isinstance(t, str) and t.strip() for t in one[n]) for one in state["approved"] for n in one.keys() & {*approvals.SCOPE})
                 and all(one[n] >= 0 for one in state["approved"] for n in ("index", "at", "until"))
                 and all(len(one.keys() & {"version", "identity"}) == 1 for one in state["withdrawn"])
                 and all(one.keys() == {"instance", "key", "expiry", "unwrapped"} and isinstance(one["unwrapped"], bool) for one in state["fetched"])
                 and all(text(one, n) for one in state["disabled"] + state["withdrawn"] + state["fetched"] for n in one.keys() & {"id", "key", "version", "identity"})
                 and all(is_instance(one["instance"]) for one in state["fetched"])
                 and all(one[n] >= 0 for one in state["disabled"] + state["withdrawn"] + state["fetched"] for n in one.keys() & {"index", "at", "denial", "after", "expiry"})
                 and all(one.keys() == {"of", "name", "at", "value"} and one["of"] in ("attested", "degraded", "rotated", "spent") and text(one, "name")
                         and min(one["at"], one["value"]) >= 0 for one in state["kept"] or [])
                 and min(state["omitted"], state["previous"] or 0) >= 0)
        return state if right and 10**18 <= int(event["time"]) < 2**63 and state_event(state, event["time"]) == event else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
