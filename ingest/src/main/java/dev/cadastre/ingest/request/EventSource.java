package dev.cadastre.ingest.request;

import java.util.Locale;
import java.util.Optional;

/** Systems that send their events themselves, and do not speak OTLP. Each has a path. */
public enum EventSource {
  /** Decision logs of Open Policy Agent. */
  OPA,
  /** The audit webhook of a kube-apiserver. */
  KUBERNETES,
  /** The HTTP output of Falco, and falcosidekick's webhook. */
  FALCO,
  /** CloudEvents over HTTP. */
  CLOUDEVENTS;

  private static final String PREFIX = Signal.EVENTS.path() + "/";

  private String path() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /** OPA puts {@code /logs} behind the path of a service. */
  public static Optional<EventSource> at(String path) {
    if (!path.startsWith(PREFIX)) {
      return Optional.empty();
    }
    for (EventSource source : values()) {
      if (path.equals(source.path()) || source == OPA && path.equals(OPA.path() + "/logs")) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }
}
