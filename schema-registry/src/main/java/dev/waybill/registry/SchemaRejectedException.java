package dev.waybill.registry;

/**
 * The registry refuses this schema under this subject: it is incompatible with the versions before
 * it (409), invalid (422, which some registries also answer to what is incompatible), or not
 * registered while registering is switched off (404). Retrying changes nothing until the schema or
 * the subject's compatibility level does.
 */
public final class SchemaRejectedException extends RegistryException {
  private final String subject;

  SchemaRejectedException(String subject, String reason, int errorCode) {
    super(
        "the registry rejects the schema for subject " + subject + ": " + reason, errorCode, null);
    this.subject = subject;
  }

  /** The subject under which the schema was refused. */
  public String subject() {
    return subject;
  }
}
