network-nav-coordination = Coordination
network-nav-structure = Ma structure
network-save = Enregistrer
network-back = Revenir
network-change = Changer
network-choose = Choisir…
network-name = Nom
network-kind = Nature
network-sector = Secteur
network-head-network = Tête de réseau
network-siret = SIRET
network-rna = Numéro RNA
network-accreditation = Habilitation
network-coordination = Coordination
network-level = Niveau de participation
network-since = Depuis
network-person = Personne
network-email = Adresse e-mail
network-role = Rôle
network-group = Données
network-scope = Visible par
network-named = Structures nommées
network-day = Jour
network-reader = Structure
network-what = Données
network-surface = Où
network-times = Fois
network-structure = Structure
network-structures = Structures
network-reason = Raison
network-reason-hint = En une phrase. Tous les membres peuvent la lire.
network-reason-missing = Dites pourquoi en une phrase : tous les membres la liront.
network-reason-given = Raison : { $reason }

network-kind-association = Association
network-kind-ccas = CCAS ou CIAS
network-kind-commerce = Commerce
network-kind-ess = Entreprise de l’économie sociale et solidaire
network-kind-service_public = Service public
network-kind-collectif = Collectif citoyen
network-kind-entreprise = Entreprise
network-kind-producteur = Producteur ou productrice
network-kind-autre = Autre

network-sector-aide_alimentaire = Aide alimentaire
network-sector-social = Action sociale
network-sector-solidarite = Solidarités
network-sector-sante = Santé
network-sector-enfance = Enfance et famille
network-sector-seniors = Personnes âgées
network-sector-developpement_economique = Développement économique
network-sector-collectif_citoyen = Collectifs citoyens
network-sector-ess = Économie sociale et solidaire
network-sector-commerce = Commerce
network-sector-agriculture = Agriculture
network-sector-autre = Autre

network-seat-aide_alimentaire = Aide alimentaire
network-seat-social = Social
network-seat-solidarite = Solidarités
network-seat-sante = Santé
network-seat-enfance = Enfance
network-seat-seniors = Aînés
network-seat-developpement_economique = Économie
network-seat-collectif_citoyen = Citoyens
network-seat-ess = ESS
network-seat-commerce = Commerce
network-seat-agriculture = Agriculture
network-seat-autre = Autre

network-accreditation-nationale = Habilitation nationale
network-accreditation-regionale = Habilitation régionale
network-accreditation-non_concernee = Non concernée
network-accreditation-aucune = Sans habilitation
network-accreditation-inconnue = Non renseignée

network-level-listed = Dans l’annuaire
network-level-listed-hint = La structure figure dans l’annuaire, rien de plus.
network-level-reader = Lectrice
network-level-reader-hint = Elle lit ce que les autres partagent avec la coordination.
network-level-contributor = Contributrice
network-level-contributor-hint = Elle propose des collectes, réserve et fait des demandes.
network-level-signatory = Signataire de la charte
network-level-signatory-hint = Elle a signé la charte et prend part aux décisions.

network-role-lead = Responsable
network-role-lead-hint = Gère la fiche, les membres et ce qui est partagé.
network-role-member = Membre
network-role-member-hint = Fait le travail du jour et tient à jour la fiche et les lieux.
network-role-volunteer = Bénévole
network-role-volunteer-hint = Propose, réserve, va chercher, reçoit et compte pour la structure.

network-group-identity = Identité et lieux
network-group-identity-hint = Nom, nature, secteur, adresses.
network-group-contact = Contact
network-group-contact-hint = La personne à joindre, son téléphone, son adresse e-mail.
network-group-capacity = Capacités et horaires
network-group-capacity-hint = Stockage sec, frais et surgelé, quai, horaires de réception.
network-group-public_served = Public accueilli
network-group-public_served-hint = Le nombre de foyers et de personnes, sans aucun nom.
network-group-wishes = Denrées souhaitées
network-group-wishes-hint = Les familles souhaitées et celles que vous ne pouvez pas prendre.
network-group-stock = Stock
network-group-stock-hint = Ce que vous avez en réserve.
network-group-figures = Chiffres
network-group-figures-hint = Ce que vous avez reçu et remis.

