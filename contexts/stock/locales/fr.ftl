stock-nav = Stock
stock-title = Stock
stock-lead = Ce qu’il y a, dans l’ordre où il faut l’utiliser : la date la plus proche d’abord.
stock-receive = Recevoir
stock-count = Faire l’inventaire
stock-sheet = Fiche à imprimer
stock-export = Emporter cette liste :
stock-export-title = Stock { $place }
stock-shelves = Quel stock
stock-others = Stocks que d’autres structures partagent
stock-see = Voir
stock-filter = Filtrer
stock-filter-temperature = Température
stock-filter-family = Famille
stock-filter-all = Toutes
stock-filter-all-families = Toutes
stock-filter-apply = Appliquer
stock-filter-none = Tout afficher
stock-empty-title = Rien en stock ici pour le moment
stock-empty-text = Ce qui sera reçu apparaîtra ici, la date la plus proche en premier. Commencez par noter une livraison.
stock-empty-other = Ce qui sera reçu ici apparaîtra, la date la plus proche en premier.
stock-empty-filtered-title = Rien ne correspond à ce filtre
stock-empty-filtered-text = Choisissez une autre famille ou une autre température, ou affichez tout.
stock-caption = À utiliser dans cet ordre : { $place }
stock-column-product = Produit
stock-column-use = À utiliser
stock-column-free = Disponible
stock-column-reserved = Réservé
stock-column-all = En tout
stock-export-movements = Mouvements du stock
stock-column-day = Jour
stock-column-act = Opération
stock-column-moved-kg = Mouvement (kg)
stock-column-reason = Raison
stock-column-reference = Référence
stock-column-family = Famille
stock-column-temperature = Température
stock-column-lot-number = Numéro de lot
stock-column-date-kind = Type de date
stock-column-date = Date
stock-column-donor = Donné par
stock-column-all-kg = En tout (kg)
stock-column-reserved-kg = Réservé (kg)
stock-column-free-kg = Disponible (kg)
stock-column-figure = Mesure
stock-column-state = État
stock-column-who = Qui
stock-column-zone = Zone
stock-column-taken = Pris
stock-column-left = Reste
stock-column-ledger = Attendu
stock-column-found = Trouvé
stock-none = rien
stock-weighed = pesé
stock-estimated = estimé
stock-expired = DLC dépassée
stock-expired-text = La DLC est dépassée : ce lot ne peut plus être donné. Il reste à le jeter ou à le rendre au donateur.
stock-state-expected = Attendu
stock-state-quarantined = Mis de côté
stock-state-blocked = Bloqué (rappel)
stock-state-withdrawn = Retiré
stock-state-because = Raison : { $reason }
stock-scope-own = Visible par votre structure, et par celles à qui vous l’ouvrez
stock-scope-hub = Stock commun : visible par les structures qui participent à la coordination
stock-scope-shared = Cette structure partage son stock avec vous ; elle voit que vous l’avez lu
stock-help-title = Pourquoi cet ordre ?
stock-help-text = Ce qui se périme en premier part en premier. Les produits sans date viennent à la fin, du plus ancien au plus récent.
stock-help-example = Exemple : des yaourts à DLC demain passent avant des pâtes à DDM dans un an.
stock-back = Revenir au stock
stock-sheet-title = Stock : { $place }
stock-sheet-lead = À imprimer et à afficher au quai. Notez au stylo ce qui est pris ; l’inventaire le reprendra.
stock-sheet-reserved = dont réservé
stock-sheet-cut = La liste est longue : imprimez-la famille par famille pour tout avoir.
stock-printed = Imprimé le { $when }
stock-waiting-near = { $lots ->
    [one] Un lot à faire partir avant demain soir
   *[other] { $lots } lots à faire partir avant demain soir
}
stock-waiting-past = { $lots ->
    [one] Un lot à DLC dépassée est encore en rayon
   *[other] { $lots } lots à DLC dépassée sont encore en rayon
}
stock-waiting-see = Voir

