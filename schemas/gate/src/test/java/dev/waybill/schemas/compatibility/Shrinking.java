package dev.waybill.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Parts that a schema's text may do without. */
final class Shrinking {
  private Shrinking() {}

  /** JSON pointers to all parts; those of fields by their names, which versions share. */
  static List<String> places(JsonNode tree) {
    List<String> places = new ArrayList<>();
    collect(tree, "", places);
    return places;
  }

  private static void collect(JsonNode tree, String at, List<String> places) {
    if (tree.isArray()) {
      for (int i = 0; i < tree.size(); i++) {
        String step = at + "/" + step(tree.get(i), i);
        places.add(step);
        collect(tree.get(i), step, places);
      }
    } else if (tree.isObject()) {
      tree.fieldNames()
          .forEachRemaining(
              name -> {
                places.add(at + "/" + name);
                collect(tree.get(name), at + "/" + name, places);
              });
    }
  }

  private static String step(JsonNode item, int index) {
    return item.has("name") ? "@" + item.path("name").asText() : Integer.toString(index);
  }

  /** Without this part, or with a plain type in its place. */
  static String without(JsonNode tree, String place, boolean replaced) {
    remove(tree, "", place, replaced);
    return tree.toString();
  }

  private static void remove(JsonNode tree, String at, String place, boolean replaced) {
    if (tree instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        String step = at + "/" + step(list.get(i), i);
        if (step.equals(place)) {
          if (replaced) {
            list.set(i, list.textNode("int"));
          } else {
            list.remove(i);
          }
          return;
        }
        remove(list.get(i), step, place, replaced);
      }
    } else if (tree instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String step = at + "/" + name;
        if (step.equals(place)) {
          if (replaced) {
            object.put(name, "int");
          } else {
            object.remove(name);
          }
        } else {
          remove(object.get(name), step, place, replaced);
        }
      }
    }
  }
}
