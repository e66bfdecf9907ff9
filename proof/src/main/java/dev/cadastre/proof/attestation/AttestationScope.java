package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Hash;
import java.util.Optional;

/**
 * What an attestation speaks of, known before its entries are read.
 *
 * @param origin the log
 * @param from index of the first entry
 * @param to index after the last entry; the size of the tree under {@code root}
 * @param rootBefore root of the tree of the first {@code from} entries
 * @param root root of the tree of the first {@code to} entries
 * @param fromNs start of the period, Unix nanoseconds: the anchor before, or else when entry {@code
 *     from} was received
 * @param toNs end of the period, Unix nanoseconds: the anchor after, or else when it was asked for
 * @param before the anchor that commits to {@code rootBefore}; none when the period starts at the
 *     log's birth
 * @param after the anchor that commits to {@code root}; none as long as there is none
 * @param policy the policy in force before entry {@code from}
 */
public record AttestationScope(
    String origin,
    long from,
    long to,
    Hash rootBefore,
    Hash root,
    long fromNs,
    long toNs,
    Optional<AnchorPoint> before,
    Optional<AnchorPoint> after,
    Optional<PolicyUse> policy) {}
