package dev.cadastre.ingest.foreign.net;

import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.LineFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lines of Amazon VPC's flow logs in their default form ("Flow log records", version 2): which
 * interface talked to whom, how much, and whether it was let through. Addresses are private; where
 * they are, nobody says. Lines have no id.
 */
public final class VpcFlowLog implements LineFormat {
  private static final List<String> FIELDS =
      List.of(
          "version",
          "account",
          "interface",
          "from",
          "to",
          "fromPort",
          "toPort",
          "protocol",
          "packets",
          "bytes",
          "start",
          "end",
          "action",
          "status");

  private static final Pattern LINE =
      Pattern.compile(
          "2 (?:\\d{12}|unknown) eni-[0-9a-f]{8,17}(?: (?:[0-9a-fA-F.:]{2,45}|-)){2}"
              + "(?: (?:\\d{1,10}|-)){3}(?: (?:\\d{1,19}|-)){2} \\d{1,11} \\d{1,11}"
              + " (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)\\s*+");

  @Override
  public String name() {
    return "vpc-flow";
  }

  @Override
  public boolean mayBe(String line) {
    return line.startsWith("2 ") && line.contains(" eni-") && line.length() < 400;
  }

  @Override
  public Optional<Json.Obj> parsed(String line) {
    return LINE.matcher(line).matches()
        ? Optional.of(LineWords.named(FIELDS, LineWords.of(line)))
        : Optional.empty();
  }

  @Override
  public void map(Fields record, Mapping to) {
    Optional<String> action = record.text("action");
    if (action.isPresent()) {
      to.event("flow.log");
      to.outcome(action.get().equals("REJECT") ? "denied" : "success");
    } else {
      to.other("vpc.no_data");
    }
    to.timeMs(record.number("start").map(seconds -> seconds * 1_000));
    to.put(Names.CLOUD_PROVIDER, "aws");
    to.put("cloud.account.id", record.text("account"));
    to.put(Names.AUDIT_ACTION, "flow");
    to.actor("machine", record.text("interface"));
    to.hide("source.address", record.text("from"));
    to.hide("destination.address", record.text("to"));
    record.number("fromPort").ifPresent(port -> to.put("source.port", port));
    record.number("toPort").ifPresent(port -> to.put("destination.port", port));
    record.number("bytes").ifPresent(bytes -> to.put("aws.vpc.bytes", bytes));
    to.put(Names.LOCATION_PROCESSING, to.resourceRegion());
  }
}
