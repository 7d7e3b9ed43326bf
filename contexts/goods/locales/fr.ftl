goods-dry = Sec
goods-chilled = Frais
goods-chilled-sensitive = Frais très périssable
goods-frozen = Surgelé
goods-no-limit = température ambiante
goods-at-most = { $celsius } au plus
goods-use-by = DLC
goods-use-by-hint = à consommer jusqu’au
goods-best-before = DDM
goods-best-before-hint = à consommer de préférence avant
goods-no-date = Sans date
goods-no-date-hint = fruits, légumes, pain, hygiène
goods-date-to-come = { $kind } { $day }
goods-date-passed = { $days ->
    [one] { $kind } passée depuis hier
   *[other] { $kind } passée depuis { $days } jours
}
