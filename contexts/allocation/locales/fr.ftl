allocation-nav = Répartitions
allocation-lead = Le stock commun, partagé équitablement entre les structures qui en ont besoin.
allocation-rule-link = Comment se fait le partage ?
allocation-prepare = Préparer la répartition du jour
allocation-own-title = Ce qui est proposé à votre structure
allocation-own = { $day } : { $mass }
allocation-own-waits = attend votre réponse
allocation-see = Voir
allocation-runs-title = Toutes les répartitions
allocation-empty-title = Aucune répartition pour le moment
allocation-empty-text = Ici apparaîtra chaque jour la proposition de partage du stock commun. Elle part des demandes : dites ce dont vous avez besoin.
allocation-empty-text-reader = Chaque jour, la proposition de partage du stock commun apparaîtra ici.
allocation-empty-action = Faire une demande
allocation-crumbs = Fil d’Ariane
allocation-kg = kg
allocation-said = { $name } : { $value }
allocation-days = jours
allocation-why = Pourquoi ?
allocation-why-long = Pourquoi cette proposition ?

allocation-state-proposed = À valider
allocation-state-validated = Validée
allocation-state-executed = Terminée
allocation-state-cancelled = Annulée
allocation-line-proposed = Proposé
allocation-line-accepted = Accepté
allocation-line-refused = Non retenu
allocation-line-prepared = Prêt à remettre
allocation-line-handed-over = Remis
allocation-line-not-handed-over = Non remis

allocation-run-title = Répartition du { $day }
allocation-run-lead = { $mass } proposés à { $count ->
    [one] une structure
   *[other] { $count } structures
  }.
allocation-see-own = Voir la part de { $structure }
allocation-validate = Valider et prévenir les structures
allocation-validate-hint = Rien n’est envoyé tant que personne n’a validé. Vous pouvez ajuster chaque ligne avant.
allocation-preparation-title = Liste de préparation
allocation-add = Ajouter une ligne
allocation-add-lead = Pour proposer une part d’un lot à une structure qui n’en avait pas.
allocation-came = Ce qui est en stock
allocation-col-product = Produit
allocation-col-date = Date et froid
allocation-col-day = Date
allocation-col-prepared = Préparé
allocation-col-free = Disponible
allocation-col-proposed = Proposé
allocation-col-left = Reste
allocation-col-crates = Caisses
allocation-col-mass = Poids
allocation-col-state = Où en est-on ?
allocation-col-lot = Lot
allocation-col-temperature = Froid
allocation-col-accepted = Accepté
allocation-col-read = Relevé
allocation-levels = À quel niveau sont servies les structures ?
allocation-levels-text = Part des besoins couverte, semaines passées comprises. Les structures au même niveau sont regroupées ; un groupe de moins de trois n’est pas détaillé.
allocation-levels-kilos = La part est équitable en kilos, pas produit par produit.
allocation-level-hidden = niveau non affiché (groupe trop petit)
allocation-structures = { $count ->
    [one] Une structure
   *[other] { $count } structures
  }
allocation-views = Façons de lire cette répartition
allocation-by-structure = Par structure
allocation-by-lot = Par denrée
allocation-proposed-lines = Ce que la machine propose
allocation-parts = Les structures, dans l’ordre alphabétique
allocation-structure = Structure
allocation-col-part = Ce qui lui est proposé
allocation-handover-to = Remettre : { $structure }
allocation-adjust = Ajuster
allocation-instead-of = au lieu de { $mass }
allocation-handover = Remettre
allocation-cancel = Annuler cette répartition
allocation-cancel-reason = Pourquoi annuler ?
allocation-proof = Calcul vérifié. Ses données sont gardées telles quelles, sous le numéro { $hash }.
allocation-crates = { $count ->
    [one] une caisse
   *[other] { $count } caisses
  }
allocation-crate-opened = une caisse entamée
allocation-crates-and-opened = { $count ->
    [one] une caisse et une entamée
   *[other] { $count } caisses et une entamée
  }
allocation-total = Total
allocation-back-to-run = Répartition
allocation-back-to-answer = Votre proposition

