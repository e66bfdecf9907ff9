"""The formats once more, in the plainest Python: what the vectors are made with.

Nothing here is shared with the Java code. Trees are the recursive definitions of RFC 6962, signatures come from
pyca/cryptography and dilithium-py, JSON numbers from Python's own shortest repr.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dilithium_py.ml_dsa import ML_DSA_44

ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def split(n):
    """The largest power of two below n."""
    return 1 << (n - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node_hash(root(leaves[:k]), root(leaves[k:]))


def inclusion(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return inclusion(m, leaves[:k]) + [root(leaves[k:])]
    return inclusion(m - k, leaves[k:]) + [root(leaves[:k])]


def consistency(m, leaves):
    return [] if m in (0, len(leaves)) else subproof(m, leaves, True)


def subproof(m, leaves, known):
    n = len(leaves)
    if m == n:
        return [] if known else [root(leaves)]
    k = split(n)
    if m <= k:
        return subproof(m, leaves[:k], known) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def root_by_path(m, n, leaf, path):
    """The root a path leads to, or None: the recursive reading, against the iterative one of RFC 9162."""
    if not 0 <= m < n:
        return None
    if n == 1:
        return leaf if not path else None
    if not path:
        return None
    k = split(n)
    if m < k:
        left = root_by_path(m, k, leaf, path[:-1])
        return left and node_hash(left, path[-1])
    right = root_by_path(m - k, n - k, leaf, path[:-1])
    return right and node_hash(path[-1], right)


class Key:
    """A named key of type 01, 04 or 06 from a label, so that every run makes the same one."""

    def __init__(self, name, type_=1, label=None):
        self.name, self.type = name, type_
        seed = sha256((label or f"{name}/{type_}").encode())
        if type_ == 6:
            self.public, self.secret = ML_DSA_44.key_derive(seed)
        else:
            self.secret = Ed25519PrivateKey.from_private_bytes(seed)
            self.public = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def id(self):
        return key_id(self.name, self.type, self.public)

    @property
    def vkey(self):
        return vkey(self.name, self.id, bytes([self.type]) + self.public)

    def raw(self, message):
        if self.type == 6:
            return ML_DSA_44.sign(self.secret, message, deterministic=True)
        return self.secret.sign(message)

    def blob(self, text, time=0):
        if self.type == 1:
            return self.raw(text.encode())
        if self.type == 4:
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
        else:
            origin, size, root_ = text.split("\n")[:3]
            message = cosigned_message(self.name, time, origin, 0, int(size), base64.b64decode(root_))
        return time.to_bytes(8, "big") + self.raw(message)

    def line(self, text, time=0):
        return signature_line(self.name, self.id, self.blob(text, time))


def key_id(name, type_, public):
    return sha256(name.encode() + b"\n" + bytes([type_]) + public)[:4]


def vkey(name, id_, material):
    return f"{name}+{id_.hex()}+{b64(material)}"


def signature_line(name, id_, signature):
    return f"— {name} {b64(id_ + signature)}\n"


def cosigned_message(name, time, origin, start, end, root_):
    def opaque(s):
        return bytes([len(s.encode())]) + s.encode()

    numbers = start.to_bytes(8, "big") + end.to_bytes(8, "big")
    return b"subtree/v1\n\0" + opaque(name) + time.to_bytes(8, "big") + opaque(origin) + numbers + root_


def checkpoint(origin, size, root_):
    return f"{origin}\n{size}\n{b64(root_)}\n"


def note(text, *lines):
    return text + "\n" + "".join(lines)


def es6(x):
    """A double as ECMAScript writes it, laid out anew from Python's shortest digits."""
    if x == 0:
        return "0"
    sign, digits, exponent = __import__("decimal").Decimal(repr(x)).normalize().as_tuple()
    s = "".join(map(str, digits))
    k, n = len(s), len(s) + exponent
    if k <= n <= 21:
        out = s + "0" * (n - k)
    elif 0 < n <= 21:
        out = s[:n] + "." + s[n:]
    elif -6 < n <= 0:
        out = "0." + "0" * -n + s
    else:
        e = n - 1
        out = (s if k == 1 else s[0] + "." + s[1:]) + "e" + ("-" if e < 0 else "+") + str(abs(e))
    return ("-" if sign else "") + out


def canonical(value):
    """RFC 8785 for values that Python reads from JSON."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(n) + ":" + canonical(value[n]) for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return es6(float(value))
    return json.dumps(value, ensure_ascii=False)
