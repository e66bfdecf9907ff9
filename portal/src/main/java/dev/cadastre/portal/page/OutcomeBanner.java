package dev.cadastre.portal.page;

/** How things stand, in words; {@code outcome} is the heaviest seen. */
public record OutcomeBanner(
    String outcome, String headline, String text, String href, String link) {}
