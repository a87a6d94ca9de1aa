package dev.waybill.schemas.cli;

import dev.waybill.registry.RegistrySubjects;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.compatibility.Level;
import dev.waybill.schemas.compatibility.Version;
import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.folder.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells a registry what was released. */
@Command(
    name = "register",
    description = {
      "Sets each subject's level in the registry and registers its released versions, in order.",
      "What is there already stays as it is; the working schema is not registered, and none of a",
      "store (...-store)."
    })
final class RegisterCommand extends FolderCommand {
  @Mixin private RegistryOption registry;

  @Parameters(paramLabel = "<subject>", description = "All but stores when none is named.")
  private List<String> subjects = List.of();

  private record Registered(String subject, Level level, Map<Integer, Integer> idsByVersion) {}

  @Override
  int run(SchemaFolder schemas) throws IOException {
    Map<Subject, List<Version>> all = new LinkedHashMap<>();
    for (Subject subject : schemas.registered(subjects)) {
      if (!subject.damages().isEmpty()) {
        return end(subject.name() + " " + subject.damages() + "; nothing was registered", FAILED);
      }
      try {
        all.put(subject, subject.released());
      } catch (InvalidSchemaException invalid) {
        return end(subject.name() + " " + invalid.getMessage(), FAILED);
      }
    }
    List<Registered> done = new ArrayList<>();
    try (SchemaRegistry schemaRegistry = new SchemaRegistry(registry.config());
        RegistrySubjects levels = new RegistrySubjects(registry.config())) {
      all.forEach(
          (subject, versions) -> done.add(register(subject, versions, schemaRegistry, levels)));
    }
    print(done, done.stream().map(RegisterCommand::line).collect(Collectors.joining("\n")));
    return DONE;
  }

  private static Registered register(
      Subject subject, List<Version> versions, SchemaRegistry registry, RegistrySubjects levels) {
    levels.setLevel(subject.name(), subject.level().name());
    Map<Integer, Integer> ids = new TreeMap<>();
    versions.forEach(
        version -> ids.put(version.number(), registry.register(subject.name(), version.schema())));
    return new Registered(subject.name(), subject.level(), ids);
  }

  private static String line(Registered one) {
    return "%s, %s: %s"
        .formatted(
            one.subject(),
            one.level(),
            one.idsByVersion().isEmpty()
                ? "nothing released"
                : one.idsByVersion().entrySet().stream()
                    .map(
                        entry -> "version %s has id %s".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", ")));
  }
}
