package dev.waybill.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A random schema that can be changed: its named types by full name, and the type of the whole. */
final class SchemaModel {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> PRIMITIVES =
      List.of("null", "boolean", "int", "long", "float", "double", "string", "bytes");
  private static final List<String> NAMES =
      List.of("v1.A", "v2.A", "v1.B", "v2.B", "v1.C", "v3.D", "v1.E", "v3.F");
  private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> SYMBOLS = List.of("P", "Q", "R", "S");

  private final Random random;
  private final Map<String, ObjectNode> types = new LinkedHashMap<>();
  private JsonNode root;

  SchemaModel(Random random) {
    this.random = random;
    this.root = JSON.textNode("record");
    this.root = chance(90) ? named("record", 0) : type(0);
  }

  private SchemaModel(SchemaModel other) {
    this.random = other.random;
    other.types.forEach((name, type) -> types.put(name, type.deepCopy()));
    this.root = other.root.deepCopy();
  }

  /** With each named type where it is used first. */
  @Override
  public String toString() {
    return written(root, new HashSet<>()).toString();
  }

  private JsonNode written(JsonNode type, Set<String> done) {
    if (type.isTextual()) {
      ObjectNode definition = types.get(type.asText());
      return definition == null || !done.add(type.asText()) ? type : written(definition, done);
    }
    if (type.isArray()) {
      ArrayNode union = JSON.arrayNode();
      type.forEach(branch -> union.add(written(branch, done)));
      return union;
    }
    ObjectNode copy = ((ObjectNode) type).deepCopy();
    for (String inside : List.of("items", "values")) {
      if (copy.has(inside)) {
        copy.set(inside, written(copy.get(inside), done));
      }
    }
    for (JsonNode field : copy.path("fields")) {
      ((ObjectNode) field).set("type", written(field.get("type"), done));
    }
    return copy;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private JsonNode type(int depth) {
    int kind = random.nextInt(depth > 3 ? 50 : 100);
    if (kind < 40) {
      return primitive();
    } else if (kind < 50) {
      return logical();
    } else if (kind < 62) {
      return union(depth);
    } else if (kind < 69) {
      return JSON.objectNode().put("type", "array").set("items", type(depth + 1));
    } else if (kind < 74) {
      return JSON.objectNode().put("type", "map").set("values", type(depth + 1));
    } else if (kind < 82) {
      return reference(depth);
    }
    return named(kind < 92 ? "record" : kind < 97 ? "enum" : "fixed", depth);
  }

  private JsonNode primitive() {
    return JSON.textNode(any(PRIMITIVES));
  }

  private JsonNode logical() {
    ObjectNode type = JSON.objectNode();
    return switch (random.nextInt(7)) {
      case 0 -> type.put("type", "long").put("logicalType", "timestamp-millis");
      case 1 -> type.put("type", "long").put("logicalType", "timestamp-micros");
      case 2 -> type.put("type", "int").put("logicalType", "date");
      case 3 -> type.put("type", "string").put("logicalType", "uuid");
      case 4 -> type.put("type", "int").put("logicalType", "time-millis");
      default ->
          type.put("type", "bytes")
              .put("logicalType", "decimal")
              .put("precision", 4 + random.nextInt(3))
              .put("scale", random.nextInt(3));
    };
  }

  private JsonNode union(int depth) {
    ArrayNode union = JSON.arrayNode();
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i <= 1 + random.nextInt(3); i++) {
      JsonNode branch = i == 0 && chance(40) ? JSON.textNode("null") : type(depth + 1);
      if (!branch.isArray() && kinds.add(kind(branch))) {
        union.add(branch);
      }
    }
    return union;
  }

  private static String kind(JsonNode branch) {
    return branch.isTextual() ? branch.asText() : branch.path("type").asText();
  }

  /** A type that there is, perhaps one that this is inside. */
  private JsonNode reference(int depth) {
    return types.isEmpty() ? named("record", depth) : JSON.textNode(any(names()));
  }

  private List<String> names() {
    return new ArrayList<>(types.keySet());
  }

