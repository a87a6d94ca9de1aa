package dev.waybill.consumer.belongings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks whose the group of B's name is. */
final class Groups {
  private Groups() {}

  /** Why it is not B's; empty when it is, or there is none. Blocks. */
  static Optional<String> refusal(Admin admin, Belongings own)
      throws ExecutionException, InterruptedException {
    Optional<ConsumerGroupDescription> consumers = describe(admin, own.applicationId());
    return consumers.isPresent()
        ? GroupRules.refusal(consumers.get(), own)
        : ofAnotherType(admin, own);
  }

  /** Empty when there is no group, or none of consumers. */
  private static Optional<ConsumerGroupDescription> describe(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(
          Objects.requireNonNull(
              admin.describeConsumerGroups(List.of(group)).all().get().get(group)));
    } catch (ExecutionException failure) {
      // The second is what the client says of a group that is not made of consumers.
      if (failure.getCause() instanceof GroupIdNotFoundException
          || failure.getCause() instanceof IllegalArgumentException) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static Optional<String> ofAnotherType(Admin admin, Belongings own)
      throws ExecutionException, InterruptedException {
    for (GroupListing group : admin.listGroups().all().get()) {
      if (group.groupId().equals(own.applicationId())) {
        return GroupRules.refusal(group, own);
      }
    }
    return Optional.empty();
  }
}
