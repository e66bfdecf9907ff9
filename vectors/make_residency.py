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
            "storage": {"allow": ["onprem:frankfurt-dc"]}},
        "public": {"edge": {"allow": ["*"], "deny": ["RU"]}, "default": {"allow": ["EEA", "CH"]}}},
    "keys": {"allow": ["DE"], "custody": ["customer-held"], "max-cache": "300s"},
    "operators": {"countries": ["DE", "FR"]},
    "providers": {"storage": ["onprem", "aws"], "edge": ["aws"]},
    "sites": {"frankfurt-dc": "DE", "zurich-dc": "CH"},
    "exceptions": [
        {"id": "drill", "category": "customer-data", "hop": "processing", "place": "aws:us-east-1", "basis": "contract 7", "until": "2026-01-01"},
        {"id": "noon", "category": "customer-data", "hop": "processing", "place": "CA", "basis": "contract 8", "until": "2026-01-01T12:00:00Z"},
        {"id": "any", "category": "*", "hop": "storage", "place": "EFTA", "basis": "SCC", "until": "2027-01-01"}],
    "assurance": {"key": "corroborated", "default": "claimed"}}

LEAST = {"version": 1, "tenant": "t", "categories": {"*": {"default": {"allow": ["EU"]}}}}


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
    bad("Place", "country in lower case", changed(LEAST, ["categories", "*", "default", "allow"], ["de"]), "did you mean \"DE\"")
    bad("Place", "country by name", changed(LEAST, ["categories", "*", "default", "allow"], ["Germany"]), "did you mean \"DE\"")
    bad("Place", "region in capitals", changed(LEAST, ["categories", "*", "default", "allow"], ["AWS:EU-CENTRAL-1"]), "did you mean \"aws:eu-central-1\"")
    bad("Place", "misspelt region", changed(LEAST, ["categories", "*", "default", "allow"], ["aws:eu-centrl-1"]), "did you mean \"aws:eu-central-1\"")
    bad("Place", "region without provider", changed(LEAST, ["categories", "*", "default", "allow"], ["eu-central-1"]), "expected a name of the registry")
    bad("Place", "unknown jurisdiction", changed(LEAST, ["categories", "*", "default", "deny"], ["FIVE-EYES"]), "categories.*.default.deny")
    bad("Place", "undeclared site", changed(LEAST, ["categories", "*", "default", "allow"], ["onprem:basement"]), "onprem:basement")
    bad("Place", "site in no country", changed(BANK, ["sites", "frankfurt-dc"], "EU"), "sites.frankfurt-dc")
    bad("Place", "operators in a region", LEAST | {"operators": {"countries": ["aws:eu-central-1"]}}, "operators.countries")
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
    for comment, value in [("local time", "2026-01-01T00:00:00"), ("offset", "2026-01-01T00:00:00+01:00"), ("30 February", "2026-02-30"), ("hour 25", "2026-01-01T25:00:00Z"),
                           ("other order", "01.02.2026"), ("far future", "2300-01-01"), ("before 1970", "1969-12-31"), ("forever", "never")]:
        bad("Type", comment, changed(BANK, ["exceptions", 0, "until"], value), "exceptions[0].until")
    bad("Type", "a site in capitals", changed(BANK, ["sites", "Frankfurt"], "DE"), "sites.Frankfurt")
    bad("Type", "an exception's id twice", changed(BANK, ["exceptions", 1, "id"], "drill"), "exceptions[1]")
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
                  "Provider": "Who may serve a hop.",
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

    weight = ["compliant", "exception", "unproven", "violation"]

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
    data("Provider", "another provider", "gcp:europe-west1", ["violation customer-data.storage", "violation providers.storage"], hop="storage")
    data("Provider", "no provider named", "FR", ["compliant *.storage", "unproven providers.storage"], hop="storage", category="")
    data("Provider", "one of the providers", "aws:eu-west-3", ["compliant *.storage"], hop="storage", category="")

    forged = event("data.access", {"processing": "aws:us-west-2"}, ledger__data__category="customer-data")
    put("Forged", "compliant", forged, [f"processing compliant {rule}"], valid=False)
    put("Forged", "unproven", forged, [f"processing unproven {rule}"], valid=False)
    put("Forged", "another rule", forged, ["processing violation *.processing"], valid=False)
    put("Forged", "another hop", forged, [f"storage violation {rule}"], valid=False)
    put("Forged", "one finding more", forged, [f"processing violation {rule}", "key compliant keys.place"], valid=False)
    two = event("data.access", {"gateway": "DE", "edge": "aws:eu-west-1"})
    put("Forged", "one finding less", two, ["gateway compliant *.gateway"], valid=False)
    put("Forged", "findings in another order", two, ["gateway compliant *.gateway", "edge compliant *.edge"], valid=False)
    return s
