package dev.cadastre.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

/**
 * A service that sends, as it describes itself in its OpenTelemetry resource.
 *
 * @param owner who runs it: the vendor, or the customer itself
 * @param customers whether it is the customer's own
 * @param place where it runs, as policies name places
 * @param zone the cloud's zone, or the room
 */
record Service(
    String name,
    String version,
    Transport transport,
    String owner,
    boolean customers,
    String place,
    String zone) {
  /** OTLP's two transports. */
  enum Transport {
    GRPC,
    HTTP
  }

  /**
   * @param run tells this run of the service from others
   */
  Resource resource(String run) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("service.name", name)
            .put("service.namespace", owner)
            .put("service.version", version)
            .put("service.instance.id", name + "-" + run)
            .put("deployment.environment.name", "production")
            .put("host.name", name + "-1." + zone + "." + owner + ".example");
    int colon = place.indexOf(':');
    if (place.startsWith("onprem:")) {
      attributes.put("ledger.location.processing", place);
    } else {
      attributes
          .put("cloud.provider", place.substring(0, colon))
          .put("cloud.region", place.substring(colon + 1))
          .put("cloud.availability_zone", zone);
    }
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
