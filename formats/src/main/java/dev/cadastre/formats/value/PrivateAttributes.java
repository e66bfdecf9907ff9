package dev.cadastre.formats.value;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;
import java.util.Set;

/**
 * Which attributes tell of natural persons. They never stand in an entry: a salted digest does
 * ({@link Disclosure}), so that what they say can be destroyed while every proof stays good.
 */
public final class PrivateAttributes {
  private static final Set<String> NAMES =
      Set.of(
          "audit.source.ip",
          "audit.source.address",
          "audit.actor.name",
          "audit.actor.email",
          "audit.actor.ip",
          "client.address",
          "client.socket.address",
          "source.address",
          "network.peer.address",
          "net.peer.ip",
          "net.sock.peer.addr",
          "http.client_ip",
          "http.request.header.authorization",
          "http.request.header.proxy-authorization",
          "http.request.header.x-api-key",
          "http.request.header.cookie",
          "http.response.header.set-cookie",
          "http.request.header.forwarded",
          "http.request.header.x-forwarded-for",
          "http.request.header.x-real-ip",
          "geo.location.lat",
          "geo.location.lon",
          "geo.postal_code",
          "session.id",
          "session.previous_id",
          "gen_ai.user.id",
          "openai.request.user",
          "device.id");

  private static final Set<String> MACHINES =
      Set.of("service", "system", "workload", "machine", "service_account", "application");

  private PrivateAttributes() {}

  /**
   * Whether the attribute {@code name} is private.
   *
   * @param siblings the attributes it came with, of which {@code audit.actor.type} may say that the
   *     actor is a machine
   */
  public static boolean isPrivate(String name, Attributes siblings) {
    return isPrivate(name, siblings.string(Names.AUDIT_ACTOR_TYPE));
  }

  /** As above, for callers that know the actor's type. */
  public static boolean isPrivate(String name, Optional<String> actorType) {
    if (name.equals(Names.AUDIT_ACTOR_ID)) {
      return actorType
          .filter(type -> MACHINES.contains(FixedUnicode.lowerCase(FixedUnicode.strip(type))))
          .isEmpty();
    }
    return name.startsWith("user.") || name.startsWith("enduser.") || NAMES.contains(name);
  }
}
