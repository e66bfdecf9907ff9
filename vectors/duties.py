"""Duties that the order of a log shows to be kept or not, by docs/detectors.md, in code that shares nothing with the Java code."""

S = 10**9
SECTIONS = {"keys": "rotate-every attested-release double-key dual-control".split(), "backups": ["consent"], "exports": ["approved-by", "filing"],
            "degraded": ["writes", "reads"], "learning": ["budget"]}
HOPS = {"keys": "key", "backups": "backup", "exports": "egress", "degraded": "storage", "learning": "processing"}
BACKUPS, EXPORTS = ("backup", "replica", "snapshot"), ("diode.export", "ioc.export", "representation.export", "rollup", "split.export", "synthetic.export")
WRITES = "create write put insert update delete import upload copy move".split()
READS = "read get list query search view download export".split()
REFUSED = "refused denied blocked rejected stopped".split()


def asked(policy, key):
    """What a policy asks for of a record that names such a key, or none."""
    said = {f"{section}.{member}": policy[section][member] for section, members in SECTIONS.items() for member in members if member in policy.get(section, {})}
    fitting = [name for name in policy.get("keys", {}).get("named", {}) if key is not None and fits(name, key)]
    if fitting:
        own = key if key in fitting else max(fitting, key=len)
        said |= {f"keys.{member}": value for member, value in policy["keys"]["named"][own].items() if member in SECTIONS["keys"]}
    return said


def fits(name, key):
    return key.startswith(name[:-1]) if name.endswith("*") else key == name


def seconds(text):
    return int(text[:-1])


def words(said):
    return [said] if isinstance(said, str) else said


def begins(event, names):
    name = event.get("name", "").lower().removeprefix("ledger.")
    return any(name == one or name.startswith(one + ".") for one in names)


