package dev.cadastre.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

/**
 * One service of a tenant, as it describes itself in its OpenTelemetry resource.
 *
 * @param transport how it exports
 * @param provider {@code aws}, {@code gcp}, or {@code onprem} for a machine room of its own
 * @param region the cloud's region, or the site
 * @param zone the cloud's zone, or the room
 */
record Service(
    String name, String version, Transport transport, String provider, String region, String zone) {
  /** OTLP's two transports. */
  enum Transport {
    GRPC,
    HTTP
  }

  /**
   * @param run tells this run of the service from others
   */
  Resource resource(String tenant, String run) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("service.name", name)
            .put("service.namespace", tenant)
            .put("service.version", version)
            .put("service.instance.id", name + "-" + run)
            .put("deployment.environment.name", "production")
            .put("host.name", name + "-1." + zone + "." + tenant + ".example");
    if (provider.equals("onprem")) {
      attributes.put("ledger.location.processing", place());
    } else {
      attributes
          .put("cloud.provider", provider)
          .put("cloud.region", region)
          .put("cloud.availability_zone", zone);
    }
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }

  /** Where it runs, as policies name places. */
  String place() {
    return provider + ":" + region;
  }
}
