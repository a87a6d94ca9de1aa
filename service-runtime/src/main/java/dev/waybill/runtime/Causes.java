package dev.waybill.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure in one line: what it says and what each of its causes says, without secrets. */
public final class Causes {
  private Causes() {}

  /** What is said of the failure, the last cause last; nothing is repeated. */
  public static String of(Throwable failure) {
    Set<String> said = new LinkedHashSet<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable Throwable one = failure; one != null && seen.add(one); one = one.getCause()) {
      String words = Secrets.hide(words(one));
      if (!isEnvelope(one) && said.stream().noneMatch(before -> before.contains(words))) {
        said.add(words);
      }
    }
    return String.join(": ", said);
  }

  private static boolean isEnvelope(Throwable one) {
    Throwable cause = one.getCause();
    return cause != null && cause.toString().equals(one.getMessage());
  }

  /** Of some failures the message is no more than what they are about, such as a file. */
  private static String words(Throwable one) {
    String message = Objects.requireNonNullElse(one.getMessage(), "").strip();
    String words = message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    return words.contains(" ") ? words : (one.getClass().getSimpleName() + " " + words).strip();
  }
}