allocation-nothing-others-first = Rien aujourd’hui : ce qu’il y a va à des structures moins bien servies ces dernières semaines.
allocation-nothing-not-asked = Rien aujourd’hui : aucun lot ne correspond aux familles demandées.
allocation-nothing-no-room = Rien aujourd’hui : pas de place indiquée pour ces produits.
allocation-nothing-too-soon = Rien aujourd’hui : les dates limites tombent avant les jours demandés.
allocation-nothing-excluded = Rien aujourd’hui : familles que la structure ne prend pas.
allocation-nothing-opens-too-late = Rien aujourd’hui : la structure reçoit après les dates limites.
allocation-nothing-refused-before = Rien aujourd’hui : ces lots n’ont pas été retenus la dernière fois.
allocation-nothing-other = Rien aujourd’hui.

allocation-field-kg = Combien de kilos ?
allocation-field-kg-hint = Le calcul propose { $mass }. Zéro retire la ligne.
allocation-field-reason = Pourquoi ce changement ?
allocation-field-reason-hint = Une phrase. La structure la lira.
allocation-field-lot = Quel lot ?
allocation-field-structure = Pour quelle structure ?
allocation-save = Enregistrer
allocation-choose = Choisir
allocation-others-title = Qui a le reste
allocation-give-title = Donner à une autre structure
allocation-give = Donner
allocation-field-give-to = À qui ?
allocation-field-reason-both = Une phrase. Les deux structures la liront.
allocation-notice-given = { $mass } passent à une autre structure.
allocation-refused-all-given = Tout est déjà proposé : baissez d’abord une des structures ci-dessous.
allocation-theirs = Quelqu’un a changé cette ligne entre-temps : elle est maintenant à { $mass }. Votre saisie est gardée ; vérifiez, puis enregistrez.

allocation-answer-title = Proposition du { $day }
allocation-answer-until = À confirmer avant { $moment }
allocation-accept-all = Tout accepter
allocation-line-by-line = Ou répondre ligne par ligne
allocation-refusing-is-a-right = Refuser est votre droit : cela ne compte jamais contre vous, et les produits repartent pour d’autres.
allocation-take = Je prends
allocation-refuse = Je ne prends pas
allocation-refuse-why = Si vous ne prenez pas, pourquoi ?
allocation-send-answer = Envoyer ma réponse
allocation-answered = Votre réponse
allocation-handed-instead = Remis : { $mass }
allocation-handed-instead-why = Remis : { $mass } ({ $reason })
allocation-received = Reçu : { $mass } ({ $reason })
allocation-received-title = Ce que dit la structure
allocation-receipt-title = À la réception
allocation-receipt-other = J’ai reçu autre chose
allocation-receipt-save = Enregistrer ce que j’ai reçu
allocation-field-received = Reçu
allocation-field-why = Si c’est autre chose, pourquoi ?
allocation-field-arrived = Arrivé à
allocation-field-warm = Si c’est trop chaud, pourquoi ?
allocation-notice-received = Merci, c’est noté. La plateforme le voit aussi.
allocation-change-answer = Changer ma réponse
allocation-change-of-mind = Vous avez changé d’avis ? Dites ce que vous ne prenez plus : cela repart pour d’autres, sans justification.
allocation-fetch-title = Où et quand venir
allocation-fetch-what = { $mass } à prendre : { $products }
allocation-fetch-hub = { $name }, { $address }
allocation-fetch-hours = Ouvert : { $hours }
allocation-fetch-day = { $day } { $hours }
allocation-fetch-days = du { $from } au { $to }
allocation-fetch-before = Avant le { $day } : c’est la première date limite.
allocation-fetch-door = Sur place : { $note }
allocation-fetch-offer = À prendre chez le donateur : { $place }, { $window }
allocation-fetch-window = { $window }, directement chez le donateur
allocation-fetch-see = Voir
allocation-fetched-at-donor = à prendre chez le donateur, { $window }
allocation-nothing-window-too-soon = Rien aujourd’hui : ces produits sont à prendre avant la prochaine ouverture de la structure.
allocation-refused-only-left = Il n’en reste que { $mass } sur le tableau des collectes.
allocation-refused-offer-gone = Cette annonce n’est plus disponible : le donateur l’a retirée, ou l’heure est passée.
allocation-adjusted-because = Ajusté par la coordination : { $reason }
allocation-nothing-for-you = Rien ne vous est proposé cette fois. La page « Pourquoi ? » dit la raison.
allocation-run-over = Cette répartition est close.
allocation-unanswered = sans réponse à temps
allocation-refusal-unsaid = Sans précision
allocation-refusal-no-room = Pas assez de place
allocation-refusal-too-much = Trop pour nous
allocation-refusal-short-date = Date trop courte
allocation-refusal-unsuited = Ne convient pas aux personnes
allocation-refusal-nobody = Personne pour recevoir

