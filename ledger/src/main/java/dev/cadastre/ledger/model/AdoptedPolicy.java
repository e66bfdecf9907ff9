package dev.cadastre.ledger.model;

import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;

/**
 * A policy in force in a log.
 *
 * @param index the index of the entry that adopted it
 * @param registry the registry it was adopted with
 */
public record AdoptedPolicy(long index, Policy policy, Registry registry) {}
