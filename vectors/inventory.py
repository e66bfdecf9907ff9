"""An operator's inventory of resources, by docs/formats/inventory.md, in code that shares nothing with the Java code."""

import re
from string import ascii_lowercase, ascii_uppercase

from approvals import covers

CUSTODY = {"pmk": "provider-managed", "cmk": "customer-managed", "byok": "customer-managed", "cpk": "customer-provided", "csek": "customer-provided",
           "hyok": "customer-held", "ekm": "customer-held", "dke": "double-key"}
# What is judged, and so looked up.
JUDGED = ("data.access key.use key.lifecycle inference model.load egress gateway.decision flow.edge lifecycle support.access model.update provisioning "
          "resource.observed").split()


def utf16(text):
    return text.encode("utf-16-be")


def custody_of(text):
    word = text.strip().translate(str.maketrans(ascii_uppercase, ascii_lowercase)).replace("_", "-")
    return CUSTODY.get(word, word if word in CUSTODY.values() else None)


def texts(value):
    return list(dict.fromkeys(v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()))


def find(inventory, section, id_):
    """What is declared of one id, its vault's part included; None if nothing is."""
    of = inventory.get(section, {})
    if id_ not in of:
        fitting = [p for p in of if "*" in p and re.fullmatch(".*".join(map(re.escape, p.split("*"))), id_, re.DOTALL)]
        if not fitting:
            return None
        id_ = min(fitting, key=lambda p: (-len(utf16(p.replace("*", ""))), utf16(p)))
    return inventory.get("vaults", {}).get(of[id_].get("vault"), {}) | of[id_]


def resource_of(event):
    return event.get("resource", {}).get("attributes", {})


def is_elsewhere(event):
    """Whether the processing was not the sender's: as far as the vectors go, which call models by a name alone."""
    return event["kind"] == "inference" and event["attributes"].get("ledger.inference.hosting") != "self"


def named(inventory, event):
    """Per hop, the ids that the record names, each with what is declared of it or None."""
    own = event["attributes"]

    def all_(section, value):
        return [(id_, find(inventory, section, id_)) for id_ in texts(value)]

    stores = []
    if event["kind"] not in ("key.use", "key.lifecycle"):
        stores = all_("stores", own.get("ledger.data.object.id"))
        if all(one is None for _, one in stores):
            stores = all_("stores", own.get("audit.target.id"))
    out = {"key": all_("keys", own.get("ledger.key.id")), "storage": stores, "backup": stores}
    if event["kind"] == "egress":
        out["egress"] = all_("hosts", own.get("server.address"))
    elif is_elsewhere(event):
        out["processing"] = all_("hosts", own.get("server.address"))
    if not is_elsewhere(event) and "ledger.source.format" not in own:
        out["processing"] = all_("services", texts(own.get("service.name")) or resource_of(event).get("service.name"))
    return out


def place_at(hop, declared):
    if declared is None or hop in ("storage", "backup") and declared.get("hop", "storage") != hop:
        return None
    return declared.get("place")


def plain(event):
    """The event without what is declared."""
    locations = {hop: one for hop, one in event.get("locations", {}).items() if one["assurance"] != "declared"}
    out = {name: value for name, value in event.items() if name not in ("custody", "locations")}
    return out | ({"locations": locations} if locations else {})


def stated(event):
    """Custody in the record's own words, or else its Resource's."""
    own = event["attributes"].get("ledger.key.custody", resource_of(event).get("ledger.key.custody"))
    return [] if own is None else [one for one in (own if isinstance(own, list) else [own]) if not isinstance(one, str) or one.strip()]


def categories(event):
    return texts(event["attributes"].get("ledger.data.category")) or texts(resource_of(event).get("ledger.data.category"))


def completed(inventory, event):
    event = plain(event)
    if not inventory or event["kind"] not in JUDGED:
        return event
    ids, locations = named(inventory, event), dict(event.get("locations", {}))
    for hop, found in ids.items():
        places = [place_at(hop, one) for _, one in found]
        if hop not in locations and places and None not in places:
            locations[hop] = {"assurance": "declared", "place": " + ".join(dict.fromkeys(places))}
    custody = [one and one.get("custody") for _, one in ids["key"]]
    if locations:
        event = event | {"locations": locations}
    if not stated(event) and custody and None not in custody:
        event = event | {"custody": list(dict.fromkeys(map(custody_of, custody)))}
    return event


def agrees(declared, seen, sites):
    return all(one == declared or covers(declared, one, sites) or covers(one, declared, sites) for one in seen.split(" + "))


def differences(inventory, event, sites):
    """What differs: resource, of, declared, seen."""
    event, out = plain(event), []
    ids = named(inventory, event)
    for hop in ("backup", "egress", "key", "processing", "storage"):
        seen = event.get("locations", {}).get(hop)
        for id_, one in ids.get(hop, []):
            declared = place_at(hop, one)
            if seen and declared and not agrees(declared, seen["place"], sites):
                out.append((id_, hop, declared, seen["place"]))
    for id_, one in ids["key"]:
        declared = one and one.get("custody") and custody_of(one["custody"])
        wrong = [v for v in stated(event) if not isinstance(v, str) or custody_of(v) != declared]
        if declared and wrong:
            out.append((id_, "custody", declared, wrong[0] if isinstance(wrong[0], str) else "(not a text)"))
    for id_, one in ids["storage"]:
        holds = texts((one or {}).get("holds"))
        strange = [c for c in categories(event) if c not in holds]
        if holds and strange:
            out.append((id_, "holds", " + ".join(holds), strange[0]))
    return out


def is_held_against(inventory, event):
    event = plain(event)
    ids = named(inventory, event)
    places = any(hop in event.get("locations", {}) and place_at(hop, one) for hop, found in ids.items() for _, one in found)
    custody = stated(event) and any(one and one.get("custody") for _, one in ids["key"])
    holds = categories(event) and any(one and one.get("holds") for _, one in ids["storage"])
    return bool(places or custody or holds)


def counts(entries, adopted):
    """The attestation's member of that name; None if there is nothing to say."""
    inventory, sites, declared, agreeing, found = None, {}, 0, 0, {}
    for index, event in [(None, adopted)] * bool(adopted) + entries:
        if event["kind"] == "policy.adopted":
            inventory, sites = event.get("inventory"), event["policy"].get("sites", {})
        elif "attributes" in event:
            declared += "custody" in event or any(one["assurance"] == "declared" for one in event.get("locations", {}).values())
            if inventory and event["kind"] in JUDGED:
                differing = differences(inventory, event, sites)
                agreeing += not differing and is_held_against(inventory, event)
                for one in set(differing):
                    found.setdefault(one, []).append(index)
    if not (declared or agreeing or found):
        return None
    names = ("resource", "of", "declared", "seen")
    return {"declared": declared, "agreeing": agreeing, "differing": [
        dict(zip(names, one)) | {"count": len(found[one]), "entries": found[one]} for one in sorted(found, key=lambda one: [utf16(part) for part in one])]}