allocation-why-title = Pourquoi cette part, { $day } ?
allocation-why-all-met = Tout ce que vous demandiez vous est proposé : { $mass }.
allocation-why-all-there-is = Tout ce qui est en stock et que vous demandiez vous est proposé : { $mass } sur { $asked } demandés.
allocation-why-limited-dry = { $mass } vous sont proposés : votre place au sec est remplie.
allocation-why-limited-chilled = { $mass } vous sont proposés : votre place au frais est remplie.
allocation-why-limited-frozen = { $mass } vous sont proposés : votre place au congélateur est remplie.
allocation-why-limited-days = { $mass } vous sont proposés : le reste serait périmé avant les jours de vos demandes.
allocation-why-shared = { $mass } vous sont proposés : { $count } structures se partagent ces produits et arrivent au même niveau, { $level } de leurs besoins. Vous donner plus prendrait à une structure qui n’est pas mieux servie que vous.
allocation-why-shared-few = { $mass } vous sont proposés : vous donner plus prendrait à une structure qui n’est pas mieux servie que vous.
allocation-why-nothing = Rien de ce qui est en stock aujourd’hui ne peut aller à votre structure.
allocation-why-adjusted = { $product } : { $to } au lieu de { $from }. { $reason }
allocation-why-scope = Cette page est visible de votre structure et de la co-animation.
allocation-adjusted-title = Ce que la coordination a changé
allocation-bounds = Ce qui limite votre part
allocation-bound-dry = Place au sec remplie : { $mass } de plus étaient demandés.
allocation-bound-chilled = Place au frais remplie : { $mass } de plus étaient demandés.
allocation-bound-frozen = Place au congélateur remplie : { $mass } de plus étaient demandés.
allocation-bound-days = { $family } : { $mass } de plus étaient demandés, pour des jours où ces produits seront périmés.
allocation-barred = Ce qui ne pouvait pas aller chez vous
allocation-barred-not-asked = Non demandé : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-no-room = Pas de place indiquée à cette température : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-too-soon = Périmé avant les jours de vos demandes : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-excluded = Familles que vous ne prenez pas : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-opens-too-late = Vous recevez après la date limite : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-window-too-soon = À prendre avant votre prochaine ouverture : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-refused-before = Déjà non retenu par vous : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-barred-other = Autre raison : { $lots ->
    [one] un lot
   *[other] { $lots } lots
  }, { $mass }.
allocation-fact-proposed = Proposé
allocation-fact-asked = Demandé
allocation-fact-persons = Personnes comptées
allocation-fact-need = Besoin d’un jour
allocation-fact-before = Besoins couverts avant
allocation-fact-after = Besoins couverts après
allocation-fact-weight = Priorité votée
allocation-persons-card = d’après votre fiche
allocation-persons-request = d’après vos demandes
allocation-persons-middle = vous ne l’avez pas indiqué : valeur du milieu des autres structures
allocation-past-new = Votre structure est nouvelle : elle part au niveau du milieu des autres.
allocation-past-even = Les semaines passées ne changent presque rien à votre part d’aujourd’hui.
allocation-past-ahead = Ces dernières semaines, vous aviez reçu { $mass } de plus que le groupe à besoin égal : votre part d’aujourd’hui en tient compte.
allocation-past-behind = Ces dernières semaines, vous aviez reçu { $mass } de moins que le groupe à besoin égal : votre part d’aujourd’hui rattrape cet écart.

