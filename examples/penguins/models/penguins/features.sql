-- One SELECT over the table `input`: the raw rows of data/train.csv or data/test.csv.
SELECT
  id,
  species,
  sex,
  bill_length_mm,
  bill_depth_mm,
  flipper_length_mm,
  body_mass_g,
  bill_length_mm / bill_depth_mm AS bill_ratio
FROM input
-- Two penguins were never measured; without a known sex a row cannot be compared between the sexes.
WHERE bill_length_mm IS NOT NULL
  AND sex IS NOT NULL
ORDER BY id
