import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.slf4j.LoggerFactory;

/**
 * Generates a module's jOOQ classes from its Flyway migrations, so that there is no second copy of
 * the tables: starts an embedded PostgreSQL, migrates it, and lets jOOQ read it.
 *
 * <p>Run by the build with Java's source launcher ({@code java --class-path ...
 * GenerateJooq.java}). The server is stopped however the program ends, short of SIGKILL. Nothing is
 * done when the migrations, this program, its arguments and jOOQ's version are those of the last
 * run.
 *
 * <pre>
 * --migrations=folder[,folder...]  each with a history table of its own, applied in this order
 * --package=name                   of the generated classes
 * --include=regex                  names of tables to generate
 * --output=folder                  emptied first
 * </pre>
 */
final class GenerateJooq {
  private final List<Path> migrations;
  private final String packageName;
  private final String include;
  private final Path output;

  private GenerateJooq(Map<String, String> arguments) {
    this.migrations =
        Stream.of(required(arguments, "migrations").split(",")).map(Path::of).toList();
    this.packageName = required(arguments, "package");
    this.include = required(arguments, "include");
    this.output = Path.of(required(arguments, "output"));
  }

  public static void main(String[] args) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    new GenerateJooq(
            Arrays.stream(args)
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])))
        .run();
  }

  private void run() throws Exception {
    Path stamp = output.resolveSibling(output.getFileName() + ".sha256");
    String inputs = hashOfInputs();
    if (Files.isDirectory(output)
        && Files.exists(stamp)
        && Files.readString(stamp).equals(inputs)) {
      System.out.println("jOOQ classes of " + packageName + ": migrations unchanged, kept");
      return;
    }
    Files.deleteIfExists(stamp);
    long startNanos = System.nanoTime();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      migrate(url);
      generate(url);
    }
    Files.writeString(stamp, inputs);
    System.out.printf(
        "jOOQ classes of %s: generated from %s in %s ms%n",
        packageName, migrations, (System.nanoTime() - startNanos) / 1_000_000);
  }

  private void migrate(String url) {
    for (int i = 0; i < migrations.size(); i++) {
      Flyway.configure()
          .dataSource(url, "postgres", "")
          .locations("filesystem:" + migrations.get(i).toAbsolutePath())
          .failOnMissingLocations(true)
          .table("history_" + i)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    }
  }

  private void generate(String url) throws Exception {
    GenerationTool.generate(
        new Configuration()
            .withLogging(Logging.WARN)
            .withJdbc(new Jdbc().withUrl(url).withUser("postgres").withPassword(""))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withName("org.jooq.meta.postgres.PostgresDatabase")
                            .withInputSchema("public")
                            .withOutputSchemaToDefault(true)
                            .withOutputCatalogToDefault(true)
                            .withIncludes(include)
                            .withIncludeRoutines(false)
                            .withIncludeSequences(false)
                            .withIncludeDomains(false)
                            .withForcedTypes(
                                new ForcedType()
                                    .withName("INSTANT")
                                    .withIncludeTypes("timestamp with time zone|timestamptz"),
                                // To read only: PostgreSQL compares an xid8 with nothing else.
                                new ForcedType().withName("VARCHAR").withIncludeTypes("xid8")))
                    .withGenerate(
                        new Generate()
                            .withRecords(false)
                            .withDaos(false)
                            .withPojos(false)
                            .withDeprecated(false)
                            .withGeneratedAnnotation(false))
                    .withTarget(
                        new Target()
                            .withPackageName(packageName)
                            .withDirectory(output.toString())
                            .withClean(true))));
  }

  private String hashOfInputs() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    String settings = String.join("\n", org.jooq.Constants.FULL_VERSION, packageName, include);
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    for (Path folder : migrations) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          update(digest, folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    // With the source launcher, a class comes from its source file.
    URI program = GenerateJooq.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    update(digest, "program", Files.readAllBytes(Path.of(program)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String name, byte[] content) throws IOException {
    digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(content);
  }

  private static String required(Map<String, String> arguments, String name) {
    String value = arguments.get(name);
    if (value == null || value.isBlank() || value.contains("${")) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }
}
