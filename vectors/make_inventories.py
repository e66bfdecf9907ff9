"""Inventories of resources, and what they have of events."""

import copy

import inventory
from make_events import record
from reference import canonical
from suite import Suite

BANK = {
    "version": 1, "tenant": "bank",
    "vaults": {"hsm": {"place": "onprem:frankfurt-dc", "custody": "customer-held"}},
    "keys": {"master-1": {"vault": "hsm"}, "master-*": {"vault": "hsm", "place": "DE"}, "*-1": {"custody": "customer-managed"},
             "arn:aws:kms:*:1:key/*": {"custody": "provider-managed", "place": "aws:eu-central-1"}},
    "stores": {"statements/*": {"place": "aws:eu-central-1", "holds": ["statements", "letters"]}, "vault/*": {"place": "aws:eu-west-1", "hop": "backup"}, "tags": {"holds": ["tags"]}},
    "services": {"scorer": {"place": "onprem:frankfurt-dc"}, "front-*": {"place": "EU"}},
    "hosts": {"api.acquirer.example": {"place": "NL"}, "*.llm.example": {"place": "FR"}}}
LEAST = {"version": 1, "tenant": "t"}
SITES = {"frankfurt-dc": "DE"}


def suites():
    return [forms(), lookups()]


def forms():
    s = Suite("inventories", "Inventories as JSON text. A valid one has the canonical form \"canonical\"; \"says\" is a part of the message of an invalid one.", {
        "Normal": "docs/formats/inventory.md.",
        "Shorthand": "Read, and written out in the canonical form.",
        "Unknown": "Unknown members and words, with what was probably meant.",
        "Type": "A member of another type or form.",
        "Limit": "The largest that is taken, and one beyond.",
        "Missing": "What must be said is not."})

    def ok(comment, one, other=None, flag="Normal"):
        s.valid(comment, flag, inventory=canonical(one), canonical=canonical(other or one))

    def bad(flag, comment, one, says):
        s.invalid(comment, flag, inventory=canonical(one), says=says)

    def with_(section, id_, one):
        out = copy.deepcopy(BANK)
        out.setdefault(section, {})[id_] = one
        return out

    ok("nothing", LEAST)
    ok("every member", BANK)
    ok("abbreviations of custody, one word for a list, a hop that goes without saying", with_("keys", "k", {"custody": "HYOK"}) | {"stores": {"a": {"holds": "x", "hop": "storage"}}},
       with_("keys", "k", {"custody": "customer-held"}) | {"stores": {"a": {"holds": ["x"]}}}, "Shorthand")
    ok("empty sections", LEAST | {"keys": {}, "hosts": {}}, LEAST, "Shorthand")
    ok("512 characters, four of them *", LEAST | {"keys": {"****" + "k" * 508: {"place": "DE"}}}, flag="Limit")
    bad("Limit", "513 characters", LEAST | {"keys": {"k" * 513: {"place": "DE"}}}, "512 characters")
    bad("Limit", "five *", LEAST | {"keys": {"*****": {"place": "DE"}}}, "at most 4 \"*\"")
    full = LEAST | {"services": {f"{i:04}" + "s" * 108: {"place": "aws:eu-west-1"} for i in range(230)}}
    room = 32_768 - len(canonical(full))
    last = "t" * (room - len(',"":{"place":"DE"}'))
    ok("32,768 bytes", full | {"services": full["services"] | {last: {"place": "DE"}}}, flag="Limit")
    bad("Limit", "32,769 bytes", full | {"services": full["services"] | {last + "t": {"place": "DE"}}}, "at most 32768 bytes")
    bad("Unknown", "section", LEAST | {"key": {}}, "did you mean \"keys\"")
    bad("Unknown", "section", LEAST | {"buckets": {}}, "inventory: expected one of")
    bad("Unknown", "member of a key", with_("keys", "k", {"plce": "DE"}), "did you mean \"place\"")
    bad("Unknown", "member of a service", with_("services", "k", {"custody": "byok"}), "services.k: expected one of place")
    bad("Unknown", "custody", with_("keys", "k", {"custody": "customer-hold"}), "keys.k.custody: expected one of")
    bad("Unknown", "custody", with_("keys", "k", {"custody": "customer-hold"}), "did you mean \"customer-held\"")
    bad("Unknown", "vault", with_("keys", "k", {"vault": "hms"}), "expected one of hsm")
    bad("Unknown", "hop", with_("stores", "k", {"hop": "backups"}), "did you mean \"backup\"")
    bad("Unknown", "hop that no store is", with_("stores", "k", {"hop": "edge"}), "expected one of backup, storage")
    bad("Unknown", "region", with_("keys", "k", {"place": "aws:eu-central-9"}), "keys.k.place: expected a name of the registry")
    bad("Unknown", "region", with_("keys", "k", {"place": "aws:eu-centrl-1"}), "did you mean \"aws:eu-central-1\"")
    bad("Unknown", "site in capitals", with_("keys", "k", {"place": "onprem:FRA"}), "expected a name of the registry")
    bad("Type", "a place as a list", with_("keys", "k", {"place": ["DE"]}), "keys.k.place: expected a text")
    bad("Type", "a list of resources", LEAST | {"keys": [{"id": "k"}]}, "keys: expected an object")
    bad("Type", "white space around an id", with_("keys", " k", {"place": "DE"}), "without white space")
    bad("Type", "an empty id", with_("keys", "", {"place": "DE"}), "expected an id")
    bad("Type", "a vault's name with a dot", with_("vaults", "a.b", {"place": "DE"}), "expected a name of up to 63")
    bad("Type", "a category twice", with_("stores", "k", {"holds": ["a", "a"]}), "each item once")
    bad("Type", "another version", LEAST | {"version": 2}, "version: expected the number 1")
    bad("Missing", "tenant", {"version": 1}, "expected a member \"tenant\"")
    bad("Missing", "version", {"tenant": "t"}, "expected a member \"version\"")
    bad("Missing", "anything of a resource", with_("hosts", "k", {}), "hosts.k: expected one of place, found none")
    bad("Missing", "any category", with_("stores", "k", {"holds": []}), "at least one item")
    return s


