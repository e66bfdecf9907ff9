package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Small inputs as clients, clouds and clusters write them, and what the log says of each. */
class CasesTest {
  @Test
  void aRecordThatSaysWhereItWasIsJudgedThere() {
    byte[] request =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"data.read","attributes":[
          {"key":"ledger.location.processing","value":{"stringValue":"aws:us-east-1"}}]}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "data.access | processing aws:us-east-1 claimed | violation *.processing",
        CaseFile.kept("stated.otlp.json", request).get(0).told());
  }
}