  private JsonNode named(String kind, int depth) {
    List<String> free = NAMES.stream().filter(name -> !types.containsKey(name)).toList();
    if (free.isEmpty()) {
      return primitive();
    }
    String name = any(free);
    ObjectNode type = JSON.objectNode().put("type", kind).put("name", simple(name));
    type.put("namespace", namespace(name));
    types.put(name, type);
    if (kind.equals("record")) {
      ArrayNode fields = type.putArray("fields");
      int most = random.nextInt(depth == 0 ? 5 : 4);
      for (int i = 0; i < most; i++) {
        addField(fields, depth + 1);
      }
    } else if (kind.equals("enum")) {
      ArrayNode symbols = type.putArray("symbols");
      SYMBOLS.stream().filter(one -> chance(60)).forEach(symbols::add);
      if (symbols.isEmpty()) {
        symbols.add("P");
      }
      if (chance(40)) {
        type.put("default", symbols.get(random.nextInt(symbols.size())).asText());
      }
    } else {
      type.put("size", random.nextInt(4));
    }
    if (chance(8)) {
      type.putArray("aliases").add(any(NAMES));
    }
    return JSON.textNode(name);
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String namespace(String name) {
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
  }

  private void addField(ArrayNode fields, int depth) {
    Set<String> used = new HashSet<>();
    fields.forEach(field -> used.add(field.path("name").asText()));
    List<String> free = FIELDS.stream().filter(name -> !used.contains(name)).toList();
    if (free.isEmpty()) {
      return;
    }
    ObjectNode field = JSON.objectNode().put("name", any(free));
    field.set("type", type(depth));
    if (chance(60)) {
      setDefault(field);
    }
    if (chance(8)) {
      field.putArray("aliases").add(any(FIELDS));
    }
    fields.insert(random.nextInt(fields.size() + 1), field);
  }

  private void setDefault(ObjectNode field) {
    JsonNode value = value(field.get("type"), 0);
    if (value != null) {
      field.set("default", value);
    }
  }

  /** A default, now and then a wrong one; null when it would not end. */
  private @Nullable JsonNode value(JsonNode type, int depth) {
    if (depth > 4) {
      return null;
    }
    if (chance(2)) {
      return chance(50) ? JSON.nullNode() : JSON.objectNode();
    }
    if (type.isArray()) {
      if (type.isEmpty()) {
        return null;
      }
      return value(type.get(chance(97) ? 0 : random.nextInt(type.size())), depth);
    }
    ObjectNode definition =
        type.isObject()
            ? (ObjectNode) type
            : types.getOrDefault(type.asText(), JSON.objectNode().put("type", type.asText()));
    String kind = definition.path("type").asText();
    return switch (kind) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.booleanNode(chance(50));
      case "int", "long" -> JSON.numberNode(random.nextInt(100));
      case "float", "double" ->
          chance(50) ? JSON.numberNode(random.nextInt(100)) : JSON.numberNode(0.5);
      case "string", "bytes" -> JSON.textNode(chance(50) ? "" : "x\u00e9");
      case "fixed" -> JSON.textNode("y".repeat(definition.path("size").asInt()));
      case "enum" -> definition.path("symbols").path(0);
      case "array" -> {
        ArrayNode list = JSON.arrayNode();
        if (chance(50)) {
          JsonNode item = value(definition.get("items"), depth + 1);
          if (item != null) {
            list.add(item);
          }
        }
        yield list;
      }
      case "map" -> {
        ObjectNode map = JSON.objectNode();
        if (chance(50)) {
          JsonNode item = value(definition.get("values"), depth + 1);
          if (item != null) {
            map.set("k", item);
          }
        }
        yield map;
      }
      default -> record(definition, depth);
    };
  }

  private @Nullable JsonNode record(ObjectNode definition, int depth) {
    ObjectNode record = JSON.objectNode();
    for (JsonNode field : definition.path("fields")) {
      if (field.has("default") && chance(50)) {
        continue;
      }
      JsonNode value = value(field.get("type"), depth + 1);
      if (value == null) {
        return null;
      }
      record.set(field.path("name").asText(), value);
    }
    return record;
  }

  /** The same schema after some changes, such as people make, and such as nobody should. */
  SchemaModel changed() {
    SchemaModel next = new SchemaModel(this);
    for (int i = 0; i <= random.nextInt(3); i++) {
      next.change();
    }
    return next;
  }

  private void change() {
    String name = types.isEmpty() ? "" : any(names());
    ObjectNode type = types.get(name);
    if (type == null || chance(3)) {
      root = changed(root);
    } else if (chance(8)) {
      rename(name);
    } else if (chance(6)) {
      type.withArray("/aliases").add(any(NAMES));
    } else if (chance(4)) {
      type.remove("aliases");
    } else if (type.path("type").asText().equals("record")) {
      changeFields(type);
    } else if (type.path("type").asText().equals("enum")) {
      changeSymbols(type);
    } else {
      type.put("size", random.nextInt(4));
    }
  }

  private void changeFields(ObjectNode record) {
    ArrayNode fields = (ArrayNode) record.get("fields");
    if (fields.isEmpty() || chance(25)) {
      addField(fields, 2);
      return;
    }
    int at = random.nextInt(fields.size());
    ObjectNode field = (ObjectNode) fields.get(at);
    String name = field.path("name").asText();
    switch (random.nextInt(10)) {
      case 0, 1 -> fields.remove(at);
      case 2 -> {
        field.put("name", any(FIELDS));
        if (chance(70)) {
          field.withArray("/aliases").add(name);
        }
      }
      case 3, 4, 5 -> {
        field.set("type", changed(field.get("type")));
        if (field.has("default")) {
          setDefault(field);
        }
      }
      case 6 -> setDefault(field);
      case 7 -> field.remove(chance(70) ? "default" : "aliases");
      case 8 -> field.withArray("/aliases").add(any(FIELDS));
      default -> fields.insert(random.nextInt(fields.size()), fields.remove(at));
    }
  }

