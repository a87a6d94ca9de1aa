package dev.waybill.stack.registry;

/** A refusal as Confluent's API words it: an HTTP status and a code. */
final class RegistryError extends RuntimeException {
  private final int status;
  private final int code;

  private RegistryError(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RegistryError noSubject(String subject) {
    return new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError noVersion(String version) {
    return new RegistryError(404, 40402, "Version " + version + " not found.");
  }

  static RegistryError noSchema() {
    return new RegistryError(404, 40403, "Schema not found.");
  }

  static RegistryError noLevel(String subject) {
    return new RegistryError(
        404, 40408, "Subject '" + subject + "' has no level of compatibility of its own.");
  }

  static RegistryError invalidSchema(String why) {
    return new RegistryError(422, 42201, "Invalid schema: " + why);
  }

  static RegistryError invalidLevel(String level) {
    return new RegistryError(422, 42203, "Invalid compatibility level: " + level);
  }

  static RegistryError incompatible(String why) {
    return new RegistryError(409, 409, "Schema being registered is incompatible: " + why);
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
