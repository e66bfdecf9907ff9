"""Writes the vector files of this folder. Run `python3 vectors/generate.py`; the output is the same every time."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import make_attestations
import make_entries
import make_events
import make_inventories
import make_json
import make_notes
import make_policies
import make_residency
import make_states
import make_trees

for module in (make_trees, make_notes, make_policies, make_json, make_entries, make_events, make_residency, make_attestations, make_states, make_inventories):
    for suite in module.suites():
        suite.write()