allocation-rule-title = La règle de partage
allocation-rule-lead = La machine propose, une personne valide, chaque structure répond. Voici comment la proposition est calculée.
allocation-rule-1 = On compte le besoin, pas la demande : les personnes que vous servez, multipliées par les repères de la coordination. Demander plus ne fait pas recevoir plus.
allocation-rule-2 = Votre demande fixe le maximum : vous ne recevez jamais plus que demandé, ni plus que votre place, ni un produit qui serait périmé le jour de votre demande.
allocation-rule-3 = On sert d’abord la structure la moins bien servie, jusqu’à ce qu’elle rejoigne la suivante, et ainsi de suite. Personne ne peut recevoir plus sans prendre à une structure qui n’est pas mieux servie.
allocation-rule-memory = La mémoire compte : ce que vous avez reçu les semaines passées compte de moins en moins, moitié moins tous les { $days } jours.
allocation-rule-5 = Les produits à date courte partent en premier. Cela n’enlève rien à l’équité.
allocation-rule-tolerance = On partage en caisses entières : un écart de moins de { $tolerance } ne justifie pas de déplacer une caisse.
allocation-rule-7 = Refuser est un droit : ce qui est refusé n’est pas compté comme reçu et repart pour les autres.
allocation-rule-8 = Une nouvelle structure part au niveau du milieu des autres.
allocation-rule-9 = La part est équitable en kilos, pas produit par produit : une structure peut recevoir surtout du riz, une autre surtout des conserves. La personne qui valide peut échanger des caisses.
allocation-rule-weights = Priorités votées
allocation-rule-equal = Aucune : une personne compte autant dans toutes les structures.
allocation-rule-weights-hint = 100 % partout : une personne compte autant dans toutes les structures.
allocation-weight = { $sector } : { $weight }
allocation-rule-norms = Repères par personne
allocation-rule-norms-caption = Par personne et par semaine
allocation-rule-versions = Versions et décisions
allocation-rule-since = Depuis { $day }
allocation-rule-figures = ce que vous avez reçu compte moitié moins après { $days } jours, un écart de moins de { $tolerance } n’est pas corrigé
allocation-rule-initial = Au départ : ce que vous avez reçu compte moitié moins après 23 jours, un écart de moins de 1 % n’est pas corrigé, priorités égales.
allocation-rule-change = Écrire une nouvelle version
allocation-rule-change-text = Une règle se décide ensemble. Dites où et quand ; tous les membres le liront. Les répartitions passées gardent leur règle.
allocation-rule-save = Enregistrer cette version
allocation-field-starts = À partir du
allocation-field-memory = Mémoire des semaines passées
allocation-field-memory-hint = Au bout de combien de jours ce qui a été reçu compte moitié moins.
allocation-field-tolerance = Écart toléré
allocation-field-tolerance-hint = Avec 1 %, un écart d’un point entre deux structures n’est pas corrigé.
allocation-field-decision = Qu’a-t-on décidé, et où ?
allocation-field-decision-hint = Par exemple : assemblée du 12 novembre, par consentement.

allocation-preparation-of = Préparation : { $day }
allocation-preparation-empty-title = Rien à préparer
allocation-preparation-empty-text = Ici apparaîtra ce qui est à mettre de côté pour chaque structure.
allocation-print = Imprimer la liste
allocation-paper-weighed = Préparé et compté
allocation-paper-unanswered = { $product } (sans réponse)
allocation-paper-page = Page { "{" }page{ "}" } sur { "{" }pages{ "}" }
allocation-paper-printed = Imprimé le { $moment }
allocation-paper-name = Nom et qualité
allocation-paper-signature = Signature
allocation-paper-signature-of = Signature de { $name }

allocation-handover-title = Remise : { $structure }
allocation-from-to = { $giver } → { $receiver }
allocation-to-prepare = { $mass } attendent d’être remis.
allocation-prepare-note = Préparer le bon de livraison
allocation-print-note = Bon de livraison (PDF)
allocation-field-handed = Remis
allocation-field-difference = Si c’est moins, pourquoi ?
allocation-field-temperature = Température relevée
allocation-field-cold = Trop chaud, ou pas de relevé : pourquoi ?
allocation-difference-none = Pas d’écart
allocation-difference-missing = Manquant
allocation-difference-damaged = Abîmé
allocation-difference-warm = Pas resté au froid
allocation-difference-unwanted = Non pris sur place
allocation-difference-weight = Pesée différente
allocation-signatures = Qui remet, qui reçoit ?
allocation-field-giver-name = Remis par
allocation-field-giver-signature = Signature de qui remet
allocation-field-receiver-name = Reçu par
allocation-field-receiver-signature = Signature de qui reçoit
allocation-field-on-paper = Signé sur le papier
allocation-hand-over = Enregistrer la remise
allocation-handed-title = Déjà remis
allocation-handed = { $mass } remis { $moment }
allocation-nothing-to-hand = Rien n’attend d’être remis à cette structure.
allocation-note-title = Bon de livraison
allocation-note-keep = À garder cinq ans
allocation-note-giver = Remis par
allocation-note-receiver = Reçu par
allocation-note-handed = Remis le
allocation-note-for-giver = Pour qui remet
allocation-note-for-receiver = Pour qui reçoit
allocation-note-right = Refuser tout ou partie est un droit. Les quantités proposées et acceptées figurent toutes les deux.