stock-who-holds = Qui en a maintenant
stock-nobody-holds = Il n’en reste plus, ou ce qui reste n’est pas partagé avec vous.
stock-life = Son parcours
stock-from-to = { $from } → { $to }
stock-because = « { $reason } »
stock-corrected = Corrigé
stock-correct-this = Corriger
stock-hidden-steps = { $count ->
    [one] Un mouvement chez une autre structure n’est pas partagé avec vous.
   *[other] { $count } mouvements chez d’autres structures ne sont pas partagés avec vous.
}
stock-temperatures = Températures relevées
stock-too-warm = trop chaud
stock-moment-pickup = à l’enlèvement
stock-moment-arrival = à l’arrivée
stock-moment-storage = en chambre froide
stock-label = L’étiquette
stock-since = Depuis
stock-collection = Voir la collecte
stock-from-lot = Vient du lot
stock-into-lots = Partagé en
stock-safety = Sécurité
stock-cause-received = Reçu
stock-cause-moved = Déplacé
stock-cause-split = Partagé
stock-cause-handed-over = Remis
stock-cause-handed-out = Distribué
stock-cause-wasted = Jeté
stock-cause-returned = Rendu
stock-cause-counted = Écart d’inventaire
stock-cause-corrected = Correction
stock-cause-withdrawn = Retiré
stock-place-donor = donateur
stock-place-people = personnes concernées
stock-place-waste = jeté ou composté
stock-place-variance = écart d’inventaire
stock-place-resplit = partage en lots
stock-place-free = { $place } ({ $free } disponibles)
stock-mass-of = { $grams } du lot { $reference }
stock-on-behalf = Vous écrivez à la place de { $structure }, qui en sera prévenue.

stock-act-move = Déplacer
stock-act-move-lead = Changer de zone chez vous. Le froid est vérifié.
stock-act-split = Partager en deux lots
stock-act-split-lead = Une partie devient un lot à elle seule, avec sa propre date s’il le faut.
stock-act-hand-out = Noter une distribution
stock-act-hand-out-lead = Ce que les personnes ont emporté, en poids seulement : aucun nom.
stock-act-return = Rendre le surplus
stock-act-return-lead = Rendre à la plateforme ou au donateur ce qui était de trop. C’est normal et sans reproche.
stock-act-waste = Jeter
stock-act-waste-lead = Noter ce qui ne sera pas mangé, et pourquoi.
stock-act-measure = Noter une température
stock-act-measure-lead = Relevée à cœur ou entre deux produits.
stock-act-quarantine = Mettre de côté
stock-act-quarantine-lead = Personne ne pourra réserver ce lot tant que quelqu’un ne l’aura pas vérifié.
stock-act-block = Bloquer
stock-act-block-lead = Rappel ou danger : le lot est arrêté partout, chez tous ceux qui en ont, et ils sont prévenus.
stock-act-lift = Libérer
stock-act-lift-lead = Le lot a été vérifié et peut de nouveau être donné.
stock-act-withdraw = Retirer du stock
stock-act-withdraw-lead = Tout ce qui reste de ce lot ici est sorti ; ce qui était réservé est annulé et les structures sont prévenues.
stock-field-place = Où
stock-field-weight = Poids
stock-field-weight-hint = { $free } disponibles
stock-field-to = Vers quelle zone
stock-field-return-to = À qui
stock-return-donor = Au donateur
stock-field-lot-number = Numéro de lot de l’étiquette
stock-split-number-hint = Seulement s’il est différent
stock-split-date = Date de cette partie
stock-split-date-hint = Seulement si elle est différente
stock-field-celsius = Température relevée
stock-field-reason = Raison
stock-measure-reason-hint = À remplir si la température est trop haute : que s’est-il passé, qu’avez-vous fait ?
stock-not-now = Ne rien changer
stock-done-move = « { $product } » : déplacé.
stock-done-split = « { $product } » : partagé en lots.
stock-done-hand-out = « { $product } » : distribution notée.
stock-done-return = « { $product } » : surplus rendu.
stock-done-waste = « { $product } » : noté comme jeté.
stock-done-measure = « { $product } » : température notée.
stock-done-quarantine = « { $product } » : mis de côté.
stock-done-block = « { $product } » : bloqué partout.
stock-done-lift = « { $product } » : libéré.
stock-done-withdraw = « { $product } » : retiré du stock.

