package dev.waybill.consumer.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void lettersOfOneCauseShareIt() {
    assertOne("schema 17 is unknown to the registry", "schema 4,711 is unknown to the registry");
    assertOne(
        "the value is about order 01a20d6d-5a00-7000-8000-00000000000a",
        "the value is about order 01A20D6D-5A00-7000-8000-0000000000FF");
    assertOne("see orders.events-3@77", "see orders.events-0@1234567");
    assertOne("digest 0x1f is not 9a8b7c6d", "digest 0xab12 is not 00000000ffff");
    assertOne("at 12:30:01.5 of 1,024 bytes", "at 7:01 of 99 bytes");
    assertOne("x86 is v2beta1", "x87 is v3beta22");
    assertOne("of 123456789012", "of 7");
    assertOne("of 12345678", "of 1234567f");
    assertOne("IllegalStateException at Orders.java:77", "IllegalStateException at Orders.java:9");
  }

  @Test
  void othersDoNot() {
    assertThat(of("schema 17 is unknown")).isNotEqualTo(of("schema 17 does not fit"));
    assertThat(Fingerprint.of("UNDECODABLE", "x")).isNotEqualTo(Fingerprint.of("CONFLICT", "x"));
    assertThat(of("the decade was added")).isNotEqualTo(of("the facade was added"));
    assertThat(of("")).matches("[0-9a-f]{12}");
  }

  private static void assertOne(String one, String other) {
    assertThat(of(one)).as("%s, %s", one, other).isEqualTo(of(other));
  }

  private static String of(String detail) {
    return Fingerprint.of("UNDECODABLE", detail);
  }
}
