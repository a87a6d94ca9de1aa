package dev.waybill.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's model of generated classes, with the conversions of the class that is read.
 *
 * <p>Avro 1.12.2 refuses to load any class that a schema names unless the JVM's system properties
 * list its package. Here the schema's names come from the application's own class, and only what
 * Avro generated (records, enums, fixed) is loaded, so that no setting of the whole JVM is needed.
 */
final class SpecificClasses extends SpecificData {
  private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

  SpecificClasses(Class<?> root) {
    super(root.getClassLoader());
    SpecificData.getForClass(root).getConversions().forEach(this::addLogicalTypeConversion);
  }

  /** The generated class of records of this name, or null. */
  static @Nullable Class<?> record(String name) {
    Class<?> found = named(name);
    return found != null && SpecificRecord.class.isAssignableFrom(found) ? found : null;
  }

  private static @Nullable Class<?> named(String name) {
    Class<?> found = load(name, Thread.currentThread().getContextClassLoader());
    return found != null ? found : load(name, SpecificClasses.class.getClassLoader());
  }

  @Override
  @SuppressWarnings({"rawtypes", "NullAway"}) // Avro's own signature, where null is "none"
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> {
        Class<?> found =
            classes.computeIfAbsent(
                schema.getFullName(), name -> find(SpecificData.getClassName(schema)));
        yield found == Void.class ? null : found;
      }
      default -> super.getClass(schema);
    };
  }

  private Class<?> find(String name) {
    Class<?> found = load(name, getClassLoader());
    found = found != null ? found : named(name);
    return found != null ? found : Void.class;
  }

  private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
    try {
      Class<?> found = loader == null ? null : Class.forName(name, false, loader);
      return found != null && generated(found) ? found : null;
    } catch (ClassNotFoundException | LinkageError e) {
      return null; // said by whoever asked for it, with the schema's name
    }
  }

  private static boolean generated(Class<?> type) {
    return SpecificRecord.class.isAssignableFrom(type)
        || GenericFixed.class.isAssignableFrom(type)
        || type.isEnum();
  }
}
