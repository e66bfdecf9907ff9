"""Residency policies, and verdicts written down by hand: the judge is tested against people, not against a second judge."""

import copy

from reference import canonical
from suite import Suite

T = 1767225600_000000000  # 2026-01-01T00:00:00Z
DAY = 86400 * 10**9

BANK = {
    "version": 1, "tenant": "bank", "title": "Data stays in Germany",
    "categories": {
        "*": {"default": {"allow": ["EU"], "deny": ["HU"]}},
        "customer-data": {
            "processing": {"allow": ["DE", "aws:eu-west-1"], "deny": ["aws:eu-central-1"]},
            "storage": {"allow": ["onprem:frankfurt-dc"]},
            "egress": {"hosts": {"allow": ["*.acquirer.example", "scheme.example"], "deny": ["test.acquirer.example"]}, "purposes": ["settlement", "refund"]}},
        "telemetry": {"egress": {"allow": ["EU"], "hosts": {"deny": ["*.tracker.example"]}}},
        "public": {"edge": {"allow": ["*"], "deny": ["RU"]}, "default": {"allow": ["EEA", "CH"]}}},
    "keys": {"allow": ["DE"], "custody": ["customer-held"], "max-cache": "300s"},
    "gateway": {"claims": ["eu-de", "eu-fr"], "verified": True},
    "operators": {"countries": ["DE", "FR"]},
    "users": {"countries": ["EU", "CH"]},
    "providers": {"storage": ["onprem", "aws"], "edge": ["aws"]},
    "sites": {"frankfurt-dc": "DE", "zurich-dc": "CH"},
    "exceptions": [
        {"id": "drill", "category": "customer-data", "hop": "processing", "place": "aws:us-east-1", "basis": "contract 7", "until": "2026-01-01"},
        {"id": "noon", "category": "customer-data", "hop": "processing", "place": "CA", "basis": "contract 8", "until": "2026-01-01T12:00:00Z"},
        {"id": "any", "category": "*", "hop": "storage", "place": "EFTA", "basis": "SCC", "until": "2027-01-01"}],
    "assurance": {"key": "corroborated", "default": "claimed"},
    "stores": {"app-logs": {"holds": "logs", "place": "onprem:zurich-dc"}, "registry.example/team": {"holds": "artifacts"}},
    "subprocessors": {"Acquirer AG (Zurich)": {"hosts": ["*.acquirer.example", "acquirer.example"]}},
    "vendor": {"hosts": ["*.vendor.example"]}}

LEAST = {"version": 1, "tenant": "t", "categories": {"*": {"default": {"allow": ["EU"]}}}}


DUTIES = LEAST | {
    "keys": {"allow": ["EU"], "algorithms": ["AES-256-GCM", "RSA-OAEP-256"], "justifications": ["CUSTOMER_INITIATED_ACCESS", "CUSTOMER_INITIATED_SUPPORT"],
             "named": {"pay": {"justifications": ["NONE"]}, "pay-*": {"algorithms": ["AES-256-GCM"]}, "pay-hsm-*": {"algorithms": ["RSA-OAEP-256"]}}},
    "models": {"signed-by": ["release@vendor.example"], "rollout": {"allow": ["DE", "FR"]}, "caches": {"allow": ["EU"], "deny": ["HU"]}, "prompt-retention": "86400s", "training": False},
    "learning": {"clip": 1.5, "epsilon": 0.5},
    "backups": {"key": "same"}}


def suites():
    return [policies(), verdicts()]


def changed(policy, path, value):
    copied = copy.deepcopy(policy)
    part = copied
    for name in path[:-1]:
        part = part[name]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return copied


