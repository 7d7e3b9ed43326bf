directory-nav = Structures
directory-title = Les structures
directory-count = { $count ->
    [0] Aucune structure
    [one] Une structure
   *[other] { $count } structures
 }, par ordre alphabétique.
directory-search = Chercher
directory-search-hint = Un nom, une ville, un code postal ou un réseau.
directory-find = Chercher
directory-every-sector = Tous les secteurs
directory-show-all = Voir toutes les structures
directory-none-found = Aucune structure ne correspond
directory-none-found-text = Essayez avec moins de mots, ou un autre secteur.
directory-empty = L’annuaire est encore vide
directory-empty-text = Les structures de votre territoire seront ici, avec ce que chacune choisit de partager. Le plus rapide : importer le tableur que vous tenez déjà.
directory-take = Emporter cette liste :
directory-take-noted = Chaque structure voit que vous avez exporté ses données non publiques.
directory-add = Ajouter une structure
directory-add-lead = Trois réponses suffisent. La structure complétera sa fiche elle-même.
directory-added = La structure est ajoutée. Invitez maintenant une personne : elle pourra répondre et compléter la fiche.
directory-spotted = La structure est signalée. La co-animation regardera sa fiche avant qu’elle ne paraisse.
directory-spotted-mark = signalée
directory-spotted-text = Cette structure a été signalée. Sa fiche paraîtra quand la co-animation l’aura regardée et enregistrée.

directory-name = Nom
directory-kind = Nature
directory-sector = Secteur
directory-head-network = Tête de réseau
directory-head-network-hint = Le réseau national dont elle fait partie, s’il y en a un.
directory-siret = SIRET
directory-siret-hint = 14 chiffres. Facultatif : un collectif sans numéro est une structure à part entière.
directory-rna = Numéro RNA
directory-rna-hint = W suivi de 9 chiffres, sur le récépissé de la préfecture. Facultatif.
directory-accreditation = Habilitation à l’aide alimentaire
directory-level = Participation
directory-description = Présentation
directory-description-hint = Ce que fait la structure, en quelques phrases. Aucun renseignement sur une personne aidée.
directory-website = Site internet
directory-website-hint = Par exemple lilas.exemple.fr
directory-contact-name = Personne à joindre
directory-contact-phone = Téléphone
directory-contact-email = Adresse e-mail
directory-households = Foyers accueillis
directory-households-hint = Dans une semaine ordinaire. Un nombre, sans aucun nom.
directory-persons = Personnes accueillies
directory-wanted = Familles souhaitées
directory-wanted-hint = Ce qui vous aide le plus. Rien de coché : tout vous va.
directory-excluded = Familles que vous ne pouvez pas prendre
directory-excluded-hint = Elles ne vous seront pas proposées.
directory-any-family = Toutes
directory-no-family = Aucune
directory-unknown = Non renseigné
directory-not-shared = non partagé
directory-not-shared-long = Non partagé avec vous.
directory-yes = Oui
directory-no = Non

directory-section-identity = La structure
directory-section-about = Ce qu’elle fait
directory-section-contact = Contact
directory-section-served = Public accueilli
directory-section-wishes = Denrées souhaitées
directory-section-place = Le lieu
directory-section-capacity = Ce que le lieu peut garder
directory-section-capacity-hours = Capacités et horaires de réception
directory-section-receiving = Horaires de réception
directory-section-door = À la porte
directory-section-level = Participation

directory-edit = Modifier
directory-edit-behalf = Modifier en son nom
directory-edit-of = Modifier la fiche : { $name }
directory-edit-lead = Tout est facultatif, sauf le nom, la nature et le secteur. Vous choisissez qui voit quoi dans « Ce que nous partageons ».
directory-behalf-warning = Saisi par { $who } pour { $structure } : la structure sera prévenue.
directory-behalf = saisi par { $who } pour { $structure }
directory-save = Enregistrer
directory-save-mine = Enregistrer ma version
directory-cancel = Annuler
directory-card-saved = La fiche est enregistrée.
directory-change-level = Changer sa participation
directory-confirmed-on = Fiche confirmée par la structure le { $when }.
directory-see-card = Voir la fiche
directory-back-to-card = Revenir à la fiche
directory-conflict = Quelqu’un a modifié cette fiche pendant que vous écriviez. Rien n’a été écrasé : comparez les deux versions, puis choisissez.
directory-two-versions = Ce qui diffère
directory-field = Champ
directory-mine = Votre version
directory-theirs = Version enregistrée
directory-keep-theirs = Garder la version enregistrée

