"""What the vendor and its customer tell of one call, by docs/formats/attestation.md, in code that shares nothing with the Java code."""

import hashlib

import approvals

WAITING = 8_192
UNITS = 256
S = 10**9
PLACES = ("key", "processing", "storage")


def side_of(event):
    sender = event.get("sender", "cell")
    return "customer" if sender.startswith("counterpart/") else "cell" if sender in ("cell", "portal") else "vendor"


def within_of(adoption):
    text = (adoption or {"policy": {}})["policy"].get("customer-side", {}).get("match-within")
    return None if text is None else int(text[:-1]) * S


def short(s):
    return len(s.encode("utf-16-be")) // 2 <= UNITS


def telling(index, received, at, e, text, operation, attempt):
    """What one side tells of a call, by the names that a state has for it."""
    attributes = e["attributes"]
    use = e["kind"] == "key.use"
    named = [text(attributes, name) for name in (("ledger.key.id",) if use else ("ledger.data.object.id", "audit.target.id", "ledger.key.id"))]
    subject = next((one for one in named if one), "")
    digest = lambda sort, value: hashlib.sha256("\n".join((e["kind"], sort, value)).encode()).hexdigest()[:32]  # noqa: E731
    ids = []
    if request := text(attributes, "ledger.request.id") or text(attributes, "aws.request_id"):
        ids.append(digest("request", request))
    if e.get("id") and (source := text(attributes, "ledger.source.format")):
        ids.append(digest(source, e["id"]))
    ids += [digest(name, value) for name in ("ledger.key.ciphertext.sha256", "ledger.key.wrapped.sha256") if (value := text(attributes, name))]
    if e.get("trace"):
        key_operation = text(attributes, "ledger.key.operation")
        done = operation(key_operation) if key_operation else text(attributes, "ledger.data.operation") or text(attributes, "audit.action") or e.get("name", "")
        ids.append(digest("trace " + e["trace"], f"{done} {subject}"))
    said = {"version": text(attributes, "ledger.key.version")} | {hop: e.get("locations", {}).get(hop, {}).get("place") for hop in (("key",) if use else PLACES[1:])}
    told = {"index": index, "received": received, "at": at, "side": side_of(e), "ids": ids, "outcome": attempt}
    told |= {name: value for name, value in said.items() if value is not None and short(value)}
    return told | ({"subject": subject} if subject and short(subject) else {})


def differ(one, other, sites):
    def same(name):
        a, b = one[name], other[name]
        return a == b or name in PLACES and (approvals.covers(a, b, sites) or approvals.covers(b, a, sites))

    return any(name in one and name in other and not same(name) for name in ("outcome", "version", *PLACES))


class TwoSides:
    """Follows calls that one side told and the other has not yet, in the order of the log."""

    def __init__(self, adopted):
        self.within, self.waiting = within_of(adopted), []

    def adopt(self, adoption):
        self.within = within_of(adoption)
        if self.within is None:
            self.waiting = []

    def restore(self, told):
        self.waiting = sorted((dict(one) for one in told), key=lambda one: one["index"])

    def settle(self, now):
        over = [one for one in self.waiting if self.within is not None and now - one["received"] > self.within]
        self.waiting = [one for one in self.waiting if one not in over]
        return over

    def take(self, told, sites):
        """What becomes of a telling: alone (others, by now), and the other side's or why there is none."""
        over = self.settle(told["received"])
        if not told["ids"]:
            return over, "mute", False
        for id_ in told["ids"]:
            for other in self.waiting:
                if other["side"] != told["side"] and id_ in other["ids"] and abs(other["at"] - told["at"]) <= self.within:
                    self.waiting.remove(other)
                    return over, "matched", differ(told, other, sites)
        if sum(one["side"] == told["side"] for one in self.waiting) >= WAITING:
            return over, "passed", False
        self.waiting.append(told)
        return over, "waits", False

    def state(self, now):
        still = [one for one in self.waiting if self.within is not None and now - one["received"] <= self.within]
        return [one for side in ("customer", "vendor") for one in still if one["side"] == side]