stock-correct = Corriger
stock-correct-title = Corriger un mouvement
stock-correct-lead = Rien n’est effacé : un mouvement inverse est ajouté, avec votre raison.
stock-correct-hint = Exemple : noté deux fois, mauvais lot, erreur de poids.
stock-done-corrected = C’est corrigé. Le mouvement d’origine reste visible dans le parcours du lot.
stock-done-undone = C’est annulé.
stock-undone = annulé
stock-not-undone = Impossible d’annuler. { $why }

stock-receive-title = Recevoir une livraison
stock-receive-lead = Pesez, lisez l’étiquette, prenez la température. Un bloc par lot.
stock-receive-add = Ajouter un lot à cette livraison
stock-receive-write = Mettre en stock
stock-receive-help-title = Un lot, c’est quoi ?
stock-receive-help-text = Le même produit, avec la même date et le même numéro de lot. Deux dates différentes font deux lots : c’est ce qui permet de retrouver un produit rappelé.
stock-receive-help-example = Exemple : 10 cartons de yaourts à DLC 26/11 et 4 cartons à DLC 28/11 font deux lots.
stock-field-door = Où la livraison entre-t-elle ?
stock-field-donor = Donné par
stock-donor-unknown = Non précisé
stock-lot-number = Lot { $number }
stock-field-product = Produit
stock-field-product-hint = Exemple : yaourts nature
stock-field-measured = Ce poids est
stock-weighed-choice = pesé
stock-estimated-choice = estimé
stock-field-family = Famille
stock-field-kept = À conserver
stock-field-date-kind = Date sur l’étiquette
stock-field-date = Quelle date
stock-field-celsius-hint = Pour le frais et le surgelé, à l’arrivée
stock-field-lot-number-hint = Exemple : L2614-118
stock-field-aside = Mettre de côté, à vérifier
stock-field-aside-hint = Personne ne pourra le réserver tant qu’il n’est pas libéré.
stock-field-why = Explication
stock-field-why-hint = Si la date est à moins de 48 heures, si c’est trop chaud ou si vous mettez de côté : une phrase.
stock-done-received = { $lots ->
    [one] C’est en stock.
   *[other] { $lots } lots en stock.
}
stock-done-received-aside = { $aside ->
    [one] C’est reçu. Un lot est mis de côté, à vérifier.
   *[other] C’est reçu. { $aside } lots sont mis de côté, à vérifier.
}

stock-count-title = Inventaire : { $place }
stock-count-lead = Notez ce que vous trouvez, en kilos. Une case laissée vide ne change rien.
stock-count-found = Trouvé pour { $reference }, en kg
stock-count-write = Enregistrer l’inventaire
stock-count-nothing = Aucun lot n’a été compté : rien n’a changé.
stock-count-same = Inventaire enregistré : tout correspond.
stock-count-done = { $differences ->
    [one] Inventaire enregistré : un écart a été noté.
   *[other] Inventaire enregistré : { $differences } écarts ont été notés.
}
stock-count-cut = Cette zone est très pleine : seuls les premiers lots sont sur cette feuille. Comptez-les, puis revenez.
stock-count-empty-title = Rien à compter dans cette zone
stock-count-empty-text = Les lots reçus ici apparaîtront sur cette feuille, avec une case pour ce que vous trouvez.
stock-count-help-title = Que devient un écart ?
stock-count-help-text = Le stock prend le poids trouvé et l’écart reste visible dans le parcours du lot. Si quelque chose a bougé pendant que vous comptiez, la page vous le dit et rien n’est écrasé.
stock-of-which-reserved = dont { $reserved } réservés
stock-zones = Zones
stock-zone-at = { $zone } ({ $site })

