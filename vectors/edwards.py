"""Ed25519 by its definition, RFC 8032 section 5.1, slowly: what a signature check means when nothing is left to a library."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NEUTRAL = (0, 1)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def times(n, point):
    sum_ = NEUTRAL
    while n:
        if n & 1:
            sum_ = add(sum_, point)
        point, n = add(point, point), n >> 1
    return sum_


def encode(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def decode(data):
    """The point, or None where no canonical encoding of one is given."""
    y, sign = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or x == 0 and sign:
        return None
    return (x if x & 1 == sign else P - x), y


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_prime_order(point):
    return point != NEUTRAL and times(L, point) == NEUTRAL


def challenge(r, public, message):
    return int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L


def scalar(seed):
    """The secret scalar of a private key, and the prefix of its nonces."""
    h = hashlib.sha512(seed).digest()
    return int.from_bytes(h[:32], "little") & ~7 & ~(1 << 255) & (1 << 255) - 1 | 1 << 254, h[32:]


def sign(seed, message, torsion=NEUTRAL):
    """A signature; with torsion, one whose R carries that point of small order."""
    a, prefix = scalar(seed)
    public = encode(times(a, BASE))
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    r = encode(add(times(nonce, BASE), torsion))
    return r + ((nonce + challenge(r, public, message) * a) % L).to_bytes(32, "little")


def verifies(public, message, signature):
    """Without the cofactor; keys of prime order alone; every encoding canonical."""
    key = decode(public) if len(public) == 32 else None
    if key is None or not is_prime_order(key) or len(signature) != 64:
        return False
    r, s = decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if r is None or s >= L:
        return False
    return times(s, BASE) == add(r, times(challenge(signature[:32], public, message), key))
