package dev.waybill.schemas.folder;

import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.compatibility.Level;
import dev.waybill.schemas.compatibility.SchemaText;
import dev.waybill.schemas.compatibility.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A subject's folder: the working schema, {@value #WORKING}, and what was released of it.
 *
 * @param name of the folder; and of the subject in the registry, unless it is a store's
 */
public record Subject(String name, Path folder, Level level) {
  /** The file of the schema that people edit and classes are generated from. */
  public static final String WORKING = "schema.avsc";

  private static final String STORE = "-store";

  /**
   * Whether it is what a service keeps in a store of its own, by the name's end, {@value #STORE}.
   * That is held against what was released as any other, and no registry is told.
   */
  public boolean isStore() {
    return name.endsWith(STORE);
  }

  /** The working schema as it stands in its file. */
  public String workingText() throws IOException {
    return text(folder.resolve(WORKING));
  }

  /**
   * The working schema.
   *
   * @throws InvalidSchemaException with all that is wrong with the file
   */
  public Schema working() throws IOException, InvalidSchemaException {
    return SchemaText.parse(workingText(), WORKING);
  }

  /**
   * What was released, oldest first.
   *
   * @throws InvalidSchemaException if a file is no schema any more
   */
  public List<Version> released() throws IOException, InvalidSchemaException {
    List<Version> versions = new ArrayList<>();
    for (Map.Entry<Integer, Path> one : new Releases(folder).files().entrySet()) {
      String name = Releases.name(one.getKey());
      Schema schema = SchemaText.released(text(one.getValue()), name);
      versions.add(new Version(one.getKey(), schema, name));
    }
    return versions;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (IOException failure) { // some say nothing of the file
      throw new IOException("cannot read " + file + ": " + failure.getMessage(), failure);
    }
  }

  /** What is not as it was released: what happened, by the file relative to this folder. */
  public Map<String, String> damages() throws IOException {
    return new Releases(folder).damages();
  }

  /** Freezes the working schema as the next version, whose number it returns. Checks nothing. */
  public int release() throws IOException {
    return new Releases(folder).add(workingText());
  }
}