  private void changeSymbols(ObjectNode type) {
    ArrayNode symbols = (ArrayNode) type.get("symbols");
    List<String> free = new ArrayList<>(SYMBOLS);
    symbols.forEach(one -> free.remove(one.asText()));
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        if (!free.isEmpty()) {
          symbols.insert(random.nextInt(symbols.size() + 1), any(free));
        }
      }
      case 2 -> {
        if (symbols.size() > 1) {
          symbols.remove(random.nextInt(symbols.size()));
          type.remove("default");
        }
      }
      case 3 -> type.put("default", symbols.get(random.nextInt(symbols.size())).asText());
      default -> type.remove("default");
    }
  }

  private JsonNode changed(JsonNode type) {
    return either(
        () -> type(2),
        () -> promoted(type),
        () -> promoted(type),
        () -> wrapped(type),
        () -> wrapped(type),
        () -> inside(type),
        () -> inside(type),
        () -> inside(type),
        () -> twin(type));
  }

  @SafeVarargs
  private JsonNode either(Supplier<JsonNode>... ways) {
    return ways[random.nextInt(ways.length)].get();
  }

  private JsonNode promoted(JsonNode type) {
    return switch (kind(type)) {
      case "int" -> JSON.textNode(any(List.of("long", "float", "double")));
      case "long" -> JSON.textNode(any(List.of("int", "float", "double")));
      case "float" -> JSON.textNode(any(List.of("double", "int")));
      case "double" -> JSON.textNode(any(List.of("float", "long")));
      case "string" -> JSON.textNode("bytes");
      case "bytes" -> JSON.textNode("string");
      default -> logical();
    };
  }

  private JsonNode wrapped(JsonNode type) {
    if (type.isArray()) {
      ArrayNode union = type.deepCopy();
      if (chance(30) && !union.isEmpty()) {
        return union.get(random.nextInt(union.size()));
      } else if (chance(50) && union.size() > 1) {
        union.remove(random.nextInt(union.size()));
      } else {
        JsonNode more = type(2);
        if (!more.isArray()) {
          union.insert(random.nextInt(union.size() + 1), more);
        }
      }
      return union;
    }
    ArrayNode union = JSON.arrayNode().add(type);
    JsonNode other = chance(60) ? JSON.textNode("null") : type(2);
    if (!other.isArray() && !kind(other).equals(kind(type))) {
      union.insert(random.nextInt(2), other);
    }
    return union;
  }

  private JsonNode inside(JsonNode type) {
    if (type.isArray() && !type.isEmpty()) {
      ArrayNode union = type.deepCopy();
      int at = random.nextInt(union.size());
      JsonNode branch = union.remove(at);
      if (chance(60)) {
        JsonNode other = changed(branch);
        branch = other.isArray() ? branch : other;
      }
      return union.insert(random.nextInt(union.size() + 1), branch);
    }
    for (String part : List.of("items", "values")) {
      if (type.has(part)) {
        ObjectNode copy = type.deepCopy();
        return copy.set(part, changed(type.get(part)));
      }
    }
    return promoted(type);
  }

  /** Another type that looks the same. */
  private JsonNode twin(JsonNode type) {
    ObjectNode definition = type.isTextual() ? types.get(type.asText()) : null;
    List<String> free = NAMES.stream().filter(name -> !types.containsKey(name)).toList();
    if (definition == null || free.isEmpty()) {
      return type;
    }
    String name = any(free);
    ObjectNode copy = definition.deepCopy();
    types.put(name, copy.put("name", simple(name)).put("namespace", namespace(name)));
    if (chance(30)) {
      copy.putArray("aliases").add(type.asText());
    }
    return chance(50) ? JSON.arrayNode().add(type).add(name) : JSON.textNode(name);
  }

  private void rename(String name) {
    List<String> free = NAMES.stream().filter(one -> !types.containsKey(one)).toList();
    ObjectNode type = types.get(name);
    if (free.isEmpty() || type == null) {
      return;
    }
    String other = any(free);
    type.put("name", simple(other)).put("namespace", namespace(other));
    if (chance(60)) {
      type.withArray("/aliases").add(name);
    }
    types.remove(name);
    types.put(other, type);
    root = renamed(root, name, other);
    types.values().forEach(one -> renamed(one, name, other));
  }

  private static JsonNode renamed(JsonNode type, String name, String other) {
    if (type.isTextual()) {
      return type.asText().equals(name) ? JSON.textNode(other) : type;
    }
    if (type.isArray()) {
      ArrayNode union = (ArrayNode) type;
      for (int i = 0; i < union.size(); i++) {
        union.set(i, renamed(union.get(i), name, other));
      }
      return union;
    }
    for (String part : List.of("items", "values")) {
      if (type.has(part)) {
        ((ObjectNode) type).set(part, renamed(type.get(part), name, other));
      }
    }
    for (JsonNode field : type.path("fields")) {
      ((ObjectNode) field).set("type", renamed(field.get("type"), name, other));
    }
    return type;
  }
}
