package dev.cadastre.proof.event;

import dev.cadastre.proof.Hash;

/**
 * Which evidence the server appraised and found genuine. Written by the server alone, so that
 * whoever holds the evidence itself can tell that it is the same, and whose key vouched for it.
 *
 * @param issued when the issuer made it, unsigned Unix nanoseconds; 0 when it does not say
 * @param key SHA-256 of the DER SubjectPublicKeyInfo of the key that signed it
 * @param sha256 of the evidence as it came: of a text its UTF-8, of bytes the bytes
 * @param subject what it was issued to, such as an instance's resource name or a SPIFFE id
 * @param type such as {@code aws-iid}; docs/location-evidence.md lists them
 */
public record LocationEvidence(long issued, Hash key, Hash sha256, String subject, String type) {}
