package dev.waybill.producer.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.producer.orders.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object and collects what is wrong with them, by path. A wrong field
 * yields a stand-in for the moment; {@link #verify()} must be called after the last read.
 */
final class Fields {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");
  private static final UUID NO_UUID = new UUID(0, 0);
  private static final BigDecimal NO_AMOUNT = BigDecimal.ZERO.setScale(Money.SCALE);

  private final JsonNode object;
  private final String path;
  private final Map<String, String> errors;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fields> inner = new ArrayList<>();

  private Fields(JsonNode object, String path, Map<String, String> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /**
   * @throws InvalidRequestException when the body is something other than an object
   */
  static Fields of(JsonNode body) {
    if (!body.isObject()) {
      throw new InvalidRequestException(Map.of("", "must be a JSON object"));
    }
    return new Fields(body, "", new LinkedHashMap<>());
  }

  /** A text of 1 to so many characters (code points), not blank. */
  String text(String name, int maxLength) {
    JsonNode value = field(name);
    String text = value.isTextual() ? value.textValue() : "";
    if (!value.isTextual()) {
      wrong(name, "must be a text");
    } else if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
      wrong(name, "must have 1 to " + maxLength + " characters and not be blank");
    } else if (!Texts.isPlain(text)) {
      wrong(name, "must not have control characters or halves of surrogate pairs");
    }
    return text;
  }

  UUID uuid(String name) {
    JsonNode value = field(name);
    UUID uuid = value.isTextual() ? Texts.uuid(value.textValue()) : null;
    if (uuid == null) {
      wrong(name, "must be a UUID such as 018f2f6e-7d2a-7c3e-9b1a-3f5d8e6c4b2a");
      return NO_UUID;
    }
    return uuid;
  }

  int integer(String name, int min, int max) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      wrong(name, "must be a whole number from " + min + " to " + max);
      return min;
    }
    return value.intValue();
  }

  /** An amount of money: a number, or a text that is one. */
  BigDecimal amount(String name) {
    JsonNode value = field(name);
    BigDecimal amount = null;
    if (value.isNumber()) {
      amount = value.decimalValue();
    } else if (value.isTextual() && DECIMAL.matcher(value.textValue()).matches()) {
      amount = new BigDecimal(value.textValue());
    }
    if (amount == null || amount.signum() < 0 || amount.compareTo(Money.MAX) > 0) {
      wrong(name, "must be a decimal number from 0 to " + Money.MAX);
      return NO_AMOUNT;
    }
    if (amount.stripTrailingZeros().scale() > Money.SCALE) {
      wrong(name, "must have at most " + Money.SCALE + " digits after the point");
      return NO_AMOUNT;
    }
    return amount.setScale(Money.SCALE);
  }

  /** A list of 1 to so many objects; empty when it is wrong. */
  List<Fields> objects(String name, int maxSize) {
    JsonNode value = field(name);
    if (!value.isArray() || value.isEmpty() || value.size() > maxSize) {
      wrong(name, "must be a list of 1 to " + maxSize + " objects");
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String at = path + name + "[" + i + "]";
      if (value.get(i).isObject()) {
        objects.add(new Fields(value.get(i), at + ".", errors));
      } else {
        errors.put(at, "must be an object");
      }
    }
    inner.addAll(objects);
    return objects;
  }

  /** Adds an error found by a rule of the caller's, unless the field is wrong already. */
  void wrong(String name, String what) {
    errors.putIfAbsent(path + name, what);
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidRequestException naming every wrong field and every one that nobody read
   */
  void verify() {
    unknown();
    if (!errors.isEmpty()) {
      throw new InvalidRequestException(errors);
    }
  }

  private void unknown() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                wrong(name, "is not a field of this request");
              }
            });
    inner.forEach(Fields::unknown);
  }

  private JsonNode field(String name) {
    known.add(name);
    return object.path(name);
  }
}
