package dev.cadastre.portal.page;

/** A number and the list that it counts. */
public record KeyFigure(String label, String value, String href) {}
