"""One vector file in the manner of Wycheproof: flags explain each attack, tests say valid or invalid."""

import json
from pathlib import Path

FOLDER = Path(__file__).parent


class Suite:
    def __init__(self, name, header, notes):
        self.name, self.header, self.notes, self.tests = name, header, notes, []

    def add(self, valid, comment, *flags, **fields):
        unknown = set(flags) - set(self.notes)
        assert not unknown, unknown
        result = "valid" if valid else "invalid"
        head = {"tcId": len(self.tests) + 1, "comment": comment, "flags": list(flags)}
        self.tests.append(head | fields | {"result": result})

    def valid(self, comment, *flags, **fields):
        self.add(True, comment, *flags, **fields)

    def invalid(self, comment, *flags, **fields):
        self.add(False, comment, *flags, **fields)

    def write(self):
        tests = ",\n".join(json.dumps(t, ensure_ascii=True) for t in self.tests)
        notes = json.dumps(self.notes, indent=1)
        (FOLDER / f"{self.name}.json").write_text(
            f'{{"schema": "vectors.schema.json",\n"header": {json.dumps(self.header)},\n"notes": {notes},\n'
            f'"numberOfTests": {len(self.tests)},\n"tests": [\n{tests}\n]}}\n'
        )
