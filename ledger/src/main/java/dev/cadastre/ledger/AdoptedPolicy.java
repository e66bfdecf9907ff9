package dev.cadastre.ledger;

import dev.cadastre.proof.residency.Policy;
import dev.cadastre.proof.residency.Registry;

/**
 * A policy in force in a log.
 *
 * @param index the index of the entry that adopted it
 * @param registry the registry it was adopted with
 */
public record AdoptedPolicy(long index, Policy policy, Registry registry) {}
