package dev.cadastre.formats.value;

/**
 * Attribute names that Cadastre understands: OpenTelemetry's where they exist, then those of its
 * audit-logging draft, then our own for the rest. Made by SemconvTest from docs/semconv, which says
 * what each means; names not listed are kept all the same.
 */
public final class Names {
  public static final String CLOUD_PROVIDER = "cloud.provider";
  public static final String CLOUD_REGION = "cloud.region";
  public static final String CLOUD_ZONE = "cloud.availability_zone";
  public static final String SERVICE_NAME = "service.name";
  public static final String SERVICE_INSTANCE_ID = "service.instance.id";
  public static final String SERVER_ADDRESS = "server.address";
  public static final String ERROR_TYPE = "error.type";
  public static final String AWS_REQUEST_ID = "aws.request_id";

  public static final String GEN_AI_OPERATION = "gen_ai.operation.name";
  public static final String GEN_AI_PROVIDER = "gen_ai.provider.name";
  public static final String GEN_AI_MODEL = "gen_ai.request.model";

  public static final String AUDIT_RECORD_ID = "audit.record.id";
  public static final String AUDIT_ACTOR_ID = "audit.actor.id";
  public static final String AUDIT_ACTOR_TYPE = "audit.actor.type";
  public static final String AUDIT_ACTION = "audit.action";
  public static final String AUDIT_OUTCOME = "audit.outcome";
  public static final String AUDIT_TARGET_ID = "audit.target.id";
  public static final String AUDIT_TARGET_TYPE = "audit.target.type";
  public static final String AUDIT_SEQUENCE_NUMBER = "audit.sequence.number";
  public static final String AUDIT_SEQUENCE_PREV_HASH = "audit.sequence.prev_hash";
  public static final String AUDIT_SEQUENCE_PREVIOUS_HASH = "audit.sequence.previous_hash";
  public static final String AUDIT_PREV_HASH = "audit.prev.hash";
  public static final String AUDIT_SEQUENCE_STREAM_ID = "audit.sequence.stream_id";
  public static final String AUDIT_INTEGRITY_VALUE = "audit.integrity.value";
  public static final String AUDIT_INTEGRITY_ALGORITHM = "audit.integrity.algorithm";
  public static final String AUDIT_INTEGRITY_CERTIFICATE = "audit.integrity.certificate";
  public static final String AUDIT_INTEGRITY_CANONICALIZATION = "audit.integrity.canonicalization";

  public static final String TENANT_ID = "ledger.tenant.id";

  public static final String DATA_CATEGORY = "ledger.data.category";
  public static final String DATA_CLASSIFICATION = "ledger.data.classification";
  public static final String DATA_OBJECT_ID = "ledger.data.object.id";
  public static final String DATA_OPERATION = "ledger.data.operation";
  public static final String DATA_PURPOSE = "ledger.data.purpose";
  public static final String DATA_SUBJECT_GROUP = "ledger.data.subject.group";
  public static final String DATA_RECORD_COUNT = "ledger.data.record.count";

  public static final String KEY_ID = "ledger.key.id";
  public static final String KEY_VERSION = "ledger.key.version";
  public static final String KEY_PROVIDER = "ledger.key.provider";
  public static final String KEY_CUSTODY = "ledger.key.custody";
  public static final String KEY_OPERATION = "ledger.key.operation";
  public static final String KEY_ALGORITHM = "ledger.key.algorithm";
  public static final String KEY_JUSTIFICATION = "ledger.key.justification";
  public static final String KEY_ORIGIN = "ledger.key.origin";
  public static final String KEY_REGION = "ledger.key.region";
  public static final String KEY_WRAPPED_BY = "ledger.key.wrapped.by";
  public static final String KEY_CIPHERTEXT_SHA256 = "ledger.key.ciphertext.sha256";
  public static final String KEY_WRAPPED_SHA256 = "ledger.key.wrapped.sha256";
  public static final String KEY_TTL_S = "ledger.key.ttl_s";
  public static final String KEY_WITHDRAWN_FROM = "ledger.key.withdrawn.from";
  public static final String KEY_GRANTED_TO = "ledger.key.granted.to";
  public static final String KEY_RECIPIENT_IMAGE = "ledger.key.recipient.image";