network-scope-me = Les responsables seulement
network-scope-me-hint = Personne d’autre, pas même vos bénévoles.
network-scope-structure = Notre structure
network-scope-structure-hint = Toutes les personnes de votre structure.
network-scope-named = Les structures que nous nommons
network-scope-named-hint = Votre structure, et celles que vous cochez ci-dessous.
network-scope-coordination = Toute la coordination
network-scope-coordination-hint = Toutes les structures qui y participent, à partir du niveau de lectrice.
network-scope-public = Tout le monde
network-scope-public-hint = Même les personnes sans compte.

network-surface-page = Une page
network-surface-list = Une liste
network-surface-export = Un export
network-surface-mail = Un e-mail
network-surface-api = Un échange automatique
network-surface-form = Un formulaire
network-surface-search = Une recherche

network-coordination-title = La coordination
network-coordination-lead = { $count ->
    [one] Une structure autour de la table
   *[other] { $count } structures autour de la table
 }. { $place }
network-table-title = Qui est à la table
network-table-full = Les { $count } secteurs attendus sont tous représentés.
network-table-in-words = { $count ->
    [0] Aucun secteur n’est représenté
    [one] Un secteur est représenté
   *[other] { $count } secteurs sont représentés
 }. Places vides : { $empty }.
network-no-seat-empty = Tous les secteurs attendus sont à la table.
network-seats-empty = Il manque à la table : { $sectors }.
network-members = Les membres par secteur
network-and-more = { $count ->
    [one] et une autre
   *[other] et { $count } autres
 }
network-nobody-title = Personne n’est encore à la table
network-nobody-text = Les structures de votre territoire seront ici, rangées par secteur. Ajoutez la première, ou importez votre tableur.
network-nobody-button = Ajouter une structure

network-facilitation-title = La co-animation
network-rule-holds = La coordination est co-animée par plusieurs personnes, de structures différentes.
network-rule-one-structure = Toutes les personnes qui co-animent viennent de la même structure. Il en faut au moins deux, de deux structures différentes.
network-rule-one-person = Une seule personne anime la coordination. Il en faut au moins deux, de deux structures différentes.
network-rule-nobody = Personne n’anime la coordination pour le moment. Il faut au moins deux personnes, de deux structures différentes.
network-facilitator-of = { $structure }, depuis le { $since }
network-name-facilitator = Proposer une co-animatrice ou un co-animateur
network-name-facilitator-lead = La personne doit déjà faire partie d’une structure de la coordination. Elle sera prévenue, et tous les membres le verront.
network-name-facilitator-button = Confier la co-animation
network-facilitator-email-hint = Celle que sa structure connaît.
network-not-of-structure = Nous ne trouvons personne à cette adresse dans cette structure. Vérifiez l’adresse, ou demandez à la structure de l’inviter.
network-structure-not-in = Cette structure ne participe pas à la coordination, ou seulement dans l’annuaire.
network-facilitator-already = Cette personne co-anime déjà.
network-facilitator-named = C’est fait : { $name } co-anime maintenant la coordination.
network-end-turn = Terminer ce tour
network-end-turn-of = Fin d’un tour : { $name }
network-end-turn-lead = La personne reste membre de sa structure. Tous les membres verront que son tour est terminé.
network-turn-ended = Le tour de co-animation est terminé.

