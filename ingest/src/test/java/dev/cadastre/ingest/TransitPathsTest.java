package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key of the transit engine a request of Vault or OpenBao concerns, and what it does. */
class TransitPathsTest {
  private static Mapped response(String operation, String request) throws Exception {
    return Mapped.body(
        "{\"time\":\"2026-03-02T11:00:01.1Z\",\"type\":\"response\",\"auth\":{\"display_name\":\"x\"},\"request\":{\"id\":\"r\","
            + "\"operation\":\""
            + operation
            + "\","
            + request.replace('\'', '"')
            + "}}");
  }

  @ParameterizedTest
  @CsvSource({
    "update,encrypt/k,key.use,encrypt,k",
    "create,encrypt/k,key.use,encrypt,k",
    "update,decrypt/k,key.use,decrypt,k",
    "update,rewrap/k,key.use,rewrap,k",
    "update,datakey/plaintext/k,key.use,generate_data_key,k",
    "update,datakey/wrapped/k,key.use,generate_data_key,k",
    "update,hmac/k/sha2-256,key.use,hmac,k",
    "update,sign/k/sha2-256,key.use,sign,k",
    "update,verify/k,key.use,verify,k",
    "update,cmac/k,key.use,cmac,k",
    "read,export/encryption-key/k/1,key.use,export,k",
    "read,byok-export/into/k,key.use,export,k",
    "read,backup/k,key.lifecycle,backup,k",
    "update,restore/k,key.lifecycle,restore,k",
    "update,keys/k,key.lifecycle,create,k",
    "delete,keys/k,key.lifecycle,delete,k",
    "update,keys/k/rotate,key.lifecycle,rotate,k",
    "update,keys/k/config,key.lifecycle,update,k",
    "update,keys/k/trim,key.lifecycle,trim,k",
    "update,keys/k/import,key.lifecycle,import,k",
    "update,keys/k/import_version,key.lifecycle,import,k",
    "read,keys/k,other,'',k",
    "update,keys/config/rotate,key.lifecycle,rotate,config",
    "update,decrypt/random,key.use,decrypt,random",
    "list,keys/,other,'',''",
    "list,keys,other,'',''",
    "update,random/32,other,'',''",
    "update,random/platform/32,other,'',''",
    "update,hash/sha2-256,other,'',''",
    "update,restore,other,'',''",
    "update,config/keys,other,'',''",
    "read,config/keys,other,'',''",
    "update,cache-config,other,'',''",
    "read,wrapping_key,other,'',''",
    "help,keys/k,other,'',''",
    "help,decrypt/k,other,'',''",
    "help,'',other,'',''",
    "rollback,'',other,'',''"
  })
  void eachPathConcernsTheKeyThatTheRouterMeans(
      String operation, String inside, String kind, String act, String key) throws Exception {
    for (String point : new String[] {"transit/", "teams/a/keys/transit/"}) {
      Mapped mapped =
          response(
              operation,
              "'mount_type':'transit','mount_point':'"
                  + point
                  + "','path':'"
                  + point
                  + inside
                  + "'");
      assertEquals(kind, mapped.event().kind().wire());
      assertEquals(act, mapped.open(Names.KEY_OPERATION));
      assertEquals(key.isEmpty() ? "" : point + "keys/" + key, mapped.open(Names.KEY_ID));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'mount_point':'ns1/transit/','path':'transit/decrypt/k','namespace':{'id':'n','path':'ns1/'}|ns1/transit/keys/k",
        "'mount_point':'transit/','path':'transit/decrypt/k','namespace':{'id':'n','path':'ns1/'}|ns1/transit/keys/k",
        "'mount_point':'ns1/transit/','path':'ns1/transit/decrypt/k','namespace':{'path':'ns1/'}|ns1/transit/keys/k",
        "'mount_point':'a/b/transit/','path':'transit/decrypt/k','namespace':{'path':'a/b/'}|a/b/transit/keys/k",
        "'path':'transit/decrypt/k','namespace':{'path':'ns1'}|ns1/transit/keys/k",
        "'path':'transit/decrypt/k'|transit/keys/k",
        "'path':'a/keys/transit/decrypt/k'|a/keys/transit/keys/k",
        "'path':'transit/keys/decrypt/rotate'|transit/keys/decrypt"
      })
  void theNamespaceIsInTheKeysNameOnce(String request, String key) throws Exception {
    assertEquals(key, response("update", "'mount_type':'transit'," + request).open(Names.KEY_ID));
  }

  @Test
  void casesOfClustersAreAnswered() {
    CaseFile.Kept kept = CaseFile.kept("transit-in-a-namespace.vault.json").get(0);
    assertEquals(Kind.KEY_USE, kept.event().kind());
    assertEquals("ns1/transit/keys/k", kept.open(Names.KEY_ID));
    for (String file : new String[] {"random-bytes", "configuration-of-keys", "help-without-id"}) {
      CaseFile.Kept none = CaseFile.kept(file + ".vault.json").get(0);
      assertEquals(Kind.OTHER, none.event().kind(), file);
      assertEquals("", none.open(Names.KEY_ID), file);
      assertEquals("vault", none.open(Names.SOURCE_FORMAT), file);
      assertTrue(none.event().id().endsWith("/response"), none.event().id());
    }
  }

  @Test
  void helpForSecretsIsNoAccessToThem() throws Exception {
    Mapped mapped = response("help", "'mount_type':'kv','mount_point':'kv/','path':'kv/data/x'");
    assertEquals(Kind.OTHER, mapped.event().kind());
  }
}
