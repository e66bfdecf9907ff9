package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule_deletion",
        "ScheduleKeyDeletion",
        "SCHEDULEKEYDELETION",
        "schedulekeydeletion",
        "scheduledeletion",
        "SCHEDULE-KEY-DELETION",
        "Schedule Deletion",
        "schedule\u00a0deletion",
        "schedule\u200bdeletion",
        "\ufeffschedule.deletion",
        "schedule#deletion",
        "schedule/key/deletion",
        "schedule::deletion",
        "ScheduleKeyDeletion()",
        "schedule.deletion()",
        "KMSScheduleKeyDeletion",
        "AWSKMSScheduleKeyDeletion",
        "kms:ScheduleKeyDeletion",
        "kms.ScheduleKeyDeletion",
        "aws.kms.ScheduleKeyDeletion",
        "aws_kms_schedule_key_deletion",
        "kms.amazonaws.com/ScheduleKeyDeletion",
        "KeyScheduleDeletion",
        "key.schedule.deletion",
      })
  void anOperationHasOneSpellingWhateverSeparatesItsWords(String text) {
    assertEquals("schedule_deletion", Operations.word(text));
  }

  @ParameterizedTest
  @CsvSource({
    "revoke#key, revoke",
    "KeyShred, shred",
    "keys/delete, delete",
    "KeyVersionsRestore, restore",
    "google.cloud.kms.v1.KeyManagementService.DestroyCryptoKeyVersion, destroy",
    "google.cloud.kms.v1.KeyManagementService/DestroyCryptoKeyVersion, destroy",
    "Microsoft.KeyVault/vaults/keys/purge/action, destroy",
    "DELETEIMPORTEDKEYMATERIAL, delete",
    "rotate.key.on.demand, rotate",
    "UN-WRAP, unwrap",
    "transit/decrypt, decrypt",
    "purge, destroy",
  })
  void cloudsNamesAreRecognised(String text, String word) {
    assertEquals(word, Operations.word(text));
  }

  @ParameterizedTest
  @CsvSource({
    "DisableKeyRotation, update",
    "KMSDisableKeyRotation, update",
    "DISABLEKEYROTATION, update",
    "key.disable.rotation, update",
    "RevokeGrant, retire_grant",
    "revoke.grant, retire_grant",
    "DisableAutomaticRotation, disable_automatic_rotation",
    "re_enable, re_enable",
    "unschedule, unschedule",
    "ReKeyStore, re_key_store",
    "не disable, не_disable",
    "diséable, diséable",
    "VaultDelete, vault_delete",
    "CreateAlias, create_alias",
    "GenerateDataKey, generate_data_key",
    "transit/decrypt/mine, mine",
    "account.read, read",
    "READ(), read",
    "key, key",
    "'', ''",
    "'#.()', ''",
  })
  void whatOnlySoundsAlikeIsAnother(String text, String word) {
    assertEquals(word, Operations.word(text));
  }

  /** Hostile names cost no more than their length. */
  @Test
  void longNamesAreNone() {
    assertEquals("x" + "key".repeat(20_000), Operations.word("x" + "key".repeat(20_000)));
    assertEquals("disable", Operations.word("key.".repeat(20_000) + "disable"));
    assertEquals("disable", Operations.word("x.".repeat(20_000) + "disable"));
    assertEquals("", Operations.word("/".repeat(60_000)));
    String fillers = "key".repeat(19);
    assertEquals("disable", Operations.word(fillers + "disable"));
    assertEquals(fillers + "xdisable", Operations.word(fillers + "xdisable"));
    assertEquals(fillers + "keydisable", Operations.word(fillers + "keydisable"));
  }
}
