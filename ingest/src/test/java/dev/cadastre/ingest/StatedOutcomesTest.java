package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who acted and how it ended, as CloudTrail says it in the different kinds of its records. */
class StatedOutcomesTest {
  private static String record(String name, String members) {
    return "{\"eventVersion\":\"1.11\",\"eventTime\":\"2026-03-02T08:15:30Z\",\"eventSource\":\"signin.amazonaws.com\",\"eventID\":\"e\","
        + "\"awsRegion\":\"eu-central-1\",\"eventName\":\""
        + name
        + "\","
        + (members.contains("userIdentity") ? "" : "\"userIdentity\":{\"type\":\"Root\"},")
        + members.replace('\'', '"')
        + "}";
  }

  @Test
  void aSignInThatFailedIsAFailure() {
    CaseFile.Kept kept = CaseFile.kept("sign-in-that-failed.cloudtrail.json").get(0);
    assertEquals("failure", kept.open(Names.AUDIT_OUTCOME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ConsoleLogin|'responseElements':{'ConsoleLogin':'Failure'}|failure",
        "ConsoleLogin|'responseElements':{'ConsoleLogin':'Success'}|success",
        "CheckMfa|'responseElements':{'CheckMfa':'Failure'}|failure",
        "SwitchRole|'responseElements':{'SwitchRole':'Failure'}|failure",
        "CredentialVerification|'serviceEventDetails':{'CredentialVerification':'Failed'}|failure",
        "Decrypt|'errorMessage':'no'|failure",
        "Decrypt|'errorCode':'AccessDenied'|denied",
        "Decrypt|'responseElements':null|success"
      })
  void theOutcomeIsTakenFromWhereTheRecordStatesIt(String name, String members, String outcome)
      throws Exception {
    assertEquals(outcome, Mapped.body(record(name, members)).open(Names.AUDIT_OUTCOME));
  }

  @Test
  void aUserWhoIssuedASessionIsPrivate() {
    CaseFile.Kept kept = CaseFile.kept("federated-user.cloudtrail.json").get(0);
    assertFalse(kept.entry().contains("anna"), kept.entry());
    assertEquals(
        "arn:aws:sts::111122223333:federated-user/anna.berg", kept.hidden(Names.AUDIT_ACTOR_ID));
    assertEquals("arn:aws:iam::111122223333:user/anna.berg", kept.hidden(Names.ACTOR_ROLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'userIdentity':{'type':'AssumedRole','arn':'arn:aws:sts::1:assumed-role/app/anna@example.com','principalId':'AROA:anna@example.com',"
            + "'sessionContext':{'sessionIssuer':{'type':'Role','arn':'arn:aws:iam::1:role/app','userName':'app'}}}",
        "'userIdentity':{'type':'FederatedUser','principalId':'1:anna','arn':'arn:aws:sts::1:federated-user/anna',"
            + "'sessionContext':{'sessionIssuer':{'type':'Root','arn':'arn:aws:iam::1:root'}}}",
        "'userIdentity':{'type':'SAMLUser','principalId':'x:anna','userName':'anna','identityProvider':'idp'}",
        "'userIdentity':{'type':'IdentityCenterUser','userName':'anna','onBehalfOf':{'userId':'anna','identityStoreArn':'a'}}",
        "'userIdentity':{'type':'IAMUser','arn':'arn:aws:iam::1:user/team/anna','userName':'anna'},"
            + "'requestParameters':{'name':'anna'},'resources':[{'ARN':'arn:aws:iam::1:user/anna','type':'AWS::IAM::User'}]",
        "'userIdentity':{'type':'Root'},'resources':[{'ARN':'arn:aws:sts::1:federated-user/anna','type':'x'}]"
      })
  void peopleArePrivateHoweverTheySignedIn(String members) throws Exception {
    String entry = Mapped.body(record("GetFederationToken", members)).entry();
    assertFalse(entry.contains("anna"), entry);
  }
}