def policies():
    s = Suite("residency-policies", "Residency policies as JSON text. A valid one has the canonical form \"canonical\"; \"says\" is a part of the message of an "
              "invalid one.", {
                  "Normal": "docs/formats/policy.md.",
                  "Shorthand": "Read, and written out in the canonical form.",
                  "Unknown": "Unknown members and words, with what was probably meant.",
                  "Place": "Places and providers that the registry does not know.",
                  "Type": "A member of another type or form.",
                  "Sink": "Stores and companies to which data may flow.",
                  "Duty": "What is asked for beside places.",
                  "Missing": "What must be said is not."})

    def ok(comment, policy, canonical_policy=None, flag="Normal"):
        s.valid(comment, flag, policy=canonical(policy), canonical=canonical(canonical_policy or policy))

    def bad(flag, comment, policy, says):
        s.invalid(comment, flag, policy=canonical(policy), says=says)

    ok("the least", LEAST)
    ok("every member", BANK)
    ok("one assurance for all hops", LEAST | {"assurance": "proven"}, LEAST | {"assurance": {"default": "proven"}}, "Shorthand")
    ok("minutes", changed(BANK, ["keys", "max-cache"], "5m"), BANK, "Shorthand")
    ok("hours", changed(BANK, ["keys", "max-cache"], "2h"), changed(BANK, ["keys", "max-cache"], "7200s"), "Shorthand")
    ok("abbreviations of custody", changed(BANK, ["keys", "custody"], ["HYOK", "byok"]),
       changed(BANK, ["keys", "custody"], ["customer-held", "customer-managed"]), "Shorthand")
    ok("no caching at all", changed(BANK, ["keys", "max-cache"], "0s"))
    ok("empty parts", LEAST | {"exceptions": [], "sites": {}}, LEAST, "Shorthand")

    ok("no pseudonyms", LEAST | {"privacy": {"pseudonyms": "off"}})
    ok("no pseudonyms, and safe texts", LEAST | {"privacy": {"pseudonyms": "off", "safe": ["a@b.example"]}})
    ok("pseudonyms as when it does not say", LEAST | {"privacy": {"pseudonyms": "monthly"}}, LEAST, "Shorthand")
    bad("Unknown", "pseudonyms", LEAST | {"privacy": {"pseudonyms": "of"}}, "did you mean \"off\"")
    bad("Missing", "anything of privacy", LEAST | {"privacy": {}}, "privacy: expected one of pseudonyms, safe")
    bad("Unknown", "member", LEAST | {"category": {}}, "did you mean \"categories\"")
    bad("Unknown", "hop", changed(BANK, ["categories", "customer-data", "procesing"], {"allow": ["DE"]}), "categories.customer-data: expected one of")
    bad("Unknown", "hop", changed(BANK, ["categories", "customer-data", "procesing"], {"allow": ["DE"]}), "did you mean \"processing\"")
    bad("Unknown", "hop in capitals", changed(BANK, ["categories", "*", "Storage"], {"allow": ["DE"]}), "did you mean \"storage\"")
    bad("Unknown", "the key hop in a category", changed(BANK, ["categories", "*", "key"], {"allow": ["DE"]}), "categories.*")
    bad("Unknown", "member of a rule", changed(BANK, ["categories", "*", "default", "alow"], ["DE"]), "did you mean \"allow\"")
    bad("Unknown", "custody", changed(BANK, ["keys", "custody"], ["customer-hold"]), "did you mean \"customer-held\"")
    bad("Unknown", "assurance", LEAST | {"assurance": "claim"}, "assurance: expected one of")
    bad("Unknown", "contradicted as least assurance", LEAST | {"assurance": "contradicted"}, "assurance: expected one of")
    bad("Unknown", "category of an exception", changed(BANK, ["exceptions", 0, "category"], "custmer-data"), "did you mean \"customer-data\"")
    bad("Unknown", "member of keys", changed(BANK, ["keys", "max_cache"], "5m"), "did you mean \"max-cache\"")
    bad("Unknown", "member of operators", LEAST | {"operators": {"allow": ["DE"]}}, "operators")
    ok("an exception's scope in words", changed(BANK, ["exceptions", 0, "purpose"], "drill"), changed(BANK, ["exceptions", 0, "purpose"], ["drill"]), "Shorthand")
    ok("an exception's whole scope", changed(BANK, ["exceptions", 0], BANK["exceptions"][0] | {n: ["a", "b"] for n in ("actor", "approval", "classification", "operation", "purpose", "service", "subject")}))
    bad("Unknown", "member of an exception", changed(BANK, ["exceptions", 0, "purposes"], ["x"]), "did you mean \"purpose\"")
    bad("Type", "an exception for no service", changed(BANK, ["exceptions", 0, "service"], []), "exceptions[0].service: expected at least one")
    bad("Type", "an exception for a number", changed(BANK, ["exceptions", 0, "actor"], 7), "exceptions[0].actor")
    bad("Type", "an exception for the same service twice", changed(BANK, ["exceptions", 0, "service"], ["a", "a"]), "exceptions[0].service[1]")
    sorts = {"purposes": ["a"], "classifications": {"secret": {"default": {"allow": ["DE"]}}}, "subjects": {"minor-under-12": {"storage": {"allow": ["DE"]}, "purposes": ["b"]}}}
    tight = changed(LEAST, ["categories", "*"], {"default": {"allow": ["EU"]}} | sorts)
    ok("purposes, classifications and subjects", tight)
    child = ["categories", "*", "subjects", "minor-under-12"]
    bad("Type", "a category of purposes alone", changed(LEAST, ["categories", "*"], {"purposes": ["a"]}), "categories.*: expected \"default\" or a hop")
    bad("Type", "purposes in a word", changed(tight, ["categories", "*", "purposes"], "a"), "categories.*.purposes: expected a list")
    bad("Type", "subjects of none", changed(tight, ["categories", "*", "subjects"], {}), "at least one word")
    bad("Type", "a subject of nothing", changed(tight, child, {}), "categories.*.subjects.minor-under-12: expected")
    bad("Type", "a subject with a space", changed(tight, ["categories", "*", "subjects", "a b"], {"purposes": ["b"]}), "categories.*.subjects: expected a name")
    bad("Unknown", "member of a subject", changed(tight, child + ["purpose"], ["b"]), "did you mean \"purposes\"")
    bad("Unknown", "subjects within subjects", changed(tight, child + ["subjects"], {"x": {"purposes": ["b"]}}), "categories.*.subjects.minor-under-12: expected one of")
    bad("Unknown", "hosts of a subject", changed(tight, child + ["egress"], {"hosts": {"deny": ["a.example"]}}), "categories.*.subjects.minor-under-12.egress: expected one of")
    bad("Unknown", "subject in the singular", changed(tight, ["categories", "*", "subject"], {}), "did you mean \"subjects\"")
    bad("Place", "a subject in an unknown place", changed(tight, child + ["storage", "allow"], ["XX"]), "categories.*.subjects.minor-under-12.storage.allow[0]")
    controlled = changed(LEAST, ["categories", "*", "default", "controlled-by"], {"deny": ["US"]})
    who = ["categories", "*", "default", "controlled-by"]
    ok("who controls the provider", controlled)
    ok("who controls the provider of keys, and only who", controlled | {"keys": {"allow": ["EU"], "controlled-by": {"allow": ["EU", "CH"], "deny": ["FR"]}}})
    bad("Type", "controlled by nobody", changed(controlled, who, {}), "categories.*.default.controlled-by: expected \"allow\"")
    bad("Type", "controlled by a list", changed(controlled, who, ["US"]), "categories.*.default.controlled-by: expected an object")
    bad("Place", "controlled from a region", changed(controlled, who + ["deny"], ["aws:us-east-1"]), "categories.*.default.controlled-by.deny[0]")
    bad("Place", "controlled from a country by name", changed(controlled, who + ["allow"], ["France"]), "categories.*.default.controlled-by.allow[0]")
    bad("Unknown", "controlled-by in another spelling", changed(LEAST, ["categories", "*", "default", "controlled_by"], {"deny": ["US"]}), "did you mean \"controlled-by\"")
    bad("Unknown", "hosts that are controlled", changed(BANK, ["categories", "customer-data", "egress", "hosts", "controlled-by"], {"deny": ["US"]}), "categories.customer-data.egress.hosts: expected one of")
    ok("both sides compared", changed(BANK, ["customer-side"], {"match-within": "1d"}), changed(BANK, ["customer-side"], {"match-within": "86400s"}), "Shorthand")
    for within in ("0s", "32d", "2678401s"):
        bad("Type", f"both sides compared within {within}", changed(BANK, ["customer-side"], {"match-within": within}), "expected from 1s to 31d")
    bad("Missing", "both sides compared within no time", changed(BANK, ["customer-side"], {}), "customer-side")
    bad("Unknown", "member of customer-side", changed(BANK, ["customer-side"], {"match": "5m"}), "customer-side: expected one of match-within")
    ok("a claim that need not be verified", changed(BANK, ["gateway", "verified"], False), changed(BANK, ["gateway", "verified"], None), "Shorthand")
    egress = ["categories", "customer-data", "egress"]
    bad("Unknown", "member of egress", changed(BANK, egress + ["host"], {"allow": ["a.example"]}), "did you mean \"hosts\"")
    bad("Unknown", "member of hosts", changed(BANK, egress + ["hosts", "only"], ["a.example"]), "categories.customer-data.egress.hosts: expected one of")
    bad("Unknown", "hosts of another hop", changed(BANK, ["categories", "*", "default", "hosts"], {"deny": ["a.example"]}), "categories.*.default: expected one of")
    bad("Unknown", "member of gateway", changed(BANK, ["gateway", "claim"], ["eu-de"]), "did you mean \"claims\"")
    for comment, value in [("in capitals", "Api.example"), ("with a scheme", "https://a.example"), ("with a port", "a.example:443"), ("with a path", "a.example/x"), ("a star within", "a.*.example"),
                           ("a star alone", "*"), ("a star without a dot", "*example"), ("a dot at the end", "a.example."), ("a dot at the front", ".example"), ("two dots", "a..example")]:
        bad("Type", f"a host {comment}", changed(BANK, egress + ["hosts", "allow"], [value]), "expected a host" if value.strip() else "white space")
    bad("Type", "no hosts at all", changed(BANK, egress + ["hosts"], {}), "found neither")
    bad("Type", "no purposes at all", changed(BANK, egress + ["purposes"], []), "at least one")
    bad("Type", "verified as a text", changed(BANK, ["gateway", "verified"], "true"), "gateway.verified: expected true or false")
    bad("Missing", "what egress says", changed(BANK, egress, {}), "\"allow\"")
    bad("Missing", "the claims", changed(BANK, ["gateway", "claims"], None), "\"claims\"")
    bad("Place", "country in lower case", changed(LEAST, ["categories", "*", "default", "allow"], ["de"]), "did you mean \"DE\"")
    bad("Place", "country by name", changed(LEAST, ["categories", "*", "default", "allow"], ["Germany"]), "did you mean \"DE\"")
    bad("Place", "region in capitals", changed(LEAST, ["categories", "*", "default", "allow"], ["AWS:EU-CENTRAL-1"]), "did you mean \"aws:eu-central-1\"")
    bad("Place", "misspelt region", changed(LEAST, ["categories", "*", "default", "allow"], ["aws:eu-centrl-1"]), "did you mean \"aws:eu-central-1\"")
    bad("Place", "region without provider", changed(LEAST, ["categories", "*", "default", "allow"], ["eu-central-1"]), "expected a name of the registry")
    bad("Place", "unknown jurisdiction", changed(LEAST, ["categories", "*", "default", "deny"], ["FIVE-EYES"]), "categories.*.default.deny")
    bad("Place", "undeclared site", changed(LEAST, ["categories", "*", "default", "allow"], ["onprem:basement"]), "onprem:basement")
    bad("Place", "site in no country", changed(BANK, ["sites", "frankfurt-dc"], "EU"), "sites.frankfurt-dc")
    bad("Place", "operators in a region", LEAST | {"operators": {"countries": ["aws:eu-central-1"]}}, "operators.countries")
    bad("Place", "users in a region", LEAST | {"users": {"countries": ["aws:eu-central-1"]}}, "users.countries[0]")
    bad("Unknown", "member of users", LEAST | {"users": {"allow": ["DE"]}}, "users")
    bad("Unknown", "the user hop in a category", changed(BANK, ["categories", "*", "user"], {"allow": ["DE"]}), "categories.*")
    bad("Place", "unknown provider", LEAST | {"providers": {"default": ["awss"]}}, "did you mean \"aws\"")
    bad("Place", "exception for an unknown place", changed(BANK, ["exceptions", 0, "place"], "XX"), "exceptions[0].place")
    bad("Place", "white space", changed(LEAST, ["categories", "*", "default", "allow"], [" EU"]), "white space")
    for comment, path, value, says in [
            ("version 2", ["version"], 2, "version"), ("version as text", ["version"], "1", "version"), ("categories of a list", ["categories"], [], "categories"),
            ("no category", ["categories"], {}, "at least one"), ("category without rules", ["categories", "*"], {}, "default"),
            ("allow as text", ["categories", "*", "default", "allow"], "EU", "expected a list"), ("nothing allowed", ["categories", "*", "default", "allow"], [], "at least one"),
            ("a place twice", ["categories", "*", "default", "allow"], ["EU", "EU"], "allow[1]"), ("a number for a place", ["categories", "*", "default", "allow"], [1], "allow[0]"),
            ("everything denied", ["categories", "*", "default", "deny"], ["*"], "prohibited anyway"), ("tenant with a slash", ["tenant"], "a/b", "tenant"),
            ("empty title", ["title"], "", "title"), ("sites of a list", ["sites"], [], "sites"), ("assurance of a number", ["assurance"], 1, "assurance")]:
        bad("Type", comment, changed(LEAST, path, value), says)
    for comment, value in [("duration without unit", "300"), ("negative duration", "-1s"), ("duration with fraction", "1.5h"), ("weeks", "1w"), ("duration as a number", 300),
                           ("duration with zeros", "007s"), ("duration with a space", "5 m")]:
        bad("Type", comment, changed(BANK, ["keys", "max-cache"], value), "keys.max-cache")
    for comment, value in [("local time", "2026-01-01T00:00:00"), ("offset", "2026-01-01T00:00:00+01:00"), ("30 February", "2026-02-30"), ("hour 25", "2026-01-01T25:00:00Z"), ("hour 24", "2026-01-01T24:00:00Z"), ("a leap second", "2026-12-31T23:59:60Z"),
                           ("other order", "01.02.2026"), ("far future", "2300-01-01"), ("before 1970", "1969-12-31"), ("forever", "never")]:
        bad("Type", comment, changed(BANK, ["exceptions", 0, "until"], value), "exceptions[0].until")
    bad("Type", "a site in capitals", changed(BANK, ["sites", "Frankfurt"], "DE"), "sites.Frankfurt")
    bad("Type", "an exception's id twice", changed(BANK, ["exceptions", 1, "id"], "drill"), "exceptions[1]")
    ok("every duty", DUTIES, flag="Duty")
    ok("one word for a list, minutes, an integer", changed(DUTIES, ["keys", "algorithms"], "AES-256-GCM") | {"models": {"prompt-retention": "5m"}, "learning": {"clip": 1.0}},
       changed(DUTIES, ["keys", "algorithms"], ["AES-256-GCM"]) | {"models": {"prompt-retention": "300s"}, "learning": {"clip": 1}}, "Shorthand")
    ok("empty sections", DUTIES | {"models": {}, "learning": {}, "backups": {}}, {n: v for n, v in DUTIES.items() if n not in ("models", "learning", "backups")}, "Shorthand")
    for comment, path, value, says in [
            ("a misspelt duty of keys", ["keys", "algoritms"], ["x"], "did you mean \"algorithms\""), ("a misspelt section", ["model"], {}, "did you mean \"models\""),
            ("a misspelt duty of models", ["models", "signedby"], ["x"], "did you mean \"signed-by\""), ("no algorithm", ["keys", "algorithms"], [], "keys.algorithms: expected at least one"),
            ("training allowed", ["models", "training"], True, "models.training: expected false"), ("training as a text", ["models", "training"], "no", "models.training: expected true or false"),
            ("a clip as a text", ["learning", "clip"], "1.0", "learning.clip: expected a number"), ("a negative epsilon", ["learning", "epsilon"], -0.5, "learning.epsilon: expected a number"),
            ("a retention without a unit", ["models", "prompt-retention"], 30, "models.prompt-retention"), ("another key than the same", ["backups", "key"], "other", "backups.key: expected one of same"),
            ("caches in a list", ["models", "caches"], ["EU"], "models.caches: expected an object"), ("caches nowhere", ["models", "caches"], {"deny": ["US"]}, "\"allow\""),
            ("caches at a place that nobody knows", ["models", "caches", "allow"], ["Europe"], "models.caches.allow[0]"), ("a key with two stars", ["keys", "named", "p*y*"], {"algorithms": ["x"]}, "expected a key's id"),
            ("any key", ["keys", "named", "*"], {"algorithms": ["x"]}, "expected a key's id"), ("a key of no duty", ["keys", "named", "k"], {}, "keys.named.k: expected one of"),
            ("a place for one key", ["keys", "named", "k"], {"allow": ["DE"]}, "keys.named.k: expected one of")]:
        bad("Duty", comment, changed(DUTIES, path, value), says)
    stores = BANK["stores"]
    ok("a store without a place", changed(BANK, ["stores"], {"a": {"holds": "backups"}, "b": {"holds": "analytics"}}), flag="Sink")
    ok("no stores and no subprocessors", LEAST | {"stores": {}, "subprocessors": {}}, LEAST, "Shorthand")
    bad("Sink", "a store of something else", changed(BANK, ["stores", "app-logs", "holds"], "backup"), "did you mean \"backups\"")
    bad("Sink", "a store of several", changed(BANK, ["stores", "app-logs", "holds"], ["logs"]), "stores.app-logs.holds")
    bad("Sink", "a store of nothing", changed(BANK, ["stores", "app-logs", "holds"], None), "stores.app-logs: expected a member \"holds\"")
    bad("Sink", "a store at a place that nobody knows", changed(BANK, ["stores", "app-logs", "place"], "aws:eu-centrl-1"), "did you mean \"aws:eu-central-1\"")
    bad("Sink", "member of a store", changed(BANK, ["stores", "app-logs", "in"], "DE"), "stores.app-logs: expected one of")
    bad("Sink", "a store's name with a star", BANK | {"stores": stores | {"logs-*": {"holds": "logs"}}}, "expected the name of a store")
    bad("Sink", "a store's name with a space", BANK | {"stores": {"app logs": {"holds": "logs"}}}, "expected the name of a store")
    bad("Sink", "a list of stores", BANK | {"stores": ["app-logs"]}, "stores: expected an object")
    bad("Sink", "a subprocessor without hosts", BANK | {"subprocessors": {"A": {}}}, "subprocessors.A: expected a member \"hosts\"")
    bad("Sink", "a subprocessor of no host", BANK | {"subprocessors": {"A": {"hosts": []}}}, "at least one")
    bad("Sink", "a subprocessor's host as a URL", BANK | {"subprocessors": {"A": {"hosts": ["https://a.example"]}}}, "subprocessors.A.hosts[0]: expected a host")
    bad("Sink", "a subprocessor without a name", BANK | {"subprocessors": {" ": {"hosts": ["a.example"]}}}, "expected the name of a company")
    bad("Sink", "member of the vendor", BANK | {"vendor": {"host": ["a.example"]}}, "did you mean \"hosts\"")
    bad("Unknown", "subprocessors in the singular", BANK | {"subprocessor": {}}, "did you mean \"subprocessors\"")
    for member in ("version", "tenant", "categories"):
        bad("Missing", member, changed(LEAST, [member], None), f'"{member}"')
    for member in ("id", "category", "hop", "place", "basis", "until"):
        bad("Missing", f"an exception's {member}", changed(BANK, ["exceptions", 0, member], None), f'exceptions[0]: expected a member "{member}"')
    bad("Missing", "allow", changed(LEAST, ["categories", "*", "default"], {"deny": ["HU"]}), "\"allow\"")
    bad("Missing", "an exception's basis is blank", changed(BANK, ["exceptions", 0, "basis"], " "), "basis")
    bad("Missing", "where keys may be", changed(BANK, ["keys", "allow"], None), "keys: expected a member \"allow\"")
    return s


