CREATE TABLE parcel (
  id      text PRIMARY KEY,
  version bigint  NOT NULL,
  grams   bigint  NOT NULL,
  sent    boolean NOT NULL
);