def millionths(value):
    if isinstance(value, dict) and "double" in value:
        number = float(value["double"])
    else:
        number = int(value["int"]) if isinstance(value, dict) and "int" in value else value
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not number > 0:
        return 0
    return 10**15 if number > 10**9 else min(10**15, -int(-(number * 1_000_000) // 1))


class Duties:
    """What is followed for them: by what it is and its name, a time (or a period) and a number."""

    def __init__(self, policy):
        self.policy, self.kept, self.traced = policy, {}, {}

    def take(self, t, e, use, operation, word, outcome, instance, service, text, approval):
        """The rules that a record breaks, with the hop of each; the rest is asked of whoever follows the log."""
        key = text(e["attributes"], "ledger.key.id")
        done = outcome == "succeeded"
        rules = []
        for rule, said in asked(self.policy, key).items():
            section, member = rule.split(".")
            if getattr(self, member.replace("-", "_"))(said, t, e, key, use, operation, word, done, instance, service, text, approval):
                rules.append((HOPS[section], rule))
        return rules

    def latest(self, what, name, t):
        if (what, name) not in self.kept or self.kept[what, name][0] < t:
            self.kept[what, name] = (t, 0)

    def rotate_every(self, said, t, e, key, use, operation, word, done, *_):
        if not key or not done:
            return False
        if e["kind"] == "key.lifecycle":
            if operation in ("rotate", "rewrap", "create", "generate", "import"):
                self.latest("rotated", key, t)
            return False
        return use and ("rotated", key) in self.kept and t - self.kept["rotated", key][0] > seconds(said) * S

    def attested_release(self, said, t, e, key, use, operation, word, done, instance, *_):
        if not done:
            return False
        if e["kind"] == "location.evidence":
            self.latest("attested", instance, t)
        if e["kind"] != "key.use" or operation not in ("unwrap", "release", "fetch"):
            return False
        last = self.kept.get(("attested", instance))
        return t - last[0] > seconds(said) * S if last else ("attested", "*") not in self.kept

    def double_key(self, said, t, e, key, use, operation, word, done, *_):
        trace = e.get("trace", "")
        if not trace or not done:
            return False
        known, used = self.traced.get(trace[:3], (trace, set()))
        used = used if known == trace else set()
        if e["kind"] == "key.use":
            self.traced[trace[:3]] = (trace, used | {i for i, name in enumerate(words(said)) if fits(name, key or "")})
            return False
        return e["kind"] in ("data.access", "inference") and 0 < len(used) < len(words(said))

    def dual_control(self, said, t, e, key, use, operation, word, done, instance, service, text, approval):
        about = e["kind"] == "key.lifecycle" and done and operation in words(said)
        return about and (approval is None or "by" in approval and approval["by"] == (text(e["attributes"], "audit.actor.id") or e.get("person")))

    def consent(self, said, t, e, key, use, operation, word, done, instance, service, text, approval):
        copy = "backup" in e.get("locations", {}) or e["kind"] == "lifecycle" and begins(e, BACKUPS)
        return copy and done and approval is None

    def is_export(self, e, word, text):
        said = text(e["attributes"], "ledger.data.operation")
        return begins(e, EXPORTS) or said is not None and word(said) == "export"

    def approved_by(self, said, t, e, key, use, operation, word, done, instance, service, text, approval):
        return self.is_export(e, word, text) and done and (approval is None or approval["authority"] not in words(said))

    def filing(self, said, t, e, key, use, operation, word, done, instance, service, text, approval):
        return self.is_export(e, word, text) and done and (approval is None or "filing" not in approval)

    def mode(self, t, e, service, text):
        state = text(e["attributes"], "ledger.mode.state")
        if e["kind"] != "mode" or not state:
            return None
        if state.strip().lower() == "normal":
            self.kept.pop(("degraded", service), None)
        else:
            self.kept.setdefault(("degraded", service), (t, 0))
        return state.strip().lower()

    def data(self, e, word, done, text, which):
        said = text(e["attributes"], "ledger.data.operation") or text(e["attributes"], "audit.action")
        return e["kind"] == "data.access" and done and said is not None and word(said) in which

    def since(self, t, service):
        at = self.kept.get(("degraded", service), (t, 0))[0]
        return t - at if t > at else None

    def writes(self, said, t, e, key, use, operation, word, done, instance, service, text, *_):
        mode = self.mode(t, e, service, text)
        if mode:
            taken = text(e["attributes"], "ledger.mode.writes")
            return mode != "normal" and taken is not None and taken.strip().lower() not in REFUSED
        return self.data(e, word, done, text, WRITES) and self.since(t, service) is not None

    def reads(self, said, t, e, key, use, operation, word, done, instance, service, text, *_):
        if self.mode(t, e, service, text) or not self.data(e, word, done, text, READS):
            return False
        since = self.since(t, service)
        return since is not None and since > seconds(said) * S

    def budget(self, said, t, e, key, use, operation, word, done, *_):
        spent = millionths(e["attributes"].get("ledger.model.update.epsilon"))
        if not spent or not done:
            return False
        period, over = t // (seconds(said["every"]) * S), False
        for category in categories(e):
            at, before = self.kept.get(("spent", category), (period, 0))
            if at > period:
                continue
            now = min(10**15, spent + (before if at == period else 0))
            self.kept["spent", category] = (period, now)
            over = over or now > said["epsilon"] * 1_000_000
        return over


def categories(e):
    for attributes in (e["attributes"], e.get("resource", {}).get("attributes", {})):
        value = attributes.get("ledger.data.category", [])
        named = [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str) and v.strip()]
        if named:
            return list(dict.fromkeys(named))
    return ["*"]


def rotation(duties, keys, disabled, to_ns):
    """Which keys are rotated as often as the policy asks, at an instant."""
    every = {key: seconds(asked(duties.policy, key)["keys.rotate-every"]) for key in {*keys, *(n for what, n in duties.kept if what == "rotated")}
             if "keys.rotate-every" in asked(duties.policy, key) and key not in disabled}
    last = {key: duties.kept["rotated", key][0] for key in every if ("rotated", key) in duties.kept}
    overdue = [key for key in sorted(last) if to_ns - last[key] > every[key] * S]
    return {"rotation": {"inTime": len(last) - len(overdue), "unknown": len(every) - len(last), "overdue": [{"id": key, "at": str(last[key])} for key in overdue]}} if every else {}
