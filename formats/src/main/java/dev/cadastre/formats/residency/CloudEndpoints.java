package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regions that a cloud's own host names tell. A regional endpoint answers in its region; a global
 * one tells nothing, and so does a name that the customer chose.
 */
final class CloudEndpoints {
  /**
   * @param hop what the called service does
   * @param place canonical place
   */
  record Endpoint(Hop hop, String place) {}

  /**
   * A host name's end, and a pattern with groups {@code service} and {@code region} for what comes
   * before it.
   */
  private record Form(String provider, String end, Pattern start) {
    static Form of(String provider, String end, String start) {
      return new Form(provider, end, Pattern.compile(start));
    }
  }

  private static final String REGION = "(?<region>[a-z0-9-]+)";
  private static final String NAMES = "(?:[a-z0-9_.-]+\\.)?";
  private static final String GOOGLE = "(?<service>aiplatform|cloudkms|storage)";
  private static final String ORACLE =
      NAMES + "(?<service>generativeai|objectstorage|kms)\\." + REGION;

  private static final List<Form> FORMS =
      List.of(
          Form.of("gcp", ".p.rep.googleapis.com", NAMES + GOOGLE + "\\." + REGION),
          Form.of("gcp", ".rep.googleapis.com", NAMES + GOOGLE + "\\." + REGION),
          // Private Service Connect: the customer's name of the endpoint may stand behind the
          // service.
          Form.of("gcp", ".p.googleapis.com", REGION + "-" + GOOGLE + "(?:-[a-z0-9]{1,20})?"),
          Form.of("gcp", ".mtls.googleapis.com", REGION + "-" + GOOGLE),
          Form.of("gcp", ".googleapis.com", REGION + "-" + GOOGLE),
          Form.of("gcp", ".prediction.vertexai.goog", NAMES + REGION + "-(?<service>)[0-9]+"),
          Form.of("azure", ".api.cognitive.microsoft.com", REGION + "(?<service>)"),
          Form.of("azure", ".models.ai.azure.com", NAMES + REGION + "(?<service>)"),
          Form.of("azure", ".inference.ai.azure.com", NAMES + REGION + "(?<service>)"),
          Form.of("azure", ".inference.ml.azure.com", NAMES + REGION + "(?<service>)"),
          Form.of("oci", ".oci.oraclecloud.com", ORACLE),
          Form.of("oci", ".oraclecloud.com", ORACLE),
          Form.of("oci", ".oraclecloud.eu", ORACLE),
          Form.of("ibm", ".ml.cloud.ibm.com", NAMES + REGION + "(?<service>)"),
          Form.of("ibm", ".kms.cloud.ibm.com", NAMES + REGION + "(?<service>)"),
          Form.of(
              "ibm",
              ".cloud-object-storage.appdomain.cloud",
              NAMES + "(?<service>s3)\\.(?:private\\.|direct\\.)?" + REGION),
          Form.of("scaleway", ".scw.cloud", NAMES + "(?<service>s3)\\." + REGION),
          Form.of("ovh", ".io.cloud.ovh.net", NAMES + "(?<service>s3)\\." + REGION),
          Form.of("alibaba", ".aliyuncs.com", "(?<service>kms)\\." + REGION));

  /** A whole cloud, or a provider's promise, behind one end of a name. */
  private record Whole(Hop hop, String place, String end) {}

  private static final List<Whole> WHOLES =
      List.of(
          new Whole(Hop.PROCESSING, "azure:usgov", ".openai.azure.us"),
          new Whole(Hop.PROCESSING, "azure:usgov", ".cognitiveservices.azure.us"),
          new Whole(Hop.PROCESSING, "azure:usgov", ".api.cognitive.microsoft.us"),
          new Whole(Hop.PROCESSING, "azure:china", ".openai.azure.cn"),
          new Whole(Hop.PROCESSING, "azure:china", ".cognitiveservices.azure.cn"),
          new Whole(Hop.PROCESSING, "azure:china", ".api.cognitive.azure.cn"),
          new Whole(Hop.KEY, "azure:usgov", ".vault.usgovcloudapi.net"),
          new Whole(Hop.KEY, "azure:usgov", ".managedhsm.usgovcloudapi.net"),
          new Whole(Hop.KEY, "azure:china", ".vault.azure.cn"),
          new Whole(Hop.KEY, "azure:china", ".managedhsm.azure.cn"),
          new Whole(Hop.STORAGE, "azure:usgov", ".core.usgovcloudapi.net"),
          new Whole(Hop.STORAGE, "azure:china", ".core.chinacloudapi.cn"),
          // By OpenAI's guide on data residency, which joins Switzerland to its European host.
          new Whole(Hop.PROCESSING, "US", "us.api.openai.com"));

  private CloudEndpoints() {}

  static Optional<Endpoint> read(String address, Registry registry) {
    return HostName.of(address).flatMap(host -> read(host, registry));
  }

  static Optional<Endpoint> read(HostName host, Registry registry) {
    if (AmazonHosts.owns(host)) {
      return AmazonHosts.read(host, registry);
    }
    for (Form form : FORMS) {
      Optional<String> start = host.before(form.end);
      if (start.isPresent()) {
        return endpoint(start.get(), form, registry);
      }
    }
    return WHOLES.stream()
        .filter(
            one ->
                host.name().equals(one.end)
                    || host.name().endsWith(one.end) && one.end.startsWith("."))
        .filter(one -> registry.resolve(one.place).isPresent())
        .map(one -> new Endpoint(one.hop, one.place))
        .findFirst();
  }

  private static Optional<Endpoint> endpoint(String start, Form form, Registry registry) {
    Matcher matcher = form.start.matcher(start);
    return matcher.matches()
        ? registry
            .canonical(form.provider + ":" + matcher.group("region"), "")
            .map(place -> new Endpoint(hop(form, matcher.group("service")), place))
        : Optional.empty();
  }

  private static Hop hop(Form form, String service) {
    if (form.end.startsWith(".kms.")) {
      return Hop.KEY;
    }
    return switch (service) {
      case "kms", "cloudkms" -> Hop.KEY;
      case "s3", "storage", "objectstorage" -> Hop.STORAGE;
      default -> Hop.PROCESSING;
    };
  }
}