allocation-notice-prepared = Répartition { $reference } préparée. Vérifiez, ajustez, puis validez.
allocation-notice-said = { $text }
allocation-notice-validated = Répartition validée : { $count ->
    [one] une structure est prévenue
   *[other] { $count } structures sont prévenues
  }.
allocation-notice-changed-meanwhile = Quelqu’un a modifié cette répartition entre-temps. Voici la version la plus récente.
allocation-notice-cancelled = Répartition annulée, les produits sont revenus en stock.
allocation-notice-adjusted = Ligne ajustée : { $structure }.
allocation-notice-added = Ligne ajoutée.
allocation-notice-accepted = Merci, c’est accepté. Les produits vous sont gardés.
allocation-notice-answered = Merci, votre réponse est enregistrée. Ce que vous ne prenez pas repart pour d’autres.
allocation-notice-nothing-answered = Rien n’a changé.
allocation-notice-note = Bon de livraison prêt. Imprimez-le ou faites signer à l’écran.
allocation-notice-handed = { $mass } remis, bon { $reference } signé.
allocation-notice-rule = Nouvelle version de la règle enregistrée.

allocation-refused-nothing = Rien à partager : ni stock commun ni annonce qui puisse attendre, pour les demandes en cours.
allocation-refused-unproven = Le calcul n’a pas pu être prouvé : rien n’a été enregistré. Prévenez la personne qui gère Tablée.
allocation-refused-stock-moved = Le stock a bougé pendant le calcul. Recommencez.
allocation-refused-run = Ce n’est plus possible : cette répartition est « { $state } ».
allocation-refused-line = Ce n’est plus possible : cette ligne est « { $state } ».
allocation-refused-reason = Dites pourquoi, en une phrase.
allocation-refused-temperature = Produit froid : notez la température relevée, ou dites pourquoi il n’y en a pas.
allocation-refused-line-there = Cette structure a déjà une ligne de ce lot : ajustez-la.
allocation-refused-more = On ne peut pas remettre plus que ce qui est proposé.
allocation-refused-rule = Vérifiez les chiffres et nommez la décision.
allocation-refused-rule-past = Choisissez aujourd’hui ou plus tard : le passé garde sa règle.
allocation-refused-signature = La signature n’a pas pu être lue. Recommencez, ou cochez « Signé sur le papier ».
allocation-unsignable-not-prepared = Ce bon est déjà signé.
allocation-unsignable-lines = Il manque une ligne. Rechargez la page.
allocation-unsignable-reason = La quantité diffère : choisissez pourquoi.
allocation-unsignable-warm = La température est au-dessus du seuil : dites pourquoi.
allocation-unsignable-names = Écrivez les deux noms, ou cochez « Signé sur le papier ».

allocation-wait-validate = La répartition { $reference } attend d’être validée
allocation-wait-validate-action = Vérifier
allocation-wait-answer = { $mass } vous sont proposés
allocation-wait-answer-action = Répondre
allocation-wait-fetch = Venir chercher { $mass } à la plateforme
allocation-wait-fetch-detail = Les produits vous sont gardés.
allocation-wait-fetch-action = Où et quand
allocation-wait-answers = { $count ->
    [one] Une réponse attendue
   *[other] { $count } réponses attendues
  }
allocation-wait-run = Répartition { $reference }
allocation-wait-answers-action = Voir
allocation-wait-prepare = Préparer { $reference } : { $count ->
    [one] une structure
   *[other] { $count } structures
  }
allocation-wait-prepare-action = Voir la liste

allocation-told-prepared = La répartition { $reference } est prête à être vérifiée et validée.
allocation-told-proposed = Des produits vous sont proposés (répartition { $reference }). Répondez en un clic, sans compte.
allocation-told-reminder = Rappel : la proposition { $reference } attend votre réponse.
allocation-told-lapsed = La proposition { $reference } n’a pas reçu de réponse à temps : les produits repartent pour d’autres. Cela ne compte pas contre vous.
allocation-told-received-otherwise = { $structure } a reçu autre chose que ce qui lui a été remis (répartition { $reference }).
allocation-told-cancelled = La répartition { $reference } a été annulée.
allocation-told-answered-for = Une réponse à la proposition { $reference } a été saisie pour vous.