network-journal-title = Ce que la co-animation a fait
network-journal-lead = Rien de caché : tous les membres lisent ces actes.
network-journal-empty = Aucun acte d’animation pour le moment.
network-by-the-machine = par Tablée
network-act-other = Acte d’animation ({ $action })
network-act-create-coordination = Coordination ouverte
network-act-join = { $structure } rejoint la coordination ({ $level })
network-act-change-level = { $structure } change de niveau : { $level }
network-act-leave = { $structure } quitte la coordination
network-act-name-facilitator = Nouvelle personne en co-animation
network-act-allocation-prepare = Répartition préparée
network-act-allocation-validate = Répartition validée
network-act-allocation-adjust = Répartition ajustée à la main
network-act-allocation-add-line = Ligne ajoutée à une répartition
network-act-allocation-cancel = Répartition abandonnée
network-act-allocation-set-rule = Règle de répartition modifiée
network-act-collections-propose-agreement = Convention proposée
network-act-goods-add-family = Famille de denrées ajoutée
network-act-goods-edit-family = Famille de denrées modifiée
network-act-goods-add-packaging = Conditionnement ajouté
network-act-goods-edit-packaging = Conditionnement modifié
network-act-goods-remove-packaging = Conditionnement retiré
network-act-unlist = { $structure } retirée de l’annuaire
network-act-step-down = Fin d’un tour de co-animation

network-level-of = Participation : { $name }
network-level-lead = Chaque niveau est utile en lui-même. La structure est prévenue du changement.
network-level-changed = Le niveau de participation est enregistré.

network-own-pages = Pages de ma structure
network-tab-card = Notre fiche
network-tab-sharing = Ce que nous partageons
network-tab-people = Nos membres
network-tab-choose = Changer de structure

network-sharing-title = Ce que nous partageons
network-sharing-lead = { $name } décide de ce que les autres voient. Vous pouvez changer à tout moment, l’effet est immédiat.
network-sharing-caption = Qui voit quoi
network-who-sees = Qui peut le voir
network-shared-with-named = Notre structure et : { $names }
network-scope-of = { $group } : qui peut le voir ?
network-named-which = Lesquelles ?
network-named-hint = Seulement si vous avez choisi « Les structures que nous nommons ».
network-nobody-named = Cochez au moins une structure.
network-unknown-named = Une des structures cochées n’existe plus. Vérifiez votre choix.
network-scope-set = { $group } : { $scope }. C’est enregistré.
network-scope-conflict = Une autre personne responsable vient de choisir « { $scope } ». Rien n’a été écrasé. Votre choix est ci-dessous : enregistrez-le pour le remplacer, ou revenez.

network-readings-title = Qui a lu nos données
network-readings-lead = Chaque fois qu’une autre structure voit ou exporte vos données non publiques, c’est noté ici : la structure, jamais la personne.
network-readings-empty-title = Personne n’a lu vos données non publiques
network-readings-empty-text = Les lectures des douze derniers mois seront ici.
network-readings-more = { $count ->
    [one] Une ligne de plus est dans l’export.
   *[other] { $count } lignes de plus sont dans l’export.
 }

network-take-title = Emporter nos données
network-take-lead = Tout ce que Tablée sait de votre structure, en tableaux (CSV) et en JSON, dans un seul fichier.
network-take-button = Télécharger toutes nos données
network-export-identity = Identité
network-export-seats = Coordinations
network-export-people = Personnes
network-export-scopes = Partage
network-export-readings = Lectures

network-seats-title = Nos coordinations
network-seats-none = Votre structure ne participe à aucune coordination.
network-seat-level = Niveau de participation : { $level }
network-leave = Quitter la coordination
network-leave-hint = Vos données ne seront plus lues par les autres dès cet instant. Vous pourrez revenir pendant 30 jours.
network-left = Votre structure a quitté { $name }. Vous pouvez revenir pendant 30 jours.
network-back-in = Votre structure a retrouvé sa place.
network-already-in = Votre structure participe déjà à cette coordination.

