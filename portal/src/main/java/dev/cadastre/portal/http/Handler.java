package dev.cadastre.portal.http;

import dev.cadastre.formats.Refused;
import java.io.IOException;

/** Answers one call. What it throws as {@link Refused} is the request's fault and becomes a 400. */
@FunctionalInterface
public interface Handler {
  void handle(Call call) throws Refused, IOException;
}
