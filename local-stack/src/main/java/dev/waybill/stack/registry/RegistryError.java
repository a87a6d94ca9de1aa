package dev.waybill.stack.registry;

/** A refusal in Confluent's words: an HTTP status and a code. */
final class RegistryError extends RuntimeException {
  private final int status;
  private final int code;

  RegistryError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RegistryError noSubject(String subject) {
    return new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError noVersion(int version) {
    return new RegistryError(404, 40402, "Version " + version + " not found.");
  }

  static RegistryError noSchema(Object schema) {
    return new RegistryError(404, 40403, "Schema " + schema + " not found");
  }

  static RegistryError noSchema() {
    return new RegistryError(404, 40403, "Schema not found");
  }

  static RegistryError subjectDeletedBefore(String subject) {
    return new RegistryError(
        404,
        40404,
        "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
  }

  static RegistryError subjectNotDeletedBefore(String subject) {
    return new RegistryError(
        404,
        40405,
        "Subject '" + subject + "' was not deleted first before being permanently deleted");
  }

  static RegistryError versionDeletedBefore(String subject, int version) {
    return new RegistryError(
        404,
        40406,
        "Subject '%s' Version %s was soft deleted. Set permanent=true to delete permanently"
            .formatted(subject, version));
  }

  static RegistryError versionNotDeletedBefore(String subject, int version) {
    return new RegistryError(
        404,
        40407,
        "Subject '%s' Version %s was not deleted first before being permanently deleted"
            .formatted(subject, version));
  }

  static RegistryError noLevel(String subject) {
    return new RegistryError(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryError incompatible(String why) {
    return new RegistryError(
        409, 409, "Schema being registered is incompatible with an earlier schema; error: " + why);
  }

  static RegistryError invalidSchema(String why) {
    return new RegistryError(422, 42201, "Invalid schema: " + why);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        422,
        42202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryError invalidLevel() {
    return new RegistryError(
        422,
        42203,
        "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
  }

  static RegistryError invalidSubject(String subject) {
    return new RegistryError(422, 42208, "The specified subject '" + subject + "' is not a valid.");
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
