package dev.cadastre.portal.web.page;

/** A number and the list that it counts. */
public record KeyFigure(String label, String value, String href) {}