def lookups():
    s = Suite("lookups", "Events as text, with what an inventory declares filled in as \"completed\", and in what they differ from it as \"differences\" (resource, of, declared, "
              "seen); places as under a policy with the sites \"sites\". An invalid one has another completion.", {
                  "Place": "Where a resource is.", "Custody": "In whose hands a key is.", "Pattern": "Which declaration is a resource's.", "Silent": "Nothing is looked up.",
                  "Differs": "Declared here, seen there.", "Forged": "What is declared is another thing than what the event carries."})
    judged = {"verdict": {"findings": [{"hop": "key", "outcome": "compliant", "rule": "x"}], "outcome": "compliant", "policy": 1}}

    def put(comment, flag, kind, locations=None, forge=None, of=BANK, resource=None, **attributes):
        event = record(kind=kind, attributes={name.replace("__", "."): value for name, value in attributes.items()}) | (judged if kind in inventory.JUDGED else {})
        if locations:
            event["locations"] = {hop: {"assurance": "claimed", "place": place} for hop, place in locations.items()}
        if resource:
            event["resource"] = {"attributes": resource}
        completed = inventory.completed(of, event)
        if forge:
            forge(completed)
        s.add(forge is None, comment, flag, inventory=canonical(of), sites=SITES, event=canonical(event), completed=canonical(completed),
              differences=[list(one) for one in inventory.differences(of, event, SITES)])

    key = "ledger__key__id"
    put("a key's place and custody by its vault", "Place", "key.use", **{key: "master-1"})
    put("the longest pattern, and its own place before its vault's", "Pattern", "key.use", **{key: "master-2"})
    put("another pattern", "Pattern", "key.use", **{key: "slave-1"})
    put("a pattern of two parts", "Pattern", "key.lifecycle", **{key: "arn:aws:kms:eu-central-1:1:key/a"})
    put("a pattern in other letters", "Pattern", "key.use", **{key: "ARN:aws:kms:eu-central-1:1:key/a"})
    put("patterns as long as each other: the first", "Pattern", "key.use", of=LEAST | {"keys": {"a*c": {"place": "FR"}, "a*": {"place": "DE"}, "*ac": {"place": "ES"}, "ab*": {"place": "IT"}}}, **{key: "abac"})
    put("a star for nothing, and for a line feed", "Pattern", "key.use", of=LEAST | {"keys": {"a*b*c": {"place": "FR"}}}, **{key: ["abc", "a\nb.c"]})
    put("several keys, all declared", "Place", "key.use", **{key: ["master-1", "master-2", "master-1"]})
    put("several keys, one of which is not", "Silent", "key.use", **{key: ["master-1", "other"]})
    put("two custodies", "Custody", "key.use", **{key: ["master-1", "slave-1"]})
    put("a key that nobody declares", "Silent", "key.use", **{key: "other"})
    put("a key beside an access", "Place", "data.access", {"processing": "DE"}, **{key: "master-1"})
    put("what is stated stays", "Place", "key.use", {"key": "aws:eu-central-1"}, **{key: "arn:aws:kms:eu-central-1:1:key/a", "ledger__key__custody": "pmk"})
    put("custody that the Resource states", "Custody", "key.use", resource={"ledger.key.custody": "byok"}, **{key: "slave-1"})
    put("a blank custody", "Custody", "key.use", **{key: "master-1", "ledger__key__custody": " "})
    put("a kind that is not judged", "Silent", "notice", **{key: "master-1"})
    put("a store by its object", "Place", "data.access", ledger__data__object__id="statements/2026/1.pdf")
    put("a store by the target", "Place", "data.access", ledger__data__object__id="doc-7", audit__target__id="statements/1")
    put("the object before the target", "Place", "data.access", ledger__data__object__id="statements/1", audit__target__id="vault/1")
    put("a backup's store", "Place", "lifecycle", audit__target__id="vault/2026")
    put("a store and a backup at once", "Silent", "lifecycle", audit__target__id=["vault/2026", "statements/1"])
    put("a key's target is no store", "Silent", "key.use", audit__target__id="statements/1")
    put("a service", "Place", "data.access", resource={"service.name": "scorer"})
    put("the record's service before its Resource's", "Place", "data.access", resource={"service.name": "scorer"}, service__name="front-7")
    put("another system's record says nothing of its carrier", "Silent", "data.access", resource={"service.name": "scorer"}, ledger__source__format="aws-cloudtrail")
    put("a model that somebody else runs, by its host", "Place", "inference", resource={"service.name": "scorer"}, server__address="a.llm.example", gen_ai__operation__name="chat")
    put("a model that somebody else runs", "Silent", "inference", resource={"service.name": "scorer"}, gen_ai__operation__name="chat")
    put("a model of one's own", "Place", "inference", resource={"service.name": "scorer"}, ledger__inference__hosting="self")
    put("what is let out", "Place", "egress", server__address="api.acquirer.example", resource={"service.name": "scorer"})
    put("a host of another kind of record", "Silent", "data.access", server__address="api.acquirer.example")
    for comment, place in (("the same", "onprem:frankfurt-dc"), ("its country", "DE"), ("a jurisdiction around it", "EU"), ("another country", "FR"), ("a region in its country", "aws:eu-central-1"),
                           ("one that nobody knows", "there"), ("two, of which one is another", "DE + US")):
        put("seen at a place: " + comment, "Differs", "key.use", {"key": place}, **{key: "master-1"})
    put("seen within what is declared", "Differs", "data.access", {"processing": "aws:eu-west-1"}, service__name="front-1")
    put("seen outside of it", "Differs", "data.access", {"processing": "aws:us-east-1"}, service__name="front-1")
    put("in other hands", "Differs", "key.use", **{key: "master-1", "ledger__key__custody": "BYOK"})
    put("in the same hands by another name", "Differs", "key.use", **{key: "master-1", "ledger__key__custody": "Ekm"})
    put("in several hands", "Differs", "key.use", **{key: "master-1", "ledger__key__custody": ["hyok", 7, "x"]})
    put("other data", "Differs", "data.access", ledger__data__object__id="statements/1", ledger__data__category=["letters", "photos", "x"])
    put("the data that it holds", "Differs", "data.access", {"storage": "DE"}, ledger__data__object__id="statements/1", ledger__data__category="letters")
    put("a store seen elsewhere", "Differs", "resource.observed", {"storage": "aws:us-east-1"}, audit__target__id="statements/1")
    put("a key left out", "Forged", "key.use", forge=lambda event: event.pop("locations"), **{key: "master-1"})
    put("a custody left out", "Forged", "key.use", forge=lambda event: event.pop("custody"), **{key: "master-1"})
    put("another place", "Forged", "key.use", forge=lambda event: event["locations"]["key"].update(place="DE"), **{key: "master-1"})
    put("another hop as well", "Forged", "key.use", forge=lambda event: event["locations"].update(storage={"assurance": "declared", "place": "DE"}), **{key: "master-1"})
    return s
