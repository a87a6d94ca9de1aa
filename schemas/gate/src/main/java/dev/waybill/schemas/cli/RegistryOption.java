package dev.waybill.schemas.cli;

import dev.waybill.registry.SchemaRegistryConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which registry; named as the services' settings are. */
final class RegistryOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--registry",
      paramLabel = "<url>",
      defaultValue = "${env:SCHEMA_REGISTRY_URL:-http://localhost:8090}",
      description = {
        "The registry's address (default: $SCHEMA_REGISTRY_URL, else http://localhost:8090).",
        "$SCHEMA_REGISTRY_USER_INFO is user:password, where it wants them."
      })
  private String url = "";

  SchemaRegistryConfig config() {
    try {
      return SchemaRegistryConfig.of(url).withUserInfo(System.getenv("SCHEMA_REGISTRY_USER_INFO"));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--registry: " + wrong.getMessage());
    }
  }
}