directory-nameless = Écrivez le nom de la structure.
directory-siret-wrong = Ce numéro SIRET n’est pas juste : il a 14 chiffres, et l’un d’eux est sans doute mal recopié.
directory-siret-known = Une structure avec ce SIRET est déjà connue. Cherchez-la dans la liste.
directory-rna-wrong = Un numéro RNA commence par W et compte 9 autres caractères, par exemple W931004512.
directory-website-wrong = Cette adresse de site ne semble pas complète. Exemple : lilas.exemple.fr
directory-phone-wrong = Ce numéro ne semble pas complet. Exemple : 01 48 70 00 00
directory-count-negative = Ce nombre ne peut pas être négatif.
directory-family-both = Une famille est à la fois souhaitée et exclue. Choisissez.
directory-description-holds = Ce texte contient un numéro ou une adresse e-mail. Retirez-le : Tablée ne garde rien sur les personnes aidées.

directory-places = Lieux
directory-no-place = Aucun lieu pour le moment.
directory-add-place = Ajouter un lieu
directory-place-of = Un lieu : { $name }
directory-new-place-of = Nouveau lieu : { $name }
directory-place-lead = Les capacités évitent de vous attribuer plus que vous ne pouvez garder.
directory-place-added = Le lieu est ajouté.
directory-place-saved = Le lieu est enregistré.
directory-place-name = Nom du lieu
directory-place-name-hint = Par exemple : Local de la rue Verte
directory-place-nameless = Donnez un nom au lieu.
directory-place-open = Ce lieu est utilisé
directory-address = Adresse
directory-postcode = Code postal
directory-postcode-wrong = Un code postal a 5 chiffres, par exemple 93100.
directory-city = Ville
directory-city-missing = Écrivez la ville.
directory-point = Position sur la carte
directory-point-hint = Facultatif. Collez les coordonnées d’une carte, par exemple 48.8622, 2.4414
directory-point-wrong = Nous ne lisons pas ces coordonnées. Exemple : 48.8622, 2.4414
directory-dry = Sec
directory-chilled = Frais
directory-frozen = Surgelé
directory-dry-kg = Sec (kg)
directory-chilled-kg = Frais (kg)
directory-frozen-kg = Surgelé (kg)
directory-dock = Quai de déchargement
directory-dock-ask = Un camion peut se mettre à quai
directory-hub = Stock commun
directory-hub-ask = Le stock commun de la coordination est gardé ici
directory-hub-hint = Une plateforme ou un entrepôt partagé.
directory-receiving = Horaires de réception
directory-day-hint = Par exemple : 9:00-12:00, 14h à 17h. Laissez vide les jours sans réception.
directory-day-wrong = Nous ne lisons pas les heures du { $day }. Exemple : 9:00-12:00, 14h à 17h
directory-hours-unknown = Horaires de réception non renseignés.
directory-door-notes = Ce qu’il faut savoir à la porte
directory-door-notes-hint = Par exemple : quai 3, code 4512B, sonner deux fois.

directory-bin = Mettre à la corbeille
directory-bin-title = Fiche créée par erreur ?
directory-bin-text = Elle disparaît des listes et peut être rétablie pendant 30 jours.
directory-binned = La fiche est à la corbeille. Vous pouvez la rétablir pendant 30 jours.
directory-unbinned = La fiche est rétablie.
directory-has-people = Cette structure a ses propres membres : c’est à eux de quitter la coordination.

directory-history = Historique
directory-history-of = Historique : { $name }
directory-history-lead = Qui a changé quoi, et quand.
directory-history-empty = Aucun changement pour le moment.
directory-history-fields = { $what } : { $fields }
directory-history-other = Changement
directory-history-directory-edit-card = Fiche modifiée
directory-history-directory-register-site = Lieu ajouté
directory-history-directory-edit-site = Lieu modifié
directory-history-network-register-structure = Fiche créée
directory-history-network-join = Arrivée dans la coordination
directory-history-network-change-level = Participation modifiée
directory-history-network-leave = Départ de la coordination
directory-history-network-unlist = Retrait de l’annuaire
directory-history-network-set-scope = Partage modifié
directory-history-network-invite-person = Personne invitée
directory-history-network-remove-person = Personne retirée
directory-history-network-remove-person-undo = Personne remise
directory-history-network-change-role = Rôle modifié
directory-history-network-bin-structure = Fiche mise à la corbeille
directory-history-network-bin-structure-undo = Fiche rétablie
directory-by-the-machine = par Tablée
directory-changed-name = nom
directory-changed-kind = nature
directory-changed-sector = secteur
directory-changed-head-network = tête de réseau
directory-changed-numbers = numéros
directory-changed-accreditation = habilitation
directory-changed-description = présentation
directory-changed-website = site internet
directory-changed-contact = contact
directory-changed-served = public accueilli
directory-changed-wishes = denrées souhaitées
directory-changed-sites = lieux

