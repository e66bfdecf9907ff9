package dev.cadastre.formats.residency;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host in an address as senders write it: alone, with a port, in a URL, as a gRPC target. The
 * one place that knows how a host may be spelled.
 *
 * @param name lower case, without a dot at the end, an IPv6 address without brackets; never empty
 */
record HostName(String name) {
  /**
   * The name resolution of gRPC, which may stand before a target, and whom it is to ask between
   * slashes.
   */
  private static final Pattern RESOLVER =
      Pattern.compile("^(dns|passthrough|ipv4|ipv6|xds|unix):(//[^/]+/+(?=[^/])|/*)");

  private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");
  private static final Pattern SOCKET = Pattern.compile("unix:(//)?/[^/].*");

  /** A name without dots, and no number, which is an address in another spelling. */
  private static final Pattern SINGLE = Pattern.compile("(?!([0-9]+|0x[0-9a-f]*)$)[a-z0-9_-]+");

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
  private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
  private static final Pattern IPV4 =
      Pattern.compile("(?=(\\d+\\.){3}\\d+$)((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*:[0-9a-f.]*:[0-9a-f.:]*");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1");
  private static final Pattern IN_CLUSTER = Pattern.compile(".+\\.svc(\\.cluster\\.local)?");
  private static final Pattern IN_THE_MACHINE = Pattern.compile("host\\.docker\\.internal");

  /** The host of an address; empty if that has none, such as the path of a socket. */
  static Optional<HostName> of(String address) {
    return isSocket(address) ? Optional.empty() : read(slashed(address));
  }

  /**
   * The hosts that programs make out of an address: of a backslash before an at sign some do as if
   * it were a slash, and others as if it were part of a user's name.
   */
  static List<HostName> readings(String address) {
    String plain = FixedUnicode.lowerCaseAscii(FixedUnicode.strip(address));
    int backslash = plain.indexOf('\\');
    List<HostName> hosts = new ArrayList<>(1);
    of(address).ifPresent(hosts::add);
    if (backslash >= 0 && plain.indexOf('@', backslash) >= 0) {
      read(plain).filter(host -> !hosts.contains(host)).ifPresent(hosts::add);
    }
    return hosts;
  }

  /** Whether an address is the path of a socket of the same machine. */
  static boolean isSocket(String address) {
    return SOCKET.matcher(slashed(address)).matches();
  }

  private static String slashed(String address) {
    return FixedUnicode.lowerCaseAscii(FixedUnicode.strip(address)).replace('\\', '/');
  }

  private static Optional<HostName> read(String address) {
    String rest = RESOLVER.matcher(address).replaceFirst("");
    rest = SCHEME.matcher(rest).replaceFirst("");
    rest = upTo(rest, "/?#");
    rest = rest.substring(rest.lastIndexOf('@') + 1);
    rest = rest.substring(rest.lastIndexOf("%40") < 0 ? 0 : rest.lastIndexOf("%40") + 3);
    String name = withoutDots(withoutPort(rest));
    return name.isEmpty() ? Optional.empty() : Optional.of(new HostName(name));
  }

  private static String upTo(String text, String ends) {
    int end = 0;
    while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      return upTo(text.substring(1), "]");
    }
    boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':');
    return bareIpv6 ? text : PORT.matcher(text).replaceFirst("");
  }

  private static String withoutDots(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '.') {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * Whether programs agree on what host it is. They do not on characters that are none of a host's,
   * nor on numbers that are an address in another spelling.
   */
  boolean isHost() {
    return NAME.matcher(name).matches()
            && (!ENDS_IN_A_NUMBER.matcher(name).matches() || IPV4.matcher(name).matches())
        || IPV6.matcher(name).matches();
  }

  /** The name's parts, at least one. */
  List<String> labels() {
    return List.of(name.split("\\.", -1));
  }

  /**
   * Whether it is where the caller runs: the same machine, or a service of the same cluster, which
   * others cannot call by that name.
   */
  boolean nearby() {
    return LOOPBACK.matcher(name).matches()
        || IN_CLUSTER.matcher(name).matches()
        || IN_THE_MACHINE.matcher(name).matches()
        || SINGLE.matcher(name).matches();
  }

  /** The name before an end; empty if it has another end. */
  Optional<String> before(String end) {
    return name.endsWith(end) && name.length() > end.length()
        ? Optional.of(name.substring(0, name.length() - end.length()))
        : Optional.empty();
  }
}
