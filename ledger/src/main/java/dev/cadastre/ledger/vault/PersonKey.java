package dev.cadastre.ledger.vault;

/**
 * A key of a log's pseudonyms.
 *
 * @param period the month whose it is, {@code 2026-03}
 * @param number from 1 on: a period whose key was destroyed gets another
 */
public record PersonKey(String period, int number, boolean destroyed) {}
