tablee-nav-home = Accueil
tablee-home-hello = Bonjour { $name }
tablee-home-post = Proposer des denrées
tablee-home-waiting = Ce qui vous attend
tablee-home-more = { $count ->
    [one] Encore une chose moins pressée, dans les pages ci-dessus.
   *[other] Encore { $count } choses moins pressées, dans les pages ci-dessus.
}
tablee-home-nothing-title = Rien ne vous attend
tablee-home-nothing-text = Les offres à prendre, les propositions à accepter et les remises du jour apparaîtront ici.
tablee-home-nothing-action = Voir les collectes
tablee-home-nowhere-title = Vous n’êtes dans aucune structure
tablee-home-nowhere-text = Demandez à votre association ou au CCAS de vous inviter : dès votre arrivée, cette page se remplira.

tablee-welcome-title = Tablée : l’aide alimentaire se coordonne ici
tablee-welcome-lead = Les surplus d’un commerce, une palette achetée à plusieurs, un besoin de lait infantile : tout se retrouve à la même table, sans que personne perde son indépendance.
tablee-welcome-demo = Essayer la démonstration
tablee-welcome-share = Proposer et demander en une minute
tablee-welcome-share-detail = Depuis un téléphone, sans mot de passe. On vous appelle ? Quelqu’un peut saisir pour vous.
tablee-welcome-fair = Partager équitablement, et pouvoir le vérifier
tablee-welcome-fair-detail = La règle est écrite en toutes lettres. Chaque structure lit pourquoi elle a reçu ce qu’elle a reçu.
tablee-welcome-own = Garder la main sur ses données
tablee-welcome-own-detail = Chaque structure choisit qui voit quoi, et lit qui a regardé. Rien n’est gardé sur les personnes aidées.

tablee-accessibility-title = Accessibilité
tablee-accessibility-lead = Tablée veut être utilisable par tout le monde, au clavier, à la voix, en gros caractères.
tablee-accessibility-state = État : partiellement conforme au RGAA 4.1.2 d’après nos propres contrôles. Aucun audit par un tiers n’a encore eu lieu.
tablee-accessibility-known = Ce qui est contrôlé à chaque version : les contrastes, la lecture au clavier, l’affichage à 320 pixels et les défauts que l’outil axe sait trouver.
tablee-accessibility-contact = Une page vous résiste ? Dites-le à votre co-animatrice ou co-animateur : le contenu vous sera donné autrement, et le défaut corrigé.
tablee-accessibility-rights = Sans réponse de notre part, vous pouvez saisir le Défenseur des droits.

tablee-data-title = Vos données
tablee-data-lead = Ce que Tablée garde, pour qui, et comment le reprendre.
tablee-data-nobody-helped = Personnes aidées : rien. Ni nom, ni date de naissance, ni adresse. Les demandes et les bilans sont des nombres.
tablee-data-what = Personnes qui utilisent Tablée : votre nom, votre e-mail, votre téléphone si vous le donnez. Effacés sur simple demande, et au plus tard deux ans après votre dernière visite.
tablee-data-who = Structures : chacune possède sa fiche et ses chiffres, et choisit qui les voit. Ni la ville ni les co-animateurs n’ont de passe-droit.
tablee-data-read = Chaque structure lit quelles structures ont consulté ce qu’elle partage.
tablee-data-leave = Une structure peut partir à tout moment avec toutes ses données, dans des fichiers ordinaires.
tablee-data-cookies = Cookies : un pour rester connecté, un pour la langue, un pour le message de confirmation et, cinq minutes, un pour entrer avec une clé d’accès. Aucun pour mesurer ou vendre quoi que ce soit.

tablee-demo-title = Entrer dans la démonstration
tablee-demo-lead = Choisissez une personne : vous voyez ce qu’elle verrait. Les structures et les personnes sont fictives.
tablee-demo-others = Choisir une autre personne
tablee-demo-mailbox = Lire les e-mails de la démonstration
tablee-demo-mailbox-title = Les e-mails de la démonstration
tablee-demo-mailbox-lead = Rien ne part vraiment : voici ce que chacun aurait reçu.
tablee-demo-mailbox-empty = Aucun e-mail pour l’instant
tablee-demo-mailbox-empty-text = Proposez des denrées ou demandez un lien de connexion : les e-mails apparaîtront ici.
tablee-demo-mail-to = À { $name }, { $moment }
tablee-demo-mailbox-mine = Pour { $name }
tablee-demo-mailbox-all = Pour tout le monde
tablee-demo-mail-from = De la part de { $name }.
tablee-demo-mail-reply = Les réponses vont à { $email }.
tablee-demo-mail-open = Suivre le lien de l’e-mail
tablee-demo-mail-back = Tous les e-mails
tablee-demo-entered = Vous voici à la place de { $name }.
tablee-demo-role-ccas = Chargée de relations partenariales au CCAS, co-animatrice
tablee-demo-role-lead = Responsable d’une épicerie solidaire
tablee-demo-role-volunteer = Bénévole de 70 ans dans une petite association
tablee-demo-role-hub = Responsable de la plateforme logistique
tablee-demo-role-donor = Cheffe de rayon dans un supermarché donateur
tablee-demo-role-cofacilitator = Responsable associative, co-animatrice
tablee-demo-role-social-worker = Assistante sociale, lectrice de la coordination
tablee-demo-role-metropole = Chargée de mission à la métropole
