package dev.cadastre.ingest.otlp;

import dev.cadastre.ingest.request.Signal;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Locale;

/**
 * One OTLP request with its frame decoded.
 *
 * @param remark what is wrong with it as a whole, though it is sound; empty for nothing
 */
public record DecodedRequest(Signal signal, List<Group> groups, String remark) {
  public DecodedRequest(Signal signal, List<Group> groups) {
    this(signal, groups, "");
  }

  /** A request of records that share no Resource. */
  public static DecodedRequest of(Signal signal, List<ReceivedRecord> records) {
    return of(signal, records, Resource.getDefaultInstance());
  }

  /** A request of records that share a Resource. */
  public static DecodedRequest of(Signal signal, List<ReceivedRecord> records, Resource resource) {
    InstrumentationScope scope = InstrumentationScope.getDefaultInstance();
    return new DecodedRequest(signal, List.of(new Group(resource, "", scope, "", records)));
  }

  public DecodedRequest remarked(String given) {
    return new DecodedRequest(signal, groups, given);
  }

  /**
   * The records that share a Resource and a Scope.
   *
   * @param slips what of Resource and Scope came otherwise than OTLP has it
   */
  public record Group(
      Resource resource,
      String resourceSchema,
      InstrumentationScope scope,
      String scopeSchema,
      List<Slip> slips,
      List<ReceivedRecord> records) {
    public Group(
        Resource resource,
        String resourceSchema,
        InstrumentationScope scope,
        String scopeSchema,
        List<ReceivedRecord> records) {
      this(resource, resourceSchema, scope, scopeSchema, List.of(), records);
    }
  }

  /**
   * A Resource or Scope that could not be decoded as it came.
   *
   * @param of which of the two
   * @param why what is wrong with it
   * @param raw the bytes that came
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once and not compared.
  public record Slip(Part of, String why, byte[] raw) {}

  /** What records share. */
  public enum Part {
    RESOURCE,
    SCOPE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public int size() {
    return groups.stream().mapToInt(group -> group.records().size()).sum();
  }
}
