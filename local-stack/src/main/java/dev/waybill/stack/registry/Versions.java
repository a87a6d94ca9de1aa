package dev.waybill.stack.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The versions of one subject: numbered from 1, each with its schema's id; some of them deleted.
 *
 * @param ids by version; {@link #GONE} for one that was deleted permanently. The last never is
 * @param deleted the numbers of those that were deleted and may still be read
 */
record Versions(String subject, List<Integer> ids, Set<Integer> deleted) {
  static final int GONE = 0;

  /** The numbers in order. */
  List<Integer> numbers(boolean alsoDeleted) {
    return IntStream.rangeClosed(1, ids.size())
        .filter(number -> isThere(number, alsoDeleted))
        .boxed()
        .toList();
  }

  int id(int number) {
    return ids.get(number - 1);
  }

  /** The number that the text stands for. */
  int number(VersionNumber version, boolean alsoDeleted) {
    List<Integer> there = numbers(alsoDeleted);
    if (version.isLatest() && !there.isEmpty()) {
      return there.get(there.size() - 1);
    }
    if (!there.contains(version.number())) {
      throw RegistryError.noVersion(version.number());
    }
    return version.number();
  }

  void delete(int number, boolean permanently) {
    boolean before = deleted.contains(number);
    if (permanently && !before) {
      throw RegistryError.versionNotDeletedBefore(subject, number);
    }
    if (!permanently && before) {
      throw RegistryError.versionDeletedBefore(subject, number);
    }
    remove(number, permanently);
  }

  /** All; the numbers of those that went. */
  List<Integer> deleteAll(boolean permanently) {
    List<Integer> live = numbers(false);
    if (permanently && !live.isEmpty()) {
      throw RegistryError.subjectNotDeletedBefore(subject);
    }
    if (!permanently && live.isEmpty()) {
      throw RegistryError.subjectDeletedBefore(subject);
    }
    List<Integer> going = permanently ? numbers(true) : live;
    going.forEach(number -> remove(number, permanently));
    return going;
  }

  /** A number may be given again when nothing of it and of those behind it is left. */
  private void remove(int number, boolean permanently) {
    if (!permanently) {
      deleted.add(number);
      return;
    }
    deleted.remove(number);
    ids.set(number - 1, GONE);
    while (!ids.isEmpty() && ids.get(ids.size() - 1) == GONE) {
      ids.remove(ids.size() - 1);
    }
  }

  private boolean isThere(int number, boolean alsoDeleted) {
    return id(number) != GONE && (alsoDeleted || !deleted.contains(number));
  }
}
