goods-dry = Dry
goods-chilled = Chilled
goods-chilled-sensitive = Chilled, very perishable
goods-frozen = Frozen
goods-no-limit = room temperature
goods-at-most = { $celsius } at most
goods-use-by = Use by
goods-use-by-hint = imperative date
goods-best-before = Best before
goods-best-before-hint = indicative date
goods-no-date = No date
goods-no-date-hint = fruit, vegetables, bread, hygiene
goods-date-to-come = { $kind } { $day }
goods-date-passed = { $days ->
    [one] { $kind } date passed yesterday
   *[other] { $kind } date passed { $days } days ago
}
