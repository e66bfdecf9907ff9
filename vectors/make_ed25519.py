"""Ed25519 signatures: those of C2SP CCTV and Wycheproof, and some whose signer made an R with a part of small order.

    python3 vectors/make_ed25519.py CCTV/ed25519/ed25519vectors.json wycheproof/testvectors_v1/ed25519_test.json

The results are those of edwards.py; they are compared with what Wycheproof says and with pyca/cryptography, which asks OpenSSL.
"""

import json
import sys
from pathlib import Path

import edwards
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from reference import sha256
from suite import Suite

NOTES = {
    "Cctv": "From C2SP CCTV, ed25519vectors.json: its number, and its flags in words.",
    "Wycheproof": "From C2SP Wycheproof, ed25519_test.json: its tcId and comment.",
    "WeakKey": "The key is not canonical or not of prime order; its signatures do not hold, whatever others say of them.",
    "Torsion": "A good key; R has a part of small order, so the equation holds times the cofactor alone. Checks that multiply it, "
               "or both sides by a number that happens to be even, accept it; OpenSSL and Go do not.",
    "NotCanonical": "R or S in an encoding that is not the canonical one.",
    "Other": "Any other signature, good or bad."}
# Of order 8; its multiples are of order 4 and 2.
ORDER_8 = edwards.decode(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))


def kind(public, signature):
    key = edwards.decode(public)
    if key is None or not edwards.is_prime_order(key):
        return "WeakKey"
    if len(signature) != 64:
        return "Other"
    r = edwards.decode(signature[:32])
    if r is None or int.from_bytes(signature[32:], "little") >= edwards.L:
        return "NotCanonical"
    return "Other" if edwards.times(edwards.L, r) == edwards.NEUTRAL else "Torsion"


def openssl(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except InvalidSignature:
        return False


def suite(cctv, wycheproof):
    s = Suite("ed25519", "Ed25519 (RFC 8032): public key, message and signature in hexadecimal. Valid is what holds without the cofactor, "
              "in canonical encodings, under a key of prime order.", NOTES)

    def put(comment, public, message, signature, *flags, expected=None):
        holds, what = edwards.verifies(public, message, signature), kind(public, signature)
        assert expected in (None, holds), comment
        assert what == "WeakKey" or holds == openssl(public, message, signature), comment
        s.add(holds, comment, *flags, what, publicKey=public.hex(), message=message.hex(), signature=signature.hex())

    for one in cctv:
        words = ", ".join(flag.replace("_", " ") for flag in one["flags"] or ["nothing odd"])
        put(f"{one['number']}: {words}", bytes.fromhex(one["key"]), one["msg"].encode(), bytes.fromhex(one["sig"]), "Cctv")
    for group in wycheproof["testGroups"]:
        for one in group["tests"]:
            put(f"{one['tcId']}: {one['comment']}", bytes.fromhex(group["publicKey"]["pk"]), bytes.fromhex(one["msg"]), bytes.fromhex(one["sig"]),
                "Wycheproof", expected=one["result"] == "valid")
    seed = sha256(b"a signer that wants to be believed here alone")
    public = edwards.encode(edwards.times(edwards.scalar(seed)[0], edwards.BASE))
    for order in (1, 2, 4, 8):
        for i in range(8):
            message = f"evidence {i}".encode()
            put(f"R with a part of order {order}", public, message, edwards.sign(seed, message, edwards.times(8 // order, ORDER_8)))
    return s


if __name__ == "__main__":
    suite(*(json.loads(Path(name).read_text()) for name in sys.argv[1:3])).write()
