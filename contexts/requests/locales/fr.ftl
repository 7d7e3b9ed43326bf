requests-nav = Demandes
requests-board-title = Demandes
requests-board-lead = Ce dont les structures ont besoin, jour par jour.
requests-new = Faire une demande
requests-standings = Demandes permanentes
requests-filter = Quelles demandes ?
requests-filter-all = Toutes
requests-filter-mine = Les nôtres
requests-empty-title = Aucune demande en cours
requests-empty-text = Ici apparaîtront les demandes de denrées, avec leur jour et leurs quantités. Dites ce dont vous avez besoin : la répartition du soir en tient compte.
requests-reader-text = Ici apparaîtront les demandes de votre structure. Votre structure est lectrice : pour demander des denrées, elle doit devenir contributrice. Parlez-en à votre coordination.
requests-totals = En tout, encore attendu
requests-export = Emporter cette liste :
requests-export-all = Nos demandes
requests-column-reference = Référence
requests-column-structure = Structure
requests-column-day = Jour
requests-column-family = Famille
requests-column-temperature = Température
requests-column-wanted = Demandé (kg)
requests-column-served = Remis (kg)
requests-column-left = Reste (kg)
requests-own = Votre structure
requests-from-standing = Permanente
requests-scope = Vu par les structures contributrices de la coordination
requests-crumbs = Fil d’Ariane
requests-kg = kg

requests-new-title = De quoi avez-vous besoin ?
requests-new-lead = Indiquez les kilos utiles, famille par famille. Laissez vide le reste.
requests-on-behalf-of = Vous saisissez pour { $structure }. La structure en sera informée.
requests-for-another = Saisir pour une autre structure
requests-choose = Choisir
requests-field-day = Pour quel jour ?
requests-field-households = Foyers
requests-field-households-hint = Un nombre, jamais de noms.
requests-field-persons = Personnes
requests-field-persons-hint = Si vous le connaissez.
requests-field-note = Précisions
requests-field-note-hint = Par exemple : sans porc, petits conditionnements. Ne nommez personne.
requests-field-site = Où en avez-vous besoin ?
requests-field-any-site = Peu importe
requests-reckon = Calculer les kilos pour ces foyers
requests-reckoned = Repères de la coordination, une semaine de besoins pour { $persons ->
    [one] une personne
   *[other] { $persons } personnes
  }. Si vous demandez pour moins longtemps, baissez les chiffres.
requests-reckon-needs-count = Indiquez un nombre de foyers ou de personnes pour calculer.
requests-families = Combien de kilos ?
requests-families-hint = Un nombre comme 12 ou 12,5.
requests-storage = Votre fiche indique que vous pouvez garder { $dry } au sec, { $chilled } au frais et { $frozen } au congélateur.
requests-storage-unknown = Votre fiche ne dit pas encore ce que vous pouvez garder : les produits frais et surgelés ne pourront pas vous être proposés.
requests-send = Envoyer la demande
requests-save = Enregistrer
requests-help-title = Que devient une demande ?
requests-help-text = Elle est visible des structures contributrices. Chaque soir, la répartition propose ce qui est en stock, en tenant compte des personnes que vous servez. Vous acceptez ou refusez, sans justification à rendre.
requests-help-example = Exemple : 20 kg de produits laitiers et 15 kg de féculents pour 40 foyers, jeudi.

requests-edit-title = Modifier la demande { $reference }
requests-edit = Modifier
requests-withdraw = Retirer la demande
requests-restore = Remettre la demande
requests-ask-again = Refaire une demande
requests-see-standing = Voir la demande permanente
requests-conflict-title = Quelqu’un a modifié cette demande avant vous
requests-conflict-text = Rien n’a été écrasé. Voici ce qui est enregistré maintenant ; ce que vous avez saisi est gardé dessous. Vérifiez, puis enregistrez.
requests-theirs-day = Pour { $day }
requests-theirs-line = { $family } : { $mass }

requests-one-lead = Besoin pour { $day }
requests-figures = Ce qui a été demandé, proposé, accepté et remis
requests-col-family = Famille
requests-col-wanted = Demandé
requests-col-suggested = Proposé
requests-col-accepted = Accepté
requests-col-served = Remis
requests-reference = Référence
requests-total = Total demandé
requests-people = Pour
requests-for-both = { $households ->
    [one] un foyer
   *[other] { $households } foyers
  }, { $persons ->
    [one] une personne
   *[other] { $persons } personnes
  }
requests-for-households = { $households ->
    [one] un foyer
   *[other] { $households } foyers
  }
requests-for-persons = { $persons ->
    [one] une personne
   *[other] { $persons } personnes
  }
requests-behalf = saisi par { $person } pour { $structure }
requests-trail = Historique
requests-trail-post = Demande écrite
requests-trail-edit = Demande modifiée
requests-trail-close = Demande retirée
requests-trail-restore = Demande remise
requests-trail-confirm = Confirmée : toujours exacte
requests-trail-expire = La demande a expiré
requests-trail-suggested = { $mass } proposés
requests-trail-accepted = { $mass } acceptés
requests-trail-serve = { $mass } remis

