package dev.waybill.schemas.cli;

import dev.waybill.registry.RegistrySubjects;
import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.compatibility.Version;
import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.folder.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares a registry with what was released. */
@Command(
    name = "verify",
    description = {
      "Compares a registry with the released versions and levels; changes nothing.",
      "Exit status 1 when they differ."
    })
final class VerifyCommand extends FolderCommand {
  @Mixin private RegistryOption registry;

  @Parameters(paramLabel = "<subject>", description = "All but stores when none is named.")
  private List<String> subjects = List.of();

  private record Compared(String subject, List<String> differences) {}

  @Override
  int run(SchemaFolder schemas) throws IOException, InvalidSchemaException {
    List<Compared> all = new ArrayList<>();
    try (RegistrySubjects registered = new RegistrySubjects(registry.config())) {
      for (Subject subject : schemas.registered(subjects)) {
        all.add(new Compared(subject.name(), differences(subject, registered)));
      }
    }
    print(all, all.stream().map(VerifyCommand::text).collect(Collectors.joining("\n")));
    return all.stream().allMatch(one -> one.differences().isEmpty()) ? DONE : FAILED;
  }

  private static List<String> differences(Subject subject, RegistrySubjects registered)
      throws IOException, InvalidSchemaException {
    List<String> differences = new ArrayList<>();
    subject.damages().forEach((file, damage) -> differences.add(file + " " + damage));
    Map<Integer, String> there = new TreeMap<>();
    for (int version : registered.versions(subject.name())) {
      there.put(version, registered.schema(subject.name(), version).toString());
    }
    Set<String> ours = new HashSet<>();
    for (Version released : subject.released()) {
      String schema = released.schema().toString();
      ours.add(schema);
      if (!there.containsValue(schema)) {
        differences.add("the registry lacks version " + released.number());
      }
    }
    there.forEach(
        (version, schema) -> {
          if (!ours.contains(schema)) {
            differences.add("the registry's version %s was never released".formatted(version));
          }
        });
    String level = registered.level(subject.name());
    if (!level.equals(subject.level().name())) {
      differences.add("the registry's level is %s, not %s".formatted(level, subject.level()));
    }
    return differences;
  }

  private static String text(Compared one) {
    return one.differences().isEmpty()
        ? "as released  " + one.subject()
        : "DIFFERENT    " + one.subject() + ": " + String.join("; ", one.differences());
  }
}
