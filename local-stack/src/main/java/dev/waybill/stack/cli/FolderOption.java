package dev.waybill.stack.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the stack of {@code up} keeps its data. */
final class FolderOption {
  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      defaultValue = ".waybill/up",
      converter = Folder.class,
      description = "Folder of data and logs (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of(".waybill/up");

  RunningStack stack() {
    return new RunningStack(folder.toAbsolutePath());
  }

  /** What is a folder, or can become one. */
  static final class Folder implements ITypeConverter<Path> {
    @Override
    public Path convert(String given) {
      if (given.isBlank()) {
        throw new TypeConversionException("it must be a folder, and is empty");
      }
      Path folder = Path.of(given);
      for (Path one = folder.toAbsolutePath(); one != null; one = one.getParent()) {
        if (Files.exists(one, LinkOption.NOFOLLOW_LINKS)) {
          if (!Files.isDirectory(one)) {
            throw new TypeConversionException(one + " is no folder");
          }
          break;
        }
      }
      return folder;
    }
  }
}
