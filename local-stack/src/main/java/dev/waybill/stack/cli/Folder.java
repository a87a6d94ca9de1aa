package dev.waybill.stack.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What is given for a folder: one that is there, or can be made. */
public final class Folder implements ITypeConverter<Path> {
  @Override
  public Path convert(String given) {
    if (given.isBlank()) {
      throw new TypeConversionException("it must be a folder, and is empty");
    }
    Path folder = Path.of(given);
    if (folder.toAbsolutePath().toString().contains(",")) {
      throw new TypeConversionException(
          "Kafka keeps no data in a folder with a comma in its name: " + folder.toAbsolutePath());
    }
    Stream.iterate(folder.toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(one -> Files.exists(one, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .filter(one -> !Files.isDirectory(one))
        .ifPresent(
            one -> {
              throw new TypeConversionException(one + " is no folder");
            });
    return folder;
  }
}