network-people-title = Nos membres
network-people-lead = Les personnes qui agissent pour { $name } dans Tablée.
network-people-empty-title = Personne pour le moment
network-people-empty-text = Les personnes de votre structure seront ici. Invitez-en au moins deux : l’une peut être absente.
network-role-since = { $role }, depuis le { $since }
network-change-role = Changer le rôle
network-remove = Retirer
network-leave-structure = Quitter la structure
network-invite-title = Inviter une personne
network-invite-lead = Elle reçoit un e-mail avec un lien personnel, valable 14 jours. Pas de mot de passe.
network-invite = Envoyer l’invitation
network-person-name = Prénom et nom
network-person-nameless = Écrivez le nom de la personne.
network-person-already = Cette personne fait déjà partie de votre structure.
network-invited = Invitation envoyée à { $name }.
network-role-of = Rôle : { $name }
network-role-page-lead = Une structure garde toujours au moins une personne responsable.
network-role-changed = Le rôle est enregistré.
network-last-lead = C’est la seule personne responsable. Confiez d’abord ce rôle à quelqu’un d’autre.
network-person-removed = La personne ne fait plus partie de la structure.
network-person-back = La personne a retrouvé sa place.

network-choose-title = Pour qui agissez-vous ?
network-choose-lead = Choisissez pour qui vous agissez : toutes les pages suivront ce choix.
network-choose-empty-title = Vous n’appartenez à aucune structure
network-choose-empty-text = Demandez à la personne responsable de votre structure de vous inviter.
network-role-in = { $role }, dans { $coordination }
network-role-alone = { $role }, hors coordination
network-current = Choix actuel
network-act-for = Agir pour
network-chosen = Vous agissez maintenant pour { $name }.

network-invitation-title = Invitation
network-invitation-hello = Bienvenue { $name }
network-invitation-lead = { $structure } vous invite dans Tablée. Votre rôle : { $role }.
network-come-in = Entrer
network-shared-computer = Cet ordinateur est partagé : me déconnecter après 4 heures
network-invitation-foot = Si vous n’attendiez pas cette invitation, fermez cette page : rien ne se passe.
network-welcome = Bienvenue. Votre compte est ouvert sur cet appareil.

network-told-joined = { $structure } participe maintenant à { $coordination }, à l’invitation de { $who }.
network-told-level = { $who } a changé le niveau de participation de { $structure } dans { $coordination }.
network-told-left = { $structure } a quitté la coordination.
network-told-invited = { $who } vous invite à rejoindre { $structure } dans Tablée. Ce lien est valable { $days } jours.
network-told-person-added = { $who } a invité { $person } dans { $structure }, en votre nom.
network-told-role = { $who } a changé les personnes de { $structure }, en votre nom.
network-told-facilitator = { $who } vous confie la co-animation de { $coordination }.
network-told-stepped-down = Votre tour de co-animation de { $coordination } est terminé.

network-meetings-title = Les prochaines réunions
network-meetings-none = Aucune réunion n’est annoncée pour le moment.
network-meeting-title = Réunion
network-meeting-head = Réunion : { $when }
network-meeting-call = Annoncer une réunion
network-meeting-call-lead = Tous les membres la verront ici et sur leur accueil, une semaine avant. Ils pourront la mettre dans leur agenda.
network-meeting-call-button = Annoncer la réunion
network-meeting-day = Quel jour ?
network-meeting-from = De
network-meeting-to = À
network-meeting-place = Où ?
network-meeting-place-hint = Une salle et son adresse, ou le lien de la visioconférence.
network-meeting-agenda = L’ordre du jour
network-meeting-agenda-hint = Un point par ligne, une phrase chacun. Aucun nom de personne aidée.
network-meeting-no-agenda = Il n’est pas encore écrit.
network-meeting-called = La réunion est annoncée. Les membres en seront prévenus.
network-meeting-ends-first = La réunion finit avant de commencer.
network-meeting-past = Ce moment est déjà passé.
network-meeting-nowhere = Écrivez le lieu.
network-meeting-take = Mettre dans mon agenda
network-meeting-back = Revenir à la coordination
network-meeting-in-calendar = Réunion : { $coordination }
network-meeting-cancel = Annuler la réunion
network-meeting-cancel-lead = Tous les membres sont prévenus tout de suite, par e-mail.
network-meeting-cancel-reason = Pourquoi ?
network-meeting-cancel-hint = Une phrase, que tous liront. Exemple : la salle n’est plus libre, nouvelle date bientôt.
network-meeting-cancelled = La réunion est annulée. Les membres sont prévenus.
network-meeting-is-cancelled = Cette réunion est annulée : { $reason }
network-meeting-cancelled-mark = Annulée
network-meeting-not-ahead = Cette réunion est déjà passée ou annulée.
network-wait-meeting = Réunion { $when }
network-wait-meeting-action = Lire l’ordre du jour
network-act-call-meeting = Réunion annoncée
network-act-cancel-meeting = Réunion annulée
network-told-meeting = Réunion de { $coordination } le { $day } à { $atHour } h { $atMinute }, { $place }
network-told-meeting-cancelled = La réunion du { $day } à { $atHour } h { $atMinute } ({ $coordination }) est annulée : { $reason }

