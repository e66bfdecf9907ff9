package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.HostRule;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which hosts a policy names. docs/detectors.md has the rule. */
public final class DeclaredHosts {
  /** Names and addresses that lead nowhere outside a network. */
  private static final Pattern INSIDE =
      Pattern.compile(
          ".+\\.(internal|local|lan|home\\.arpa)"
              + "|(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01])|169\\.254)(\\.[0-9]{1,3}){1,3}"
              + "|(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):.*");

  private DeclaredHosts() {}

  /**
   * The first host that a record calls and the policy does not name; empty if there is none, or if
   * the policy names neither subprocessors nor the vendor's own hosts.
   */
  public static Optional<String> undeclared(RecordEvent event, Policy policy, Registry registry) {
    if (!policy.sinks().namesHosts()) {
      return Optional.empty();
    }
    return called(event)
        .filter(host -> !isDeclared(host, event, policy, registry))
        .map(HostName::name)
        .findFirst();
  }

  /** Whether a host, however spelled, is among those of subprocessors, stores or the vendor. */
  public static boolean isNamed(String address, Policy policy) {
    List<HostName> hosts = HostName.readings(address);
    return !hosts.isEmpty() && hosts.stream().allMatch(one -> policy.sinks().isNamed(one.name()));
  }

  private static Stream<HostName> called(RecordEvent event) {
    return Findings.stated(event, Names.SERVER_ADDRESS).stream()
        .filter(Value.Text.class::isInstance)
        .flatMap(text -> HostName.readings(((Value.Text) text).text()).stream());
  }

  private static boolean isDeclared(
      HostName host, RecordEvent event, Policy policy, Registry registry) {
    return host.nearby()
        || INSIDE.matcher(host.name()).matches()
        || policy.sinks().isNamed(host.name())
        || isLetOut(host, event, policy)
        || isOfProvider(host, policy, registry);
  }

  /** Whether the rules for letting data out name it, for each category. */
  private static boolean isLetOut(HostName host, RecordEvent event, Policy policy) {
    List<String> named = event.categories();
    return (named.isEmpty() ? List.of(Policy.ANY_CATEGORY) : named)
        .stream()
            .allMatch(
                category ->
                    policy
                        .egressRule(category)
                        .flatMap(rule -> rule.getValue().hosts())
                        .filter(hosts -> names(hosts, host))
                        .isPresent());
  }

  private static boolean names(HostRule hosts, HostName host) {
    return !hosts.allow().isEmpty() && hosts.allows(host.name());
  }

  private static boolean isOfProvider(HostName host, Policy policy, Registry registry) {
    Optional<String> provider =
        CloudEndpoints.read(host, registry)
            .flatMap(endpoint -> registry.resolve(endpoint.place()))
            .map(Place::provider);
    return provider.isPresent()
        && Stream.concat(
                policy.providers().byHop().values().stream(),
                policy.providers().otherwise().stream())
            .anyMatch(list -> list.contains(provider.get()));
  }
}
