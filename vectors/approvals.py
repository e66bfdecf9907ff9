"""Approvals and what refers to them, by docs/formats/approval.md, in code that shares nothing with the Java code."""

import json
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

REGISTRY = json.loads((Path(__file__).parent.parent / "formats/src/main/resources/dev/cadastre/formats/registry/regions.json").read_text(encoding="utf-8"))
SCOPE = ("category", "key", "operation", "place", "service")
S = 10**9


def place_of(text, sites):
    """Regions and countries that a place may be in; None for one that nobody knows."""
    if text in REGISTRY["countries"]:
        return set(), {text}
    if text in REGISTRY["jurisdictions"]:
        return set(), set(REGISTRY["jurisdictions"][text])
    provider, _, name = text.partition(":")
    if provider == "onprem":
        return ({text}, {sites[name]}) if name in sites else None
    of = REGISTRY["providers"].get(provider, {"regions": {}, "areas": {}})
    names = [name] if name in of["regions"] else of.get("areas", {}).get(name, {}).get("regions", [])
    return ({f"{provider}:{one}" for one in names}, {of["regions"][one]["country"] for one in names}) if names else None


def covers(outer, inner, sites):
    outer, inner = place_of(outer, sites), place_of(inner, sites)
    if not outer or not inner:
        return False
    return inner[0] != set() and inner[0] <= outer[0] if outer[0] else inner[1] <= outer[1]


def end(text):
    """The first nanosecond after a UTC date or instant; None if it is none."""
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            day = date.fromisoformat(text)
            moment, more = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) + timedelta(days=1), 0
        elif found := re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.]([0-9]{1,9}))?Z", text):
            moment, more = datetime.fromisoformat(found[1] + "+00:00"), int((found[2] or "").ljust(9, "0"))
            day = moment.date()
        else:
            return None
    except ValueError:
        return None
    return int(moment.timestamp()) * S + more if 1970 <= day.year and moment.year <= 2261 else None


def is_withdrawal(event):
    name = event.get("name", "").lower().removeprefix("ledger.")
    return event["kind"] == "approval" and (name == "approval.withdrawn" or name.startswith("approval.withdrawn."))


def given(event, index, t, text, texts, succeeded):
    """The approval that a record gives, if it does."""
    attributes = event["attributes"]
    id_, authority, until = (text(attributes, "ledger.approval." + name) for name in ("id", "authority", "until"))
    if event["kind"] != "approval" or is_withdrawal(event) or not succeeded or not (id_ and authority and until) or end(until) is None:
        return None
    scope = {name: texts(event, "ledger.approval." + name) for name in SCOPE}
    scope = {name: of for name, of in scope.items() if of}
    more = {"by": text(attributes, "audit.actor.id") or event.get("person"), "filing": text(attributes, "ledger.approval.filing")}
    whole = {"id": id_, "index": index, "at": t, "until": end(until), "authority": authority} | {name: said for name, said in more.items() if said}
    return whole | scope if scope else None


def holds_for(approval, t, categories, keys, services, operations, places, sites):
    """Whether an approval holds for what a record tells, at its time."""
    def within(name, named, every):
        allowed = approval.get(name, ["*"])
        return "*" in allowed or named != [] and every(one in allowed for one in named)

    return (approval["at"] <= t < approval["until"] and within("category", categories or ["*"], all) and within("key", keys, all)
            and within("operation", operations, any) and within("service", services, all)
            and ("place" not in approval or any(covers(outer, inner, sites) for outer in approval["place"] for inner in places)))
