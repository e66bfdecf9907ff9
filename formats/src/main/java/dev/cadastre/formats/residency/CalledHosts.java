package dev.cadastre.formats.residency;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hosts that attributes name beside {@code server.address}: in URLs, in what conventions before
 * called it, and in what frameworks call the base of an API. They are said again in {@code
 * server.address}, the one attribute by which called hosts are judged, without user, port and path.
 */
public final class CalledHosts {
  private static final Set<String> NAMES =
      Set.of(
          "url.full",
          "url.original",
          "url.domain",
          "http.url",
          "http.host",
          "http.request.header.host",
          "net.peer.name",
          "net.sock.peer.name",
          "peer.hostname",
          "server.domain",
          "server.socket.domain");

  /** Beginnings of names under which frameworks tell of a model that they call. */
  private static final List<String> FRAMEWORKS =
      List.of(
          "gen_ai.",
          "llm.",
          "openai.",
          "ai.",
          "embedding.",
          "langsmith.",
          "langfuse.",
          "mlflow.",
          "traceloop.");

  /** What the last part of such a name is, without signs, if it names a host. */
  private static final Set<String> PARTS =
      Set.of("apibase", "baseurl", "apiurl", "apihost", "endpoint", "endpointurl", "apiendpoint");

  private static final Pattern SPELLED = Pattern.compile("[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}");

  /** On the same machine whatever it is. */
  private static final Pattern LOCAL = Pattern.compile("(?i)[a-z+]*unix[a-z+]*:.*|file:.*");

  private CalledHosts() {}

  /** Whether an attribute of that name may name a called host. */
  public static boolean isName(String name) {
    return NAMES.contains(name) || FRAMEWORKS.stream().anyMatch(name::startsWith) && isBase(name);
  }

  private static boolean isBase(String name) {
    String part = name.substring(name.lastIndexOf('.') + 1);
    return PARTS.contains(FixedUnicode.lowerCase(part).replace("_", "").replace("-", ""));
  }

  /** The attributes of a record; those of the call of a model with every host that they name. */
  public static Attributes gathered(Kind kind, Attributes attributes) {
    return CalledModel.isIn(kind, attributes) ? gathered(attributes) : attributes;
  }

  /** The attributes with every host that they name and that is not the caller's own machine. */
  public static Attributes gathered(Attributes attributes) {
    Set<String> named = new LinkedHashSet<>();
    for (int i = 0; i < attributes.size(); i++) {
      if (isName(attributes.name(i))) {
        add(attributes.value(i), named);
      }
    }
    for (String address : attributes.strings(Names.SERVER_ADDRESS)) {
      HostName.readings(address).forEach(host -> named.remove(host.name()));
    }
    return named.isEmpty() ? attributes : with(attributes, named);
  }

  private static void add(Value value, Set<String> into) {
    if (value instanceof Value.Items list) {
      list.items().forEach(item -> add(item, into));
    } else if (value instanceof Value.Text text) {
      add(text.text(), into);
    } else if (!value.equals(Value.UNSET)) {
      into.add(Locator.NOT_A_HOST);
    }
  }

  private static void add(String text, Set<String> into) {
    String plain = FixedUnicode.strip(text);
    if (plain.startsWith("/") || LOCAL.matcher(plain).matches()) {
      return;
    }
    List<HostName> readings = HostName.readings(plain);
    if (readings.size() > 1) {
      into.add(Locator.NOT_A_HOST);
    }
    for (HostName host : readings) {
      if (!host.nearby()) {
        into.add(SPELLED.matcher(host.name()).matches() ? host.name() : Locator.NOT_A_HOST);
      }
    }
  }

  private static Attributes with(Attributes attributes, Set<String> named) {
    List<Value> hosts = new ArrayList<>();
    Optional<Value> given = attributes.get(Names.SERVER_ADDRESS);
    given.ifPresent(
        value -> hosts.addAll(value instanceof Value.Items list ? list.items() : List.of(value)));
    named.forEach(host -> hosts.add(Value.of(host)));
    Attributes.Builder all = Attributes.builder();
    attributes.sd().forEach(all::sd);
    for (int i = 0; i < attributes.size(); i++) {
      if (!attributes.name(i).equals(Names.SERVER_ADDRESS)) {
        all.put(attributes.name(i), attributes.value(i));
      }
    }
    all.put(Names.SERVER_ADDRESS, hosts.size() == 1 ? hosts.get(0) : Value.of(hosts));
    try {
      return all.build();
    } catch (Refused e) {
      throw new IllegalStateException("sound attributes and one more", e);
    }
  }
}