requests-state-open = En attente
requests-state-partly-served = Servie en partie
requests-state-served = Servie
requests-state-withdrawn = Retirée
requests-state-expired = A expiré

requests-standings-lead = Le même besoin chaque semaine ? Écrivez-le une fois, Tablée le redemande pour vous une semaine à l’avance.
requests-standings-empty-title = Aucune demande permanente
requests-standings-empty-text = Ici apparaîtront vos besoins réguliers, par exemple tous les mardis. Vous n’aurez plus à les ressaisir.
requests-standing-new = Ajouter une demande permanente
requests-standing-new-title = Un besoin qui revient
requests-standing-edit-title = Demande permanente : { $rhythm }
requests-field-weekday = Quel jour ?
requests-field-rhythm = À quel rythme ?
requests-field-starts = À partir du
requests-field-ends = Jusqu’au
requests-field-ends-hint = Laissez vide si c’est sans fin.
requests-every = { $weeks ->
    [1] Toutes les semaines
   *[other] Toutes les { $weeks } semaines
  }
requests-rhythm = { $weekday ->
    [1] Le lundi
    [2] Le mardi
    [3] Le mercredi
    [4] Le jeudi
    [5] Le vendredi
    [6] Le samedi
   *[7] Le dimanche
  }, { $weeks ->
    [1] toutes les semaines
   *[other] toutes les { $weeks } semaines
  }
requests-next = prochaine : { $day }
requests-paused = En pause
requests-pause = Mettre en pause
requests-resume = Reprendre
requests-end = Arrêter pour de bon

requests-confirm-title = Cette demande est-elle toujours exacte ?
requests-confirm-button = Toujours exacte
requests-confirm-done = Merci, c’est noté : la demande est exacte.
requests-confirm-edit = Non, la modifier
requests-confirm-sign-in = Pour la modifier, connectez-vous ou appelez votre coordination.
requests-confirmed-last = Confirmée { $moment }

requests-wait-standing = Votre demande { $weekday ->
    [1] du lundi
    [2] du mardi
    [3] du mercredi
    [4] du jeudi
    [5] du vendredi
    [6] du samedi
   *[7] du dimanche
  } est-elle toujours exacte ?
requests-wait-request = La demande { $reference } est-elle toujours exacte ?
requests-wait-action = Confirmer

requests-notice-posted = Demande { $reference } envoyée.
requests-notice-posted-big = Demande { $reference } envoyée. Elle dépasse ce que votre fiche dit pouvoir garder : la répartition s’arrêtera à votre place disponible.
requests-notice-edited = Demande { $reference } enregistrée.
requests-notice-withdrawn = Demande { $reference } retirée.
requests-notice-restored = Demande { $reference } remise.
requests-notice-confirmed = Merci, la demande est confirmée.
requests-notice-standing = Demande permanente enregistrée. Ce qui tombe dans la semaine est déjà demandé.
requests-notice-paused = Demande permanente en pause.
requests-notice-resumed = Demande permanente reprise.
requests-notice-ended = Demande permanente arrêtée.

requests-refused-nothing = Indiquez au moins une quantité.
requests-refused-quantity = Cette quantité est vide ou trop grande : 25 tonnes au plus par famille.
requests-refused-twice = Cette famille est déjà demandée.
requests-refused-count = Indiquez un nombre de personnes ou de foyers plausible.
requests-refused-day-past = Ce jour est passé. Choisissez aujourd’hui ou plus tard.
requests-refused-day-too-far = C’est trop loin : six mois à l’avance au plus.
requests-refused-family = Cette famille n’est plus proposée par la coordination.
requests-refused-below-served = On vous a déjà remis davantage : la quantité ne peut pas descendre sous ce qui est remis.
requests-refused-site = Ce lieu n’est pas celui de la structure.
requests-refused-not-a-member = Cette structure ne fait pas partie de la coordination.
requests-refused-over = Cette demande est close. Vous pouvez en refaire une.
requests-refused-rhythm = La fin tombe avant le début, ou le rythme n’est pas possible.

requests-link-confirm = Confirmer une demande
requests-told-posted-for = La demande { $reference } a été saisie pour vous.
requests-told-edited-for = Votre demande { $reference } a été modifiée pour vous.
requests-told-closed-for = Votre demande { $reference } a été retirée pour vous.
requests-told-restored-for = Votre demande { $reference } a été remise pour vous.
requests-told-standing-for = Une de vos demandes permanentes a été saisie ou modifiée pour vous.
requests-told-expired = Votre demande { $reference } a expiré. Vous pouvez en refaire une.
requests-told-resting = Votre demande permanente { $weekday ->
    [1] du lundi
    [2] du mardi
    [3] du mercredi
    [4] du jeudi
    [5] du vendredi
    [6] du samedi
   *[7] du dimanche
  } est en pause, faute de confirmation. Un clic suffit pour la reprendre.
requests-told-confirm-standing = Votre demande { $weekday ->
    [1] du lundi
    [2] du mardi
    [3] du mercredi
    [4] du jeudi
    [5] du vendredi
    [6] du samedi
   *[7] du dimanche
  } est-elle toujours exacte ? Un bouton suffit.
requests-told-confirm-request = Votre demande { $reference } est-elle toujours exacte ? Un bouton suffit.