directory-export-card = Fiche
directory-export-places = Lieux
directory-told-card = { $who } a modifié la fiche de { $structure }, en votre nom.

directory-import = Importer mon tableur
directory-import-lead = Le fichier que vous tenez déjà, tel qu’il est. Vous verrez ce que devient chaque ligne, et rien n’est écrit avant que vous ne validiez.
directory-import-file = Votre fichier
directory-import-file-hint = Excel (.xlsx), LibreOffice (.ods) ou CSV.
directory-import-read-button = Lire le fichier
directory-import-help = Faut-il préparer le fichier ?
directory-import-help-text = Non. Une ligne par structure suffit, avec au moins une colonne pour le nom. Les colonnes sont reconnues, vous pourrez corriger.
directory-import-help-example = Par exemple : Nom de l’asso, CP, Ville, Tél, Adresse mail, Nb de bénéficiaires
directory-import-past = Imports précédents
directory-import-read = à valider
directory-import-written = validé
directory-import-undone = annulé
directory-import-of = Import de { $file }
directory-import-preview-lead = Rien n’est encore écrit. Regardez, corrigez les colonnes si besoin, puis validez.
directory-import-no-file = Choisissez un fichier. Vous l’aviez choisi ? Alors il est vide.
directory-import-too-large = Ce fichier est trop lourd : { $megabytes } Mo au plus. Retirez les images, ou enregistrez seulement la feuille utile.
directory-import-old-excel = C’est un ancien format d’Excel (.xls). Ouvrez-le, puis enregistrez-le en .xlsx ou en .csv.
directory-import-encrypted = Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe.
directory-import-empty = Ce fichier ne contient aucune ligne.
directory-import-too-many-rows = Ce fichier a plus de { $limit } lignes. Coupez-le en plusieurs.
directory-import-too-many-columns = Ce fichier a plus de { $limit } colonnes. Gardez seulement celles qui servent.
directory-import-cell-too-long = Ligne { $line } : une case est beaucoup trop longue. Dans un CSV, c’est souvent un guillemet qui n’est pas fermé.
directory-import-damaged = Ce fichier est abîmé. Ouvrez-le dans votre tableur, puis enregistrez-le à nouveau.
directory-import-not-a-sheet = Ce fichier n’est pas un tableur. Envoyez un fichier .xlsx, .ods ou .csv.
directory-import-changed = Quelqu’un a modifié cet import pendant que vous le regardiez. Voici où il en est.
directory-import-nothing = Aucune ligne n’est à écrire : tout est déjà connu, ou à vérifier.
directory-import-no-name = Aucune colonne ne contient les noms. Indiquez laquelle ci-dessous, puis validez.
directory-import-write = { $count ->
    [0] Valider
    [one] Valider : ajouter une structure
   *[other] Valider : ajouter { $count } structures
 }
directory-import-other = Choisir un autre fichier
directory-import-rows = Les lignes du fichier
directory-import-done = { $count ->
    [one] Une structure est dans l’annuaire.
   *[other] { $count } structures sont dans l’annuaire.
 } { $completed ->
    [0] {""}
    [one] Une fiche a été complétée.
   *[other] { $completed } fiches ont été complétées.
 } { $left ->
    [0] Toutes les lignes ont été prises.
    [one] Une ligne a été laissée de côté.
   *[other] { $left } lignes ont été laissées de côté.
 }
directory-import-is-written = Cet import est dans l’annuaire.
directory-import-is-undone = Cet import a été annulé.
directory-import-created = Structures ajoutées
directory-import-kept = Structures gardées
directory-import-kept-why = Modifiée depuis l’import : elle n’a pas été retirée.
directory-import-undo = Annuler tout l’import
directory-import-undone-all = { $count ->
    [one] L’import est annulé : une structure a été retirée.
   *[other] L’import est annulé : { $count } structures ont été retirées.
 }
directory-import-undone-some = L’import est annulé, sauf ce qui a été modifié depuis ({ $kept }) : { $names }. Structures retirées : { $count }.
directory-line = Ligne
directory-verdict = Ce qu’elle devient
directory-verdict-new = Nouvelle
directory-verdict-known = Déjà connue
directory-verdict-known-text = Sa fiche reste comme elle est.
directory-verdict-elsewhere-text = Elle est connue ailleurs et entrera dans votre annuaire. Sa fiche reste comme elle est.
directory-verdict-check = À vérifier
directory-verdict-refused = Refusée
directory-counted-new = { $count ->
    [one] Nouvelle
   *[other] Nouvelles
}
directory-counted-known = { $count ->
    [one] Déjà connue
   *[other] Déjà connues
}
directory-counted-check = À vérifier
directory-counted-refused = { $count ->
    [one] Refusée
   *[other] Refusées
}
directory-row-without-name = Sans nom
directory-row-nameless = Cette ligne n’a pas de nom.
directory-row-name-too-long = Le nom est trop long : 160 caractères au plus.
directory-doubtful = À vérifier : cochez celles qu’il faut ajouter tout de même
directory-doubtful-more = { $count ->
    [one] Une autre ligne à vérifier n’est pas montrée. Validez, puis importez le même fichier pour la voir.
   *[other] { $count } autres lignes à vérifier ne sont pas montrées. Validez, puis importez le même fichier pour les voir.
 }