def verdicts():
    s = Suite("verdicts", "What the judge says of an event (JSON text, without a verdict), received at \"received\" (Unix nanoseconds), under a policy (JSON text) and the standard registry. "
              "An invalid vector states a verdict that is not the judge's.", {
                  "Place": "Rules of place by category and hop.",
                  "Unknown": "Places that mean nothing, or more than one country.",
                  "Deny": "What is denied is so even within what is allowed.",
                  "Spelling": "Names in entries are exact: another case or white space is another name.",
                  "Fallback": "An event's category without a rule for the hop falls back to \"*\".",
                  "Exception": "Judged by the event's own time and that of its receipt; the end is not included.",
                  "Several": "Every place that is named counts.",
                  "Area": "Multi-regions and geographies of a provider.",
                  "Assurance": "Below what the policy demands, or contradicted.",
                  "Key": "Place, custody and cache time of keys.",
                  "Operator": "Where operators work from.",
                  "User": "Where the person is who looks, where the policy speaks of that.",
                  "Provider": "Who may serve a hop.",
                  "Egress": "Data that is let out: to which places and hosts, and what for.",
                  "Claim": "Residency claims with which a gateway lets requests pass.",
                  "Sort": "What data may be used for, and what holds beside for some of it.",
                  "Control": "Who controls a place's provider, and can compel it.",
                  "Duty": "What is asked for beside places.",
                  "Refused": "What was refused did not happen.",
                  "Forged": "Not what the judge says."})
    def event(kind, locations, time=T, **attributes):
        attributes = {name.replace("__", "."): value for name, value in attributes.items()}
        where = {}
        for hop, place in locations.items():
            place, _, assurance = place.partition("|")
            where[hop] = {"assurance": assurance or "corroborated", "place": place}
            if assurance == "proven":
                where[hop]["evidence"] = {"key": "ab" * 32, "sha256": "cd" * 32, "subject": "i-1", "type": "aws-iid"}
        members = {"attributes": attributes, "kind": kind, "sender": "cli"}
        if where:
            members["locations"] = where
        if time:
            members["time"] = str(time)
        return members

    weight = ["compliant", "exception", "unproven", "prevented", "violation"]

    def put(flag, comment, event_, expected, policy=BANK, valid=True, received=None):
        findings = [dict(zip(("hop", "outcome", "rule"), f.split())) for f in expected]
        heaviest = max((f["outcome"] for f in findings), key=weight.index)
        s.add(valid, comment, flag, policy=canonical(policy), event=canonical(event_), received=str(T if received is None else received),
              verdict=canonical({"findings": findings, "outcome": heaviest, "policy": 1}))

    def data(flag, comment, place, expected, hop="processing", category="customer-data", time=T, policy=BANK, received=None):
        attributes = {"ledger__data__category": category} if category else {}
        put(flag, comment, event("data.access", {hop: place}, time, **attributes), [f"{hop} {one}" for one in expected], policy, received=received)

    rule = "customer-data.processing"
    data("Place", "allowed country", "DE", [f"unproven {rule}"])  # it may be the denied region
    data("Place", "allowed country by a region", "gcp:europe-west3", [f"compliant {rule}"])
    data("Place", "allowed region", "aws:eu-west-1", [f"compliant {rule}"])
    data("Place", "another region of the same country", "azure:northeurope", [f"violation {rule}"])
    data("Place", "a region elsewhere", "aws:us-west-2", [f"violation {rule}"])
    data("Place", "a country elsewhere", "US", [f"violation {rule}"])
    data("Deny", "a denied region in an allowed country", "aws:eu-central-1", [f"violation {rule}"])
    data("Deny", "a denied country in an allowed jurisdiction", "HU", ["violation *.processing"], category="")
    data("Deny", "an allowed jurisdiction that holds a denied country", "EU", ["unproven *.processing"], category="")
    data("Unknown", "a jurisdiction that holds the allowed country", "EU", [f"unproven {rule}"])
    data("Unknown", "a jurisdiction beside the allowed countries", "GCC", [f"violation {rule}"])
    data("Unknown", "a jurisdiction larger than the allowed one", "EEA", ["unproven *.processing"], category="")
    data("Unknown", "the country of an allowed region", "IE", [f"unproven {rule}"])
    data("Unknown", "no such place", "moon:base-1", ["unproven place.unknown"])
    data("Unknown", "no such jurisdiction", "FIVE-EYES", ["unproven place.unknown"])
    data("Unknown", "no such region", "aws:eu-central-9", ["unproven place.unknown"])
    data("Unknown", "an undeclared site", "onprem:basement", ["unproven place.unknown"])
    data("Unknown", "empty", "", ["unproven place.unknown"])
    data("Unknown", "the star is no place", "*", ["unproven place.unknown"])
    data("Spelling", "region in capitals", "AWS:EU-WEST-1", ["unproven place.unknown"])
    data("Spelling", "country in lower case", "de", ["unproven place.unknown"])
    data("Spelling", "white space", " DE", ["unproven place.unknown"])
    data("Spelling", "category in capitals falls back", "FR", ["compliant *.processing"], category="Customer-Data")
    data("Spelling", "category with white space falls back", "FR", ["compliant *.processing"], category="customer-data ")
    data("Fallback", "no category", "FR", ["compliant *.processing"], category="")
    data("Fallback", "a category the policy does not name", "FR", ["compliant *.processing"], category="telemetry")
    data("Fallback", "a hop the category does not name", "FR", ["compliant *.backup"], hop="backup")
    data("Fallback", "the category's own default goes first", "NO", ["compliant public.gateway"], hop="gateway", category="public")
    data("Fallback", "no rule at all", "FR", ["unproven no-rule"], category="x",
         policy=changed(BANK, ["categories", "*"], {"storage": {"allow": ["EU"]}}))
    put("Fallback", "two categories are judged each", event("data.access", {"gateway": "CH"}, ledger__data__category=["public", "customer-data"]),
        ["gateway compliant public.gateway", "gateway violation *.gateway"])
    put("Fallback", "two categories under one rule say it once", event("data.access", {"gateway": "DE"}, ledger__data__category=["a", "b"]),
        ["gateway compliant *.gateway"])
    put("Fallback", "the category on the resource counts when the record has none",
        event("data.access", {"processing": "aws:eu-west-3"}) | {"resource": {"attributes": {"ledger.data.category": "customer-data"}}},
        ["processing violation customer-data.processing"])
    put("Place", "no location at all", event("data.access", {}), ["processing unproven no-rule"])
    put("Place", "every hop has its finding", event("inference", {"storage": "aws:eu-west-1", "processing": "aws:eu-west-1", "edge": "aws:us-east-1"}),
        ["edge violation *.edge", "processing compliant *.processing", "storage compliant *.storage"])
    data("Place", "a declared site", "onprem:frankfurt-dc", ["compliant customer-data.storage"], hop="storage")
    data("Place", "another site", "onprem:zurich-dc", ["exception exceptions.any"], hop="storage")
    data("Place", "anywhere but denied", "aws:sa-east-1", ["compliant public.edge"], hop="edge", category="public")
    data("Deny", "denied though anywhere is allowed", "RU", ["violation public.edge", "unproven providers.edge"], hop="edge", category="public")
    data("Exception", "on the day", "aws:us-east-1", ["exception exceptions.drill"])
    data("Exception", "in the last nanosecond", "aws:us-east-1", ["exception exceptions.drill"], time=T + DAY - 1)
    data("Exception", "one nanosecond after", "aws:us-east-1", [f"violation {rule}"], time=T + DAY)
    data("Exception", "the nanosecond before an instant", "CA", ["exception exceptions.noon"], time=T + DAY // 2 - 1)
    data("Exception", "at the instant", "CA", [f"violation {rule}"], time=T + DAY // 2)
    data("Exception", "without a time of its own", "aws:us-east-1", [f"violation {rule}"], time=0)
    data("Exception", "a time beyond 2^63 is late, not early", "aws:us-east-1", [f"violation {rule}"], time=2**64 - 1)
    end = T + DAY
    hour = 3600 * 10**9
    data("Exception", "received before the end, however late", "aws:us-east-1", ["exception exceptions.drill"], time=T - 400 * DAY, received=end - 1)
    data("Exception", "received after the end, and not too late", "aws:us-east-1", ["exception exceptions.drill"], time=end - 1, received=end - 1 + hour)
    data("Exception", "received after the end, and too late", "aws:us-east-1", [f"violation {rule}"], time=end - 1, received=end + hour)
    data("Exception", "dated back after the end", "aws:us-east-1", [f"violation {rule}"], time=T, received=T + 30 * DAY)
    data("Exception", "of after the end, received before it", "aws:us-east-1", [f"violation {rule}"], time=end, received=T)
    data("Exception", "another region of that country", "aws:us-east-2", [f"violation {rule}"])
    data("Exception", "the whole country is not that region", "US", [f"violation {rule}"])
    data("Exception", "a region in the country", "aws:ca-central-1", ["exception exceptions.noon"])
    data("Exception", "for another hop", "aws:us-east-1", ["violation *.backup"], hop="backup")
    data("Exception", "for another category", "aws:us-east-1", ["violation *.processing"], category="telemetry")
    data("Exception", "what is allowed needs none", "aws:eu-west-1", ["compliant customer-data.storage", ], hop="storage",
         policy=changed(BANK, ["categories", "customer-data", "storage"], {"allow": ["IE"]}))
    put("Exception", "the observed time counts when there is no other",
        event("data.access", {"processing": "aws:us-east-1"}, 0, ledger__data__category="customer-data") | {"observed": str(T)},
        ["processing exception exceptions.drill"])
    put("Exception", "the event's own time goes before the observed one",
        event("data.access", {"processing": "aws:us-east-1"}, T + DAY, ledger__data__category="customer-data") | {"observed": str(T)},
        ["processing violation customer-data.processing"])
    data("Assurance", "contradicted", "gcp:europe-west3|contradicted", [f"compliant {rule}", "unproven assurance.processing"])
    data("Assurance", "contradicted and prohibited", "aws:us-west-2|contradicted", [f"violation {rule}", "unproven assurance.processing"])
    data("Assurance", "contradicted under an exception", "aws:us-east-1|contradicted", ["exception exceptions.drill", "unproven assurance.processing"])
    data("Assurance", "a claim where a claim will do", "gcp:europe-west3|claimed", [f"compliant {rule}"])
    data("Assurance", "proof demanded", "gcp:europe-west3|corroborated", [f"compliant {rule}", "unproven assurance.processing"],
         policy=BANK | {"assurance": {"default": "proven"}})
    data("Assurance", "proof given", "gcp:europe-west3|proven", [f"compliant {rule}"], policy=BANK | {"assurance": {"default": "proven"}})
    data("Assurance", "contradicted where the policy is silent", "FR|contradicted", ["compliant *.processing", "unproven assurance.processing"], category="",
         policy=changed(LEAST, ["tenant"], "bank"))

    def scoped(comment, expected, scopes, **said):
        exceptions = [{"id": f"e{i}", "category": "customer-data", "hop": "processing", "place": "US", "basis": "x", "until": "2027-01-01"} | scope for i, scope in enumerate(scopes)]
        attributes = {name.replace("__", "."): value for name, value in said.items()}
        resource = {"service.name": attributes.pop("service.name")} if "service.name" in attributes else {}
        one = event("data.access", {"processing": "aws:us-east-1"}, ledger__data__category="customer-data")
        one["attributes"] |= attributes
        if resource:
            one["resource"] = {"attributes": resource}
        put("Exception", comment, one, [f"processing {expected}"], BANK | {"exceptions": exceptions})

    no = f"violation {rule}"
    for asked, name in [("service", "service__name"), ("actor", "audit__actor__id"), ("purpose", "ledger__data__purpose"), ("operation", "ledger__data__operation"),
                        ("approval", "ledger__approval__id"), ("subject", "ledger__data__subject__group"), ("classification", "ledger__data__classification")]:
        scoped(f"for a {asked} that is said", "exception exceptions.e0", [{asked: ["a", "b"]}], **{name: "b"})
        scoped(f"for a {asked} that is another", no, [{asked: ["a", "b"]}], **{name: "c"})
        scoped(f"for a {asked} that is not said", no, [{asked: ["a"]}])
        scoped(f"for a {asked} in another case", no, [{asked: ["a"]}], **{name: "A"})
        scoped(f"for a {asked} in a blank", no, [{asked: ["a"]}], **{name: " "})
        scoped(f"for a {asked} in a number", no, [{asked: ["1"]}], **{name: 1})
        if asked != "service":
            scoped(f"for each {asked} that is said", "exception exceptions.e0", [{asked: ["a", "b"]}], **{name: ["a", "b"]})
            scoped(f"for one {asked} of two that are said", no, [{asked: ["a"]}], **{name: ["a", "b"]})
    scoped("for all that is asked", "exception exceptions.e0", [{"service": ["s"], "purpose": ["p"]}], service__name="s", ledger__data__purpose="p")
    scoped("for half of what is asked", no, [{"service": ["s"], "purpose": ["p"]}], service__name="s", ledger__data__purpose="x")
    scoped("the most exact one", "exception exceptions.e1", [{}, {"purpose": ["p"], "service": ["s"]}, {"purpose": ["p"]}], service__name="s", ledger__data__purpose="p")
    scoped("the most exact one that is for it", "exception exceptions.e2", [{}, {"purpose": ["p"], "service": ["s"]}, {"purpose": ["p"]}], service__name="t", ledger__data__purpose="p")
    scoped("the general one, where no other is for it", "exception exceptions.e0", [{}, {"purpose": ["p"]}], ledger__data__purpose="q")
    scoped("a named category before any", "exception exceptions.e1", [{"category": "*"}, {}])
    scoped("what is asked counts more than the category", "exception exceptions.e0", [{"category": "*", "purpose": ["p"]}, {}], ledger__data__purpose="p")
    scoped("of two alike the first", "exception exceptions.e0", [{"purpose": ["p"]}, {"service": ["s"]}], service__name="s", ledger__data__purpose="p")
    scoped("the exact one has ended, the general one has not", "exception exceptions.e0", [{}, {"purpose": ["p"], "until": "2025-12-31"}], ledger__data__purpose="p")
    scoped("the operation by its data before its model", no, [{"operation": ["chat"]}], ledger__data__operation="read", gen_ai__operation__name="chat")
    scoped("the operation of a key", "exception exceptions.e0", [{"operation": ["decrypt"]}], ledger__key__operation="decrypt")
    scoped("the operation of an audit record", "exception exceptions.e0", [{"operation": ["READ"]}], audit__action="READ")

    kids = LEAST | {"categories": {
        "*": {"default": {"allow": ["EU", "BR"]}, "purposes": ["support"]},
        "pupils": {"default": {"allow": ["BR", "US"]}, "purposes": ["teaching", "captions"], "classifications": {"secret": {"storage": {"allow": ["BR"]}}}, "subjects": {
            "minor-under-12": {"default": {"allow": ["BR"]}, "purposes": ["teaching"]}, "minor": {"processing": {"allow": ["BR", "aws:us-east-1"]}}}},
        "notes": {"default": {"allow": ["BR"]}}}}

    def sort(comment, expected, where=None, kind="data.access", category="pupils", policy=kids, **said):
        said = {"ledger__data__subject__group": "adult", "ledger__data__classification": "open", "ledger__data__purpose": "teaching"} | said
        put("Sort", comment, event(kind, where or {"processing": "BR"}, ledger__data__category=category, **{n: v for n, v in said.items() if v is not None}), expected, policy)

    base = "processing compliant pupils.processing"
    us, young = {"processing": "aws:us-west-2"}, "pupils.subjects.minor-under-12"
    sort("for an agreed purpose", [base])
    sort("for another purpose", [base, "processing violation pupils.purposes"], ledger__data__purpose="marketing")
    sort("for another purpose, and refused", [base, "processing prevented pupils.purposes"], ledger__data__purpose="marketing", audit__outcome="denied")
    sort("for two purposes", [base, "processing violation pupils.purposes"], ledger__data__purpose=["teaching", "marketing"])
    sort("for no purpose", [base, "processing unproven pupils.purposes"], ledger__data__purpose=None)
    sort("for a purpose that is no text", [base, "processing unproven pupils.purposes"], ledger__data__purpose=7)
    sort("a key's use for no purpose", ["key unproven no-rule"], {"key": "BR"}, "key.use", ledger__data__purpose=None)
    sort("a key's use for another purpose", ["key unproven no-rule", "processing violation pupils.purposes"], {"key": "BR"}, "key.use", ledger__data__purpose="marketing")
    sort("the purposes of every other category", ["processing compliant notes.processing", "processing violation *.purposes"], category="notes")
    sort("of two categories", [base, "processing compliant *.processing", "processing violation *.purposes"], category=["pupils", "x"])
    sort("of an adult", ["processing compliant pupils.processing"], us)
    sort("of a child", ["processing compliant pupils.processing", f"processing violation {young}.processing"], us, ledger__data__subject__group="minor-under-12")
    sort("of a child at home", [base, f"processing compliant {young}.processing"], ledger__data__subject__group="minor-under-12")
    sort("of a child, for what is agreed for others", [base, f"processing compliant {young}.processing", f"processing violation {young}.purposes"],
         ledger__data__subject__group="minor-under-12", ledger__data__purpose="captions")
    sort("of children and minors", ["processing compliant pupils.processing", "processing violation pupils.subjects.minor.processing", f"processing violation {young}.processing"], us,
         ledger__data__subject__group=["minor", "minor-under-12"])
    sort("of whom is not said", ["processing compliant pupils.processing", "processing unproven pupils.subjects"], us, ledger__data__subject__group=None)
    sort("of whom is not said, where all may be", [base], ledger__data__subject__group=None)
    sort("of whom is not said, for what is not agreed for all", [base, "processing unproven pupils.subjects"], ledger__data__subject__group=None, ledger__data__purpose="captions")
    sort("of whom is said in a number", ["processing compliant pupils.processing", "processing unproven pupils.subjects"], us, ledger__data__subject__group=12)
    sort("of whom is said in a blank", ["processing compliant pupils.processing", "processing unproven pupils.subjects"], us, ledger__data__subject__group="")
    sort("of a child and of whom is said in a number", ["processing compliant pupils.processing", "processing unproven pupils.subjects", f"processing violation {young}.processing"], us,
         ledger__data__subject__group=[12, "minor-under-12"])
    sort("of a child in capitals", ["processing compliant pupils.processing"], us, ledger__data__subject__group="Minor-under-12")
    sort("where neither is allowed", ["processing violation pupils.processing", f"processing violation {young}.processing"], {"processing": "DE"}, ledger__data__subject__group="minor-under-12")
    sort("secret, stored elsewhere", ["storage compliant pupils.storage", "storage violation pupils.classifications.secret.storage"], {"storage": "US"}, ledger__data__classification="secret")
    sort("secret, at another hop", ["processing compliant pupils.processing"], us, ledger__data__classification="secret")
    sort("how secret is not said", ["storage compliant pupils.storage", "storage unproven pupils.classifications"], {"storage": "US"}, ledger__data__classification=None)
    sort("of a category that does not tell them apart", ["processing compliant notes.processing"], category="notes", ledger__data__subject__group="minor-under-12", ledger__data__purpose="support")
    trip = {"id": "x", "category": "pupils", "hop": "processing", "place": "US", "basis": "b", "until": "2027-01-01"}
    sort("a child's data under an exception for all", ["processing compliant pupils.processing", f"processing violation {young}.processing"], us, ledger__data__subject__group="minor-under-12",
         policy=kids | {"exceptions": [trip]})
    sort("a child's data under an exception that names children", ["processing compliant pupils.processing", "processing exception exceptions.x"], us,
         ledger__data__subject__group="minor-under-12", policy=kids | {"exceptions": [trip | {"subject": ["minor-under-12"]}]})
    sort("a child's data under an exception that names others", ["processing compliant pupils.processing", f"processing violation {young}.processing"], us,
         ledger__data__subject__group="minor-under-12", policy=kids | {"exceptions": [trip | {"subject": ["minor"]}]})

    free_eu = LEAST | {"categories": {"*": {"default": {"allow": ["EU", "CH"], "controlled-by": {"deny": ["US"]}}, "storage": {"allow": ["*"], "controlled-by": {"allow": ["EU", "CH"], "deny": ["FR"]}}}},
                       "keys": {"allow": ["EU"], "controlled-by": {"deny": ["US", "CN"]}}, "sites": {"hq": "DE"}}

    def control(comment, place, expected, hop="processing", policy=free_eu, **more):
        put("Control", comment, event("key.use" if hop == "key" else "data.access", {hop: place}, **more), [f"{hop} {one}" for one in expected], policy)

    who = "*.processing.controlled-by"
    control("a European provider", "scaleway:fr-par", ["compliant *.processing"])
    control("an American provider's European region", "aws:eu-central-1", ["compliant *.processing", f"violation {who}"])
    control("the same, refused", "aws:eu-central-1", ["compliant *.processing", f"prevented {who}"], audit__outcome="denied")
    control("an American provider elsewhere", "aws:us-east-1", ["violation *.processing", f"violation {who}"])
    control("an area of it", "gcp:eur4", ["compliant *.processing", f"violation {who}"])
    control("a country without a provider", "DE", ["compliant *.processing", f"unproven {who}"])
    control("a site", "onprem:hq", ["compliant *.processing"])
    control("a place that nobody knows", "moon:base-1", ["unproven place.unknown"])
    control("only from those countries", "hetzner:fsn1", ["compliant *.storage"], "storage")
    control("not from a denied one among them", "ovh:gra", ["compliant *.storage", "violation *.storage.controlled-by"], "storage")
    control("one parent of three is elsewhere", "exoscale:ch-gva-2", ["compliant *.storage", "violation *.storage.controlled-by"], "storage")
    control("keys", "azure:westeurope", ["compliant keys.place", "violation keys.place.controlled-by"], "key")
    control("keys of a European provider", "otc:eu-de", ["compliant keys.place"], "key")
    whose = LEAST | {"categories": {"*": {"default": {"allow": ["EU"]}, "subjects": {"minors": {"default": {"allow": ["EU"], "controlled-by": {"deny": ["US"]}}}}}}}
    control("of whom is not said, and others' data may not be there", "aws:eu-central-1", ["compliant *.processing", "unproven *.subjects"], policy=whose)
    control("of whom is not said, and all data may be there", "scaleway:fr-par", ["compliant *.processing"], policy=whose)
    control("under an exception", "aws:eu-central-1", ["compliant *.processing", "exception exceptions.x"],
            policy=free_eu | {"exceptions": [{"id": "x", "category": "*", "hop": "processing", "place": "aws:eu-central-1", "basis": "b", "until": "2027-01-01"}]})

    def duty(comment, expected, kind, name="", where=None, policy=DUTIES, **said):
        one = event(kind, where or {"processing": "DE"}, **said)
        put("Duty", comment, one | ({"name": name} if name else {}), expected, policy)

    place, key_place = "processing compliant *.processing", "key compliant keys.place"
    good = {"ledger__key__algorithm": "AES-256-GCM", "ledger__key__justification": "CUSTOMER_INITIATED_ACCESS"}

    def of_key(comment, expected, kind="key.use", **said):
        duty(comment, [key_place, *expected], kind, where={"key": "DE"}, **(good | said))

    of_key("a key's algorithm and reason", [])
    of_key("another algorithm", ["key violation keys.algorithms"], ledger__key__algorithm="DES")
    of_key("an algorithm in lower case is another", ["key violation keys.algorithms"], ledger__key__algorithm="aes-256-gcm")
    of_key("two algorithms, one of them another", ["key violation keys.algorithms"], ledger__key__algorithm=["AES-256-GCM", "DES"])
    of_key("an algorithm as a number", ["key unproven keys.algorithms"], ledger__key__algorithm=7)
    of_key("another algorithm, refused", ["key prevented keys.algorithms"], ledger__key__algorithm="DES", audit__outcome="denied")
    of_key("another reason", ["key violation keys.justifications"], ledger__key__justification="GOOGLE_INITIATED_SERVICE")
    duty("neither is said", [key_place, "key unproven keys.algorithms", "key unproven keys.justifications"], "key.use", where={"key": "DE"})
    duty("neither is said of a key's life", [key_place], "key.lifecycle", where={"key": "DE"})
    of_key("an algorithm is said of a key's life", ["key violation keys.algorithms"], "key.lifecycle", ledger__key__algorithm="DES", ledger__key__justification="X")
    duty("an algorithm is said of data", [place, "key violation keys.algorithms"], "data.access", ledger__key__algorithm="DES", ledger__key__justification="X")
    of_key("a key with reasons of its own", ["key violation keys.justifications"], ledger__key__id="pay")
    of_key("keys whose ids begin so", ["key violation keys.algorithms"], ledger__key__id="pay-1", ledger__key__algorithm="RSA-OAEP-256")
    of_key("the longest beginning counts", ["key violation keys.algorithms"], ledger__key__id="pay-hsm-1")
    of_key("a key whose id is no more than the beginning", ["key violation keys.algorithms"], ledger__key__id="pay-", ledger__key__algorithm="RSA-OAEP-256")
    of_key("a key whose id begins otherwise", [], ledger__key__id="Pay-1", ledger__key__algorithm="RSA-OAEP-256")
    of_key("two keys, one of which has reasons of its own", ["key violation keys.justifications"], ledger__key__id=["other", "pay"])
    of_key("a key whose id is a number", [], ledger__key__id=7)
    put("Duty", "a key with reasons of its own, named on the Resource", event("key.use", {"key": "DE"}, **good) | {"resource": {"attributes": {"ledger.key.id": "pay"}}},
        [key_place, "key violation keys.justifications"], DUTIES)
    signed = {"ledger__model__signer": "release@vendor.example"}
    duty("a model signed by whom was agreed", [place], "model.update", "model.rollout", **signed)
    duty("a model signed by another", [place, "processing violation models.signed-by"], "model.update", "model.rollout", ledger__model__signer="intern@vendor.example")
    duty("a model that nobody signed", [place, "processing unproven models.signed-by"], "model.update", "ledger.model.rollout")
    duty("a model rolled out elsewhere", ["processing compliant *.processing", "processing violation models.rollout"], "model.update", "model.rollout", {"processing": "IT"}, **signed)
    duty("a model rolled out where nobody knows", ["storage compliant *.storage", "processing unproven models.rollout"], "model.update", "model.rollout", {"storage": "DE"}, **signed)
    duty("a model rolled out in two regions", ["processing compliant *.processing", "processing violation models.rollout"], "model.update", "model.rollout",
         {"processing": "gcp:europe-west3 + gcp:europe-west4"}, **signed)
    duty("a cache in the Union", ["storage compliant *.storage"], "data.access", "cache.write", {"storage": "DE"})
    duty("a vector store in a denied country", ["storage compliant *.storage", "storage violation models.caches"], "data.access", "Ledger.Vector.upsert", {"storage": "HU"})
    duty("a cache that does not say where", [place, "storage unproven models.caches"], "data.access", "rag.fetch")
    duty("what begins with a letter of another alphabet is no cache", [place], "data.access", "RETR\u0130EVAL.done")
    duty("what only begins alike is no cache", [place], "data.access", "caches.list")
    asked = {"ledger__inference__retention": "none", "ledger__inference__training": False}

    def answer(comment, expected, kind="inference", **said):
        duty(comment, [place, *expected], kind, **{n: v for n, v in (asked | said).items() if v is not None})

    answer("nothing is kept", [])
    answer("kept for as long as may be", [], ledger__inference__retention="24h")
    answer("kept for longer", ["processing violation models.prompt-retention"], ledger__inference__retention="30d")
    answer("kept for a time in capitals and blanks", [], ledger__inference__retention=" 1D ")
    answer("kept for a time in words", ["processing unproven models.prompt-retention"], ledger__inference__retention="a month")
    answer("kept for a number", ["processing unproven models.prompt-retention"], ledger__inference__retention=30)
    answer("trained with", ["processing violation models.training"], ledger__inference__training=True)
    answer("trained with, as a text", ["processing unproven models.training"], ledger__inference__training="true")
    answer("neither is said", ["processing unproven models.prompt-retention", "processing unproven models.training"], ledger__inference__retention=None, ledger__inference__training=None)
    answer("neither is said of data", [], "data.access", ledger__inference__retention=None, ledger__inference__training=None)
    real = lambda number: {"double": repr(number)}

    def update(comment, expected, name="fl.update", **said):
        duty(comment, [place, *expected], "model.update", name, **{n: v for n, v in ({"ledger__model__update__clip": 1, "ledger__model__update__epsilon": 0} | said).items() if v is not None})

    update("within bounds", [])
    update("clipped too late", ["processing violation learning.clip"], ledger__model__update__clip=2)
    update("clipped at the bound", [], ledger__model__update__clip=real(1.5))
    update("a little beyond the bound", ["processing violation learning.epsilon"], ledger__model__update__epsilon=real(0.51))
    update("an endless clip", ["processing violation learning.clip"], ledger__model__update__clip={"double": "Infinity"})
    update("a clip that is no number", ["processing unproven learning.clip"], ledger__model__update__clip={"double": "NaN"})
    update("a negative epsilon", ["processing unproven learning.epsilon"], ledger__model__update__epsilon=-1)
    update("a clip as a text", ["processing unproven learning.clip"], ledger__model__update__clip="1")
    update("neither is said", ["processing unproven learning.clip", "processing unproven learning.epsilon"], "federated.update.sent", ledger__model__update__clip=None, ledger__model__update__epsilon=None)
    update("by its clip it is an update and no rollout", ["processing unproven learning.epsilon"], "model.rollout", ledger__model__update__epsilon=None)
    copy_ = {"ledger__key__id": "k1", "ledger__key__origin": "k1"}

    def backup(comment, expected, kind="lifecycle", name="", where=None, **said):
        where = where or {"backup": "DE"}
        hop = next(iter(where))
        duty(comment, [f"{hop} compliant *.{hop}", *expected], kind, name, where, **{n: v for n, v in (copy_ | said).items() if v is not None})

    backup("a copy under the original's key", [])
    backup("a copy under another key", ["backup violation backups.key"], ledger__key__id="k2")
    backup("a copy under both of the original's keys", [], ledger__key__id=["k2", "k1"], ledger__key__origin=["k1", "k2", "k1"])
    backup("a copy under one of the original's keys", ["backup violation backups.key"], ledger__key__origin=["k1", "k2"])
    backup("a copy under another key, beside a number", ["backup violation backups.key"], ledger__key__origin=["k2", 7])
    backup("a copy under what is no key's id", ["backup unproven backups.key"], ledger__key__id=7)
    backup("a copy without a key", ["backup unproven backups.key"], ledger__key__id=None)
    backup("a copy of what lies under nobody knows which key", ["backup unproven backups.key"], ledger__key__origin=None)
    backup("a replica by its name", ["backup unproven backups.key"], name="replica.created", where={"storage": "DE"}, ledger__key__origin=None)
    backup("an erasure is no copy", [], name="erasure.done", where={"storage": "DE"}, ledger__key__origin=None, ledger__key__id=None)

    def refused(comment, outcome, expected, locations=None, **attributes):
        put("Refused", comment, event("data.access", locations or {"processing": "US"}, audit__outcome=outcome, ledger__data__category="customer-data", **attributes), expected)

    for word in ("denied", "deny", "refused", "rejected", "blocked", "Denied", "BLOCKED", " denied "):
        refused(f"in the word {word!r}", word, [f"processing prevented {rule}"])
    for word in ("failure", "error", "failed", "success", "", "denied by policy", "DEN\u0130ED", "bloc\u212aed", "unsuccessful", 1, ["denied"], ["denied", "success"], True):
        refused(f"not in {word!r}", word, [f"processing violation {rule}"])
    refused("where it would have been allowed", "denied", [f"processing compliant {rule}"], {"processing": "gcp:europe-west3"})
    refused("where nothing is proven", "denied", [f"processing unproven {rule}"], {"processing": "IE"})
    refused("under an exception", "denied", ["processing exception exceptions.drill"], {"processing": "aws:us-east-1"})
    refused("prevented weighs more than unproven", "denied", ["gateway unproven place.unknown", f"processing prevented {rule}"], {"processing": "US", "gateway": "moon:base-1"})
    refused("by another provider, with another custody", "blocked", ["storage exception exceptions.any", "storage prevented providers.storage", "key prevented keys.custody"],
            {"storage": "gcp:europe-west6"}, ledger__key__custody="byok")
    refused("a contradicted place", "denied", [f"processing prevented {rule}", "processing unproven assurance.processing"], {"processing": "US|contradicted"})
    put("Refused", "the word on the Resource alone", event("data.access", {"processing": "US"}, ledger__data__category="customer-data")
        | {"resource": {"attributes": {"audit.outcome": "denied"}}}, [f"processing violation {rule}"])
    put("Refused", "a key", event("key.use", {"key": "FR"}, audit__outcome="denied", ledger__key__custody="hyok"), ["key prevented keys.place"])
    put("Refused", "an operator", event("data.access", {"operator": "IN"}, audit__outcome="denied"), ["operator prevented operators.countries"])

    def egress(comment, expected, place="", category="customer-data", host="api.acquirer.example", purpose="settlement", **more):
        said = {"ledger__data__category": category, "server__address": host, "ledger__data__purpose": purpose, "audit__outcome": "allowed"} | more
        put("Egress", comment, event("egress", {"egress": place} if place else {}, **{n: v for n, v in said.items() if v is not None}), [f"egress {one}" for one in expected])

    hosts, unknown = "customer-data.egress.hosts", "unproven place.unknown"
    egress("to an allowed host, whose place need not be known", [f"compliant {hosts}"])
    egress("to the name itself", [f"compliant {hosts}"], host="scheme.example")
    egress("to a host below a name", [f"violation {hosts}", unknown], host="api.scheme.example")
    egress("to a host that a star does not mean", [f"violation {hosts}", unknown], host="acquirer.example")
    egress("to a host that only ends so", [f"violation {hosts}", unknown], host="badacquirer.example")
    egress("to a denied host", [f"violation {hosts}", unknown], host="test.acquirer.example")
    egress("to a host below a denied one", [f"compliant {hosts}"], host="x.test.acquirer.example")
    egress("in another spelling", [f"compliant {hosts}"], host="HTTPS://user@API.Acquirer.example:443/path")
    egress("to no host that is named", [f"unproven {hosts}", unknown], host=None)
    egress("to a blank host", [f"unproven {hosts}", unknown], host=" ")
    egress("to two hosts, one of which is not allowed", [f"violation {hosts}", unknown], host=["api.acquirer.example", "evil.example"])
    egress("to a number", [f"unproven {hosts}", unknown], host=7)
    egress("to the path of a socket", [f"unproven {hosts}", unknown], host="unix:///run/x")
    egress("to what programs read in two ways", [f"unproven {hosts}", unknown], host="https://api.acquirer.example\\@evil.example")
    for comment, host in (("characters that are none of a host's", "evil.example,api.acquirer.example"), ("a line's end", "evil.example\n.acquirer.example"),
                          ("a letter that looks like one", "\uff45vil.acquirer.example"), ("a capital of another alphabet", "AP\u0130.ACQUIRER.EXAMPLE"), ("a sign that has a small letter", "\u212aey.acquirer.example"), ("a dot that is none", "evil\u3002acquirer.example"), ("percent signs", "evil%2eacquirer.example"),
                          ("a port that is none", "api.acquirer.example:x"), ("an empty part", "evil..acquirer.example"), ("one host of a list", ["api.acquirer.example", "(not a host)"])):
        egress(f"to {comment}", [f"unproven {hosts}", unknown], host=host)
    for comment, host in (("what nobody could read", "(not a host)"), ("an address in one number", "3232235521"), ("an address in hexadecimal", "0xc0.0.0.1"), ("an address with zeros in front", "192.000.000.001")):
        egress(f"to {comment}, where all but some are allowed", ["compliant telemetry.egress", "unproven telemetry.egress.hosts"], "IE", "telemetry", host)
    for comment, host in (("an address", "192.0.2.1"), ("an address of IPv6", "[2001:db8::1]:443")):
        egress(f"to {comment}, where all but some are allowed", ["compliant telemetry.egress", "compliant telemetry.egress.hosts"], "IE", "telemetry", host)
    egress("to whom a resolver is asked for", [f"violation {hosts}", unknown], host="dns://api.acquirer.example/evil.example:443")
    egress("to whom a resolver is asked for, which is allowed", [f"compliant {hosts}"], host="dns://192.0.2.1/api.acquirer.example:443")
    egress("for another purpose", [f"compliant {hosts}", "violation customer-data.egress.purposes"], purpose="marketing")
    egress("for two purposes", [f"compliant {hosts}", "violation customer-data.egress.purposes"], purpose=["settlement", "marketing"])
    egress("for no purpose", [f"compliant {hosts}", "unproven customer-data.egress.purposes"], purpose=None)
    egress("for a purpose in capitals", [f"compliant {hosts}", "violation customer-data.egress.purposes"], purpose="Settlement")
    egress("to a place that is known: it falls back", ["compliant *.egress", f"compliant {hosts}"], "aws:eu-west-1")
    egress("to another region's object store", ["violation *.egress", f"violation {hosts}"], "aws:us-east-1", host="s3.us-east-1.amazonaws.com")
    egress("to the same, but it was blocked", ["prevented *.egress", f"prevented {hosts}"], "aws:us-east-1", host="s3.us-east-1.amazonaws.com", audit__outcome="denied")
    egress("to whom is not denied, and where", ["compliant telemetry.egress", "compliant telemetry.egress.hosts"], "IE", "telemetry", "x.example")
    egress("to whom is not denied, but not where", ["compliant telemetry.egress.hosts", unknown], "", "telemetry", "x.example")
    egress("to a tracker", ["compliant telemetry.egress", "violation telemetry.egress.hosts"], "IE", "telemetry", "eu.tracker.example")
    egress("of data without rules for it", [unknown], "", "x")
    egress("of two categories, one without hosts", ["compliant customer-data.egress.hosts", unknown], "", ["customer-data", "x"])
    put("Egress", "a host that a data access calls is not let out to", event("data.access", {"processing": "DE"}, server__address="evil.example", ledger__data__category="public"),
        ["processing compliant public.processing"])
    put("Egress", "what the Resource says", event("egress", {}) | {"resource": {"attributes": {
        "ledger.data.category": "customer-data", "ledger.data.purpose": "refund", "server.address": "scheme.example"}}}, [f"egress compliant {hosts}"])
    put("Egress", "providers by default do not speak of it", event("egress", {"egress": "gcp:europe-west3"}), ["egress compliant *.egress"], BANK | {"providers": {"default": ["aws"]}})
    put("Egress", "providers by name do", event("egress", {"egress": "gcp:europe-west3"}), ["egress compliant *.egress", "egress violation providers.egress"],
        BANK | {"providers": {"egress": ["aws"]}})

    def claim(comment, expected, place="DE", policy=BANK, **more):
        said = {"ledger__residency__label": "eu-de", "ledger__residency__verified": True} | more
        put("Claim", comment, event("gateway.decision", {"gateway": place} if place else {}, **{n: v for n, v in said.items() if v is not None}), [f"gateway {one}" for one in expected], policy)

    claim("allowed", ["compliant *.gateway", "compliant gateway.claims"])
    claim("allowed, without a place", ["compliant gateway.claims"], "")
    claim("another", ["compliant *.gateway", "violation gateway.claims"], ledger__residency__label="us-va")
    claim("another, and refused", ["compliant *.gateway", "prevented gateway.claims"], ledger__residency__label="us-va", audit__outcome="denied")
    claim("in capitals", ["compliant *.gateway", "violation gateway.claims"], ledger__residency__label="EU-DE")
    claim("two, one of them another", ["compliant *.gateway", "violation gateway.claims"], ledger__residency__label=["eu-de", "us-va"])
    claim("none", ["compliant *.gateway", "unproven gateway.claims"], ledger__residency__label=None)
    claim("a number", ["compliant *.gateway", "unproven gateway.claims"], ledger__residency__label=1)
    claim("that did not hold", ["compliant *.gateway", "compliant gateway.claims", "violation gateway.verified"], ledger__residency__verified=False)
    claim("that nobody checked", ["compliant *.gateway", "compliant gateway.claims", "unproven gateway.verified"], ledger__residency__verified=None)
    claim("checked in words", ["compliant *.gateway", "compliant gateway.claims", "unproven gateway.verified"], ledger__residency__verified="true")
    claim("that need not be checked", ["compliant *.gateway", "compliant gateway.claims"], policy=changed(BANK, ["gateway", "verified"], None), ledger__residency__verified=False)
    claim("that the policy does not speak of", ["compliant *.gateway"], policy=changed(BANK, ["gateway"], None))
    put("Claim", "of what is no gateway's decision", event("data.access", {"processing": "FR"}, ledger__residency__label="us-va"), ["processing compliant *.processing"])

    eu = changed(LEAST, ["categories", "*", "default", "deny"], ["US"])
    data("Several", "both allowed", "aws:eu-west-1 + aws:eu-central-1", ["compliant *.processing"], category="", policy=eu)
    data("Several", "one denied", "gcp:europe-west3 + gcp:us-central1", ["violation *.processing"], category="", policy=eu)
    data("Several", "the denied one first", "gcp:us-central1 + gcp:europe-west3", ["violation *.processing"], category="", policy=eu)
    data("Several", "one unknown", "DE + moon:base-1", ["compliant *.processing", "unproven place.unknown"], category="", policy=eu)
    data("Several", "one unknown, one denied", "moon:base-1 + US", ["unproven place.unknown", "violation *.processing"], category="", policy=eu)
    data("Several", "contradicted, one denied", "aws:us-east-1 + aws:eu-central-1|contradicted", ["violation *.processing", "unproven assurance.processing"], category="", policy=eu)
    data("Several", "one under an exception", "aws:us-east-1 + aws:eu-west-1", ["exception exceptions.drill", f"compliant {rule}"])
    data("Area", "all of it allowed", "gcp:europe", ["compliant *.processing"], category="", policy=eu)
    data("Area", "some of it allowed", "gcp:eur5", ["unproven *.processing"], category="", policy=eu)
    data("Area", "some of it denied", "aws:global", ["unproven *.processing"], category="", policy=eu)
    data("Area", "all of it denied", "gcp:nam4", ["violation *.processing"], category="", policy=eu)
    data("Area", "none of it allowed", "aws:apac", ["violation *.processing"], category="", policy=eu)
    data("Area", "allowed country by country", "gcp:eur8", ["compliant *.processing"], category="",
         policy=changed(LEAST, ["categories", "*", "default", "allow"], ["CH", "DE"]))
    data("Area", "denied region by region, anywhere else allowed", "gcp:eur8", ["violation *.processing"], category="",
         policy=LEAST | {"categories": {"*": {"default": {"allow": ["*"], "deny": ["CH", "gcp:europe-west3"]}}}})
    data("Area", "itself allowed", "gcp:eur8", ["compliant *.processing"], category="",
         policy=changed(LEAST, ["categories", "*", "default", "allow"], ["gcp:eur8"]))
    data("Area", "a region of an allowed area", "gcp:europe-west6", ["compliant *.processing"], category="",
         policy=changed(LEAST, ["categories", "*", "default", "allow"], ["gcp:eur8"]))
    data("Area", "the country of an allowed area", "CH", ["unproven *.processing"], category="",
         policy=changed(LEAST, ["categories", "*", "default", "allow"], ["gcp:eur8"]))
    data("Area", "jurisdictions that are allowed together", "EEA", ["compliant *.processing"], category="",
         policy=changed(LEAST, ["categories", "*", "default", "allow"], ["EU", "EFTA"]))
    put("Unknown", "where a model answered, by kind", event("inference", {"gateway": "DE"}),
        ["gateway compliant *.gateway", "processing unproven place.unknown"], eu)
    put("Unknown", "where a model answered, by attribute", event("data.access", {"gateway": "DE"}, gen_ai__operation__name="chat"),
        ["gateway compliant *.gateway", "processing unproven place.unknown"], eu)

    def key(flag, comment, place, expected, kind="key.use", policy=BANK, **attributes):
        where = {"key": place} if place else {}
        attributes = {"ledger__key__custody": "hyok"} | attributes
        put(flag, comment, event(kind, where, **{n: v for n, v in attributes.items() if v is not None}), [f"key {one}" for one in expected], policy)

    key("Key", "allowed", "DE", ["compliant keys.place"])
    key("Key", "allowed by region", "aws:eu-central-1", ["compliant keys.place"])
    key("Key", "elsewhere", "FR", ["violation keys.place"])
    key("Key", "a claim where corroboration is demanded", "DE|claimed", ["compliant keys.place", "unproven assurance.key"])
    key("Key", "contradicted", "aws:us-east-1|contradicted", ["violation keys.place", "unproven assurance.key"])
    key("Key", "no place", "", ["unproven place.unknown"])
    key("Key", "no place in its life", "", ["unproven place.unknown"], kind="key.lifecycle")
    key("Key", "custody in the policy's own word", "DE", ["compliant keys.place"], ledger__key__custody="customer-held")
    key("Key", "custody in another case", "DE", ["compliant keys.place"], ledger__key__custody="Hyok")
    key("Key", "custody with a sign that has a small letter", "DE", ["compliant keys.place", "unproven keys.custody"], ledger__key__custody="HYO\u212a")
    key("Key", "another custody", "DE", ["compliant keys.place", "violation keys.custody"], ledger__key__custody="byok")
    key("Key", "a custody nobody knows", "DE", ["compliant keys.place", "unproven keys.custody"], ledger__key__custody="ours")
    key("Key", "no custody", "DE", ["compliant keys.place", "unproven keys.custody"], ledger__key__custody=None)
    key("Key", "custody as a number", "DE", ["compliant keys.place", "unproven keys.custody"], ledger__key__custody=1)
    key("Key", "cache time at the limit", "DE", ["compliant keys.place"], ledger__key__ttl_s=300)
    key("Key", "cache time over the limit", "DE", ["compliant keys.place", "violation keys.max-cache"], ledger__key__ttl_s=301)
    key("Key", "cache time beyond 2^53", "DE", ["compliant keys.place", "violation keys.max-cache"], ledger__key__ttl_s={"int": str(2**62)})
    key("Key", "cache time as text", "DE", ["compliant keys.place", "unproven keys.max-cache"], ledger__key__ttl_s="300")
    key("Key", "negative cache time", "DE", ["compliant keys.place", "unproven keys.max-cache"], ledger__key__ttl_s=-1)
    key("Key", "several custodies", "DE", ["compliant keys.place", "violation keys.custody"], ledger__key__custody=["hyok", "byok"])
    key("Key", "several cache times", "DE", ["compliant keys.place", "violation keys.max-cache"], ledger__key__ttl_s=[300, 301])
    key("Key", "no rules for keys", "DE", ["unproven no-rule"], policy=LEAST)
    put("Key", "custody and cache time on the resource",
        event("key.use", {"key": "DE"}) | {"resource": {"attributes": {"ledger.key.custody": "byok", "ledger.key.ttl_s": 301}}},
        ["key compliant keys.place", "key violation keys.custody", "key violation keys.max-cache"])
    put("Key", "the key of a data access", event("data.access", {"key": "FR", "processing": "DE"}, ledger__key__custody="byok"),
        ["key violation keys.place", "processing compliant *.processing", "key violation keys.custody"])
    put("Key", "a data access need not name its custody", event("data.access", {"key": "DE", "processing": "DE"}),
        ["key compliant keys.place", "processing compliant *.processing"])

    def operator(comment, place, outcome, policy=BANK, rule_="operators.countries"):
        put("Operator", comment, event("data.access", {"operator": place}), [f"operator {outcome} {rule_}"], policy)

    operator("from an allowed country", "FR", "compliant")
    operator("from elsewhere", "IN", "violation")
    operator("from somewhere in a jurisdiction", "EU", "unproven")
    operator("no rule", "DE", "unproven", LEAST, "no-rule")
    def user(comment, expected, place, policy=BANK):
        put("User", comment, event("data.access", {"processing": "FR", "user": place}), ["processing compliant *.processing", *expected], policy)

    free = changed(BANK, ["users"], None)
    user("from an allowed country", ["user compliant users.countries"], "CH")
    user("from elsewhere", ["user violation users.countries"], "US")
    user("from where nobody knows", ["user unproven place.unknown"], "moon:base-1")
    user("from elsewhere, where the policy does not speak of it", [], "US", free)
    user("from where nobody knows, where the policy does not speak of it", [], "moon:base-1", free)
    user("a claim where more is demanded of all, but not of this", ["processing unproven assurance.processing"], "US|claimed",
         changed(free, ["assurance"], {"default": "proven"}))
    put("User", "nothing but the user, where the policy does not speak of it", event("data.access", {"user": "US"}), ["processing unproven no-rule"], free)
    put("User", "under an exception", event("data.access", {"user": "US"}), ["user exception exceptions.trip"],
        BANK | {"exceptions": [{"id": "trip", "category": "*", "hop": "user", "place": "US", "basis": "journey", "until": "2027-01-01"}]})
    data("Provider", "another provider", "gcp:europe-west1", ["violation customer-data.storage", "violation providers.storage"], hop="storage")
    data("Provider", "no provider named", "FR", ["compliant *.storage", "unproven providers.storage"], hop="storage", category="")
    data("Provider", "one of the providers", "aws:eu-west-3", ["compliant *.storage"], hop="storage", category="")

    forged = event("data.access", {"processing": "aws:us-west-2"}, ledger__data__category="customer-data")
    put("Forged", "compliant", forged, [f"processing compliant {rule}"], valid=False)
    put("Forged", "unproven", forged, [f"processing unproven {rule}"], valid=False)
    put("Forged", "another rule", forged, ["processing violation *.processing"], valid=False)
    put("Forged", "another hop", forged, [f"storage violation {rule}"], valid=False)
    put("Forged", "one finding more", forged, [f"processing violation {rule}", "key compliant keys.place"], valid=False)
    put("Forged", "prevented, though it was not refused", forged, [f"processing prevented {rule}"], valid=False)
    put("Forged", "a violation, though it was refused", forged | {"attributes": {"audit.outcome": "denied", "ledger.data.category": "customer-data"}},
        [f"processing violation {rule}"], valid=False)
    two = event("data.access", {"gateway": "DE", "edge": "aws:eu-west-1"})
    put("Forged", "one finding less", two, ["gateway compliant *.gateway"], valid=False)
    put("Forged", "findings in another order", two, ["gateway compliant *.gateway", "edge compliant *.edge"], valid=False)
    return s