  public static final String LOCATION_PROCESSING = "ledger.location.processing";
  public static final String LOCATION_STORAGE = "ledger.location.storage";
  public static final String LOCATION_EDGE = "ledger.location.edge";
  public static final String LOCATION_EGRESS = "ledger.location.egress";
  public static final String LOCATION_GATEWAY = "ledger.location.gateway";
  public static final String LOCATION_BACKUP = "ledger.location.backup";
  public static final String LOCATION_OPERATOR = "ledger.location.operator.country";
  public static final String LOCATION_USER = "ledger.location.user.country";
  public static final String EVIDENCE_TYPE = "ledger.location.evidence.type";
  public static final String EVIDENCE_VALUE = "ledger.location.evidence.value";
  public static final String EVIDENCE_DOCUMENT = "ledger.location.evidence.document";

  public static final String REASON_CODE = "ledger.reason.code";
  public static final String REASON_DETAIL = "ledger.reason.detail";
  public static final String REQUEST_ID = "ledger.request.id";
  public static final String APPROVAL_ID = "ledger.approval.id";

  public static final String APPROVAL_AUTHORITY = "ledger.approval.authority";
  public static final String APPROVAL_FILING = "ledger.approval.filing";
  public static final String APPROVAL_UNTIL = "ledger.approval.until";
  public static final String APPROVAL_CATEGORY = "ledger.approval.category";
  public static final String APPROVAL_OPERATION = "ledger.approval.operation";
  public static final String APPROVAL_KEY = "ledger.approval.key";
  public static final String APPROVAL_PLACE = "ledger.approval.place";
  public static final String APPROVAL_SERVICE = "ledger.approval.service";

  public static final String INFERENCE_HOSTING = "ledger.inference.hosting";
  public static final String INFERENCE_REGION_REQUESTED = "ledger.inference.region.requested";
  public static final String INFERENCE_REGION_ACTUAL = "ledger.inference.region.actual";
  public static final String INFERENCE_PROMPT_SHA256 = "ledger.inference.prompt.sha256";
  public static final String INFERENCE_RESPONSE_SHA256 = "ledger.inference.response.sha256";
  public static final String INFERENCE_RETENTION = "ledger.inference.retention";
  public static final String INFERENCE_TRAINING = "ledger.inference.training";

  public static final String RESIDENCY_LABEL = "ledger.residency.label";
  public static final String RESIDENCY_VERIFIED = "ledger.residency.verified";
  public static final String RESIDENCY_ALLOWED = "ledger.residency.allowed";
  public static final String RESIDENCY_PROHIBITED = "ledger.residency.prohibited";

  public static final String MODE_STATE = "ledger.mode.state";
  public static final String MODE_WRITES = "ledger.mode.writes";

  public static final String MODEL_VERSION = "ledger.model.version";
  public static final String MODEL_SHA256 = "ledger.model.sha256";
  public static final String MODEL_SIGNER = "ledger.model.signer";
  public static final String MODEL_UPDATE_CLIP = "ledger.model.update.clip";
  public static final String MODEL_UPDATE_EPSILON = "ledger.model.update.epsilon";

  public static final String PROVENANCE_SUBJECT_SHA256 = "ledger.provenance.subject.sha256";
  public static final String PROVENANCE_BUILDER = "ledger.provenance.builder";
  public static final String PROVENANCE_SOURCE = "ledger.provenance.source";
  public static final String PROVENANCE_PREDICATE = "ledger.provenance.predicate";

  public static final String FINDING_RULE = "ledger.finding.rule";
  public static final String FINDING_SEVERITY = "ledger.finding.severity";
  public static final String FINDING_RESOURCE = "ledger.finding.resource";
  public static final String FINDING_COUNT = "ledger.finding.count";

  public static final String NOTICE_AUDIENCE = "ledger.notice.audience";
  public static final String NOTICE_TEXT_SHA256 = "ledger.notice.text.sha256";

  public static final String SOURCE_FORMAT = "ledger.source.format";
  public static final String SOURCE_RECORD = "ledger.source.record";
  public static final String SOURCE_ENVELOPE = "ledger.source.envelope";
  public static final String SOURCE_BODY = "ledger.source.body";
  public static final String SOURCE_ATTRIBUTES = "ledger.source.attributes";
  public static final String SOURCE_PROBLEM = "ledger.source.problem";
  public static final String ACTOR_ROLE = "ledger.actor.role";
  public static final String ACTOR_VIA = "ledger.actor.via";
  public static final String POLICY_REVISION = "ledger.policy.revision";

  private Names() {}
}