directory-doubt-same-name = Une structure du même nom est déjà connue, à une autre adresse.
directory-doubt-twice = Elle est déjà à la ligne { $line } du fichier.
directory-left-out = Laissé de côté : { $what }.
directory-note-phone = téléphone illisible
directory-note-email = adresse e-mail illisible
directory-note-website = site illisible
directory-note-siret = SIRET faux
directory-note-rna = numéro RNA faux
directory-note-postcode = code postal illisible
directory-note-place = lieu incomplet (il faut le code postal et la ville)
directory-note-point = coordonnées illisibles
directory-note-count = nombre illisible
directory-note-receiving = horaires illisibles
directory-note-description = présentation qui contient un numéro ou une adresse e-mail
directory-note-kind = nature inconnue, notée « Association »
directory-note-sector = secteur inconnu, noté « Autre »
directory-columns = Les colonnes
directory-columns-lead = Voici ce que nous avons reconnu. Corrigez ce qui est faux, et laissez « Ne pas importer » pour le reste.
directory-columns-save = Relire avec ces colonnes
directory-columns-saved = Les colonnes sont corrigées.
directory-column-none = Ne pas importer
directory-column-nameless = Colonne { $number }, sans titre
directory-column-twice = Deux colonnes sont notées « { $column } ». Gardez-en une seule.
directory-column-name = Nom de la structure
directory-column-kind = Nature
directory-column-sector = Secteur
directory-column-head_network = Tête de réseau
directory-column-address = Adresse (rue)
directory-column-postcode = Code postal
directory-column-city = Ville
directory-column-full_address = Adresse complète
directory-column-latitude = Latitude
directory-column-longitude = Longitude
directory-column-phone = Téléphone
directory-column-email = Adresse e-mail
directory-column-contact_name = Personne à joindre
directory-column-website = Site internet
directory-column-siret = SIRET
directory-column-rna = Numéro RNA
directory-column-households = Foyers accueillis
directory-column-persons = Personnes accueillies
directory-column-receiving = Horaires de réception
directory-column-description = Présentation
directory-act-import-write = Un tableur a été importé dans l’annuaire
directory-act-import-undo = Un import a été annulé
directory-section-who = Identité
directory-columns-ignored = Colonnes laissées de côté : { $names }.
directory-columns-correct = Corriger les colonnes
directory-columns-of = Les colonnes de { $file }

directory-import-complete = { $count ->
    [one] Compléter les cases vides de la structure déjà connue
   *[other] Compléter les cases vides des { $count } structures déjà connues
}
directory-import-complete-hint = Ce qu’elles disent elles-mêmes ne change pas. Elles sont prévenues, et l’annulation de l’import vide à nouveau ces cases.
directory-note-capacity = capacité ou quai illisible
directory-note-families = famille de denrées inconnue
directory-note-accreditation = habilitation illisible
directory-note-level = niveau de participation illisible, noté « Dans l’annuaire »
directory-column-accreditation = Habilitation
directory-column-dry = Capacité : sec (kg)
directory-column-chilled = Capacité : frais (kg)
directory-column-frozen = Capacité : surgelé (kg)
directory-column-dock = Quai de déchargement
directory-column-wanted = Familles souhaitées
directory-column-excluded = Familles exclues
directory-column-level = Niveau de participation

directory-history-directory-confirm-card = Fiche confirmée
directory-known-lead = Une structure de ce nom ou de ce numéro est déjà connue. Si c’est elle, inutile de la saisir à nouveau : sa fiche est unique, elle peut participer à plusieurs coordinations.
directory-known-member = Déjà dans votre annuaire
directory-known-ask = Demandez à la co-animation de l’accueillir.
directory-known-other = C’est une autre structure : l’ajouter quand même
directory-known-asks-itself = Cette structure a ses propres responsables : c’est à elle de demander sa place, depuis « Ce que nous partageons ».
directory-known-here = Elle est déjà dans votre annuaire.
directory-let-in = La structure est entrée dans votre annuaire. Sa fiche reste la sienne.
directory-let-in-button = La faire entrer