stock-told-on-behalf = Une mise à jour de stock a été saisie pour vous : { $product } ({ $reference }).
stock-told-returned = Du surplus vous a été rendu : { $product } ({ $reference }).
stock-told-corrected = Un mouvement a été corrigé : { $product } ({ $reference }). Votre stock a changé.
stock-told-quarantined = Un lot que vous avez est mis de côté : { $product } ({ $reference }).
stock-told-blocked = Arrêtez de distribuer ce lot : { $product } ({ $reference }). Il est bloqué.
stock-told-lifted = Ce lot peut de nouveau être donné : { $product } ({ $reference }).
stock-told-withdrawn = Ce qui vous était réservé est retiré du stock : { $product } ({ $reference }).

stock-refused-nothing-weighed = Indiquez un poids supérieur à zéro.
stock-refused-product-missing = Dites de quel produit il s’agit.
stock-refused-date-missing = Indiquez la date lue sur l’étiquette, ou choisissez « Sans date ».
stock-refused-reason-missing = Expliquez en une phrase.
stock-refused-in-the-future = Ce moment n’est pas encore arrivé.
stock-refused-not-enough = Il n’y a que { $free } disponibles ici.
stock-refused-quarantined = Ce lot est mis de côté : il faut d’abord le vérifier et le libérer.
stock-refused-blocked = Ce lot est bloqué par un rappel : il ne peut pas être donné.
stock-refused-withdrawn = Ce lot est retiré du stock.
stock-refused-expected = Ce lot n’est pas encore arrivé.
stock-refused-from-withdrawn = Ce lot est retiré du stock : son état ne change plus.
stock-refused-from-blocked = Ce lot est déjà bloqué.
stock-refused-from-quarantined = Ce lot est déjà mis de côté.
stock-refused-from-available = Ce lot n’est ni mis de côté ni bloqué : bloquez-le d’abord.
stock-refused-past-use-by = La DLC est dépassée : ce produit ne peut pas être donné.
stock-refused-short-date = { $hours ->
    [0] Il reste moins d’une heure avant la fin de la DLC. Dites en une phrase comment ce sera distribué à temps.
    [one] Il reste une heure avant la fin de la DLC. Dites en une phrase comment ce sera distribué à temps.
   *[other] Il reste { $hours } heures avant la fin de la DLC, moins que les 48 heures de la règle. Dites en une phrase comment ce sera distribué à temps.
}
stock-refused-same-place = C’est déjà là.
stock-refused-place-closed = Cette zone est fermée.
stock-refused-too-warm = Cette zone n’est pas assez froide pour ce produit.
stock-refused-other-structure = Cette zone est à une autre structure : passez par une remise.
stock-refused-reservation-ended = Cette réservation a déjà été utilisée ou libérée.
stock-refused-other-reservation = Cette réservation concerne un autre lot ou une autre structure.
stock-refused-counted-below-reserved = { $reserved } sont réservés ici : libérez d’abord une réservation.
stock-refused-moved-since = Le stock a bougé pendant le comptage : il y a maintenant { $now }. Recomptez ce lot.
stock-refused-already-corrected = Ce mouvement a déjà été corrigé.
stock-refused-gone-since = Depuis, une partie est partie ou a été réservée : il reste { $free } disponibles.
stock-refused-parts-too-heavy = On peut séparer { $free } au plus.
stock-refused-too-hot = C’est au-dessus de { $celsius }. Dites en une phrase ce qui s’est passé.
stock-in-zone = zone : { $zone }
stock-choose = Choisir dans la liste
stock-past-best-text = La DDM est passée : ce lot peut encore être donné tant que l’emballage est intact.
