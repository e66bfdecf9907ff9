package dev.cadastre.portal.page;

/** How many events got a verdict; {@code href} lists them, or is empty. */
public record VerdictCount(String outcome, String count, String href) {}