network-common-title = Ce que nous avons en commun
network-common-foods = Les denrées, leurs familles et leurs repères
network-nobody-text-reader = Les structures de votre territoire seront ici, rangées par secteur.
network-people-of-title = Les personnes d’une structure
network-people-behalf = Saisi par { $who } pour { $structure } : la structure sera prévenue.
network-see-card = Voir la fiche
network-see-structures = Voir les structures
network-invite-person = Inviter une personne
network-without-people-title = Structures sans personne
network-without-people-lead = Personne ne peut encore agir pour ces structures, ni compléter leur fiche. Invitez-y quelqu’un : un nom et une adresse suffisent.
network-without-people-none = Chaque structure a quelqu’un
network-without-people-none-text = Les structures ajoutées ou importées apparaîtront ici tant que personne n’y est invité.
network-wait-without-people = { $count ->
    [one] Une structure n’a encore personne
   *[other] { $count } structures n’ont encore personne
}
network-wait-without-people-detail = Invitez quelqu’un, pour qu’elle réponde elle-même.
network-wait-without-people-action = Voir la liste
network-seat-asks-title = Demandes d’entrée
network-seat-asks-lead = Ces structures participent ailleurs et demandent à rejoindre votre coordination.
network-seat-asks-none = Aucune demande
network-seat-asks-none-text = Quand une structure d’une autre coordination demandera à vous rejoindre, ce sera ici.
network-seat-asked-since = Demandé { $moment }
network-seat-accept = Accueillir
network-seat-accepted = La structure fait maintenant partie de la coordination.
network-seat-decline = Ne pas l’accueillir
network-seat-decline-button = Répondre non
network-seat-declined = C’est noté. La structure est prévenue.
network-seat-ask-title = Rejoindre une autre coordination
network-seat-ask-which = Laquelle ?
network-seat-ask-hint = Sa co-animation est prévenue et vous répond. Votre fiche reste une seule et même fiche.
network-seat-ask-button = Demander à la rejoindre
network-seat-asked = Demande envoyée à la co-animation.
network-seat-already-asked = Cette demande attend déjà une réponse.
network-seat-choose = Choisissez une coordination.
network-seat-waits = { $name } : votre demande attend une réponse.
network-wait-seats = { $count ->
    [one] { $name } demande à rejoindre la coordination
   *[other] { $count } structures demandent à rejoindre la coordination
}
network-wait-seats-detail = Elle attend votre réponse.
network-wait-seats-action = Répondre
network-told-seat-asked = { $structure } demande à rejoindre { $coordination }.
network-told-seat-refused = { $coordination } ne peut pas vous accueillir pour le moment : { $reason }
network-told-invited-first = Une place vous attend dans Tablée, pour { $structure }. Ce lien est valable { $days } jours.
network-told-facilitator-first = La co-animation de { $coordination } vous est confiée.
network-act-by = par { $who }
network-name-kept = Une structure
