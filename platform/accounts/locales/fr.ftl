accounts-sign-in-title = Se connecter
accounts-sign-in-lead = Pas de mot de passe : nous vous envoyons un lien et un code par e-mail.
accounts-email = Votre adresse e-mail
accounts-email-hint = Celle que votre association ou le CCAS connaît. Exemple : prenom@exemple.fr
accounts-send = Recevoir le lien
accounts-code-title = Regardez vos e-mails
accounts-code-lead = Si { $email } est connue ici, un e-mail vient de partir. Ouvrez son lien, ou tapez le code.
accounts-code = Code à six chiffres
accounts-code-hint = Il est valable { $minutes } minutes.
accounts-shared-computer = Cet ordinateur est partagé : me déconnecter après 4 heures
accounts-enter = Entrer
accounts-again = M’envoyer un nouveau lien
accounts-no-mail = Rien reçu ? Regardez dans les indésirables, ou demandez de l’aide à votre co-animatrice ou co-animateur.
accounts-link-title = Vous y êtes presque
accounts-link-lead = Appuyez sur le bouton pour entrer sur cet appareil.
accounts-link-gone-title = Ce lien a expiré
accounts-link-gone-lead = Un lien de connexion est valable 15 minutes et ne sert qu’une fois.
accounts-link-renewable = Il a expiré. Un nouveau peut partir tout de suite vers l’adresse e-mail de la personne à qui il était destiné.
accounts-new-link-subject = Votre nouveau lien
accounts-new-link-text = Le lien que vous aviez reçu avait expiré. En voici un nouveau, pour la même chose.
accounts-new-link-foot = Si vous n’avez rien demandé, ne faites rien : personne n’agit sans cet e-mail.
accounts-new-link-sent = Un nouveau lien vient de partir par e-mail, à l’adresse de la personne à qui il était destiné.
accounts-wrong-code = Ce ne sont pas les six chiffres du dernier e-mail.
accounts-expired-code = Ce code a expiré. Demandez un nouveau lien.
accounts-too-many = Trop d’essais à la suite. Attendez un quart d’heure.
accounts-welcome = Bienvenue. Votre compte est ouvert sur cet appareil.
accounts-goodbye = C’est fermé sur cet appareil. À bientôt.
accounts-mail-subject = { $code } : votre code pour Tablée
accounts-mail-hello = Bonjour { $name },
accounts-mail-text = Voici votre lien et votre code pour entrer dans Tablée. Ils sont valables { $minutes } minutes.
accounts-mail-button = Entrer dans Tablée
accounts-mail-foot = Si vous n’avez rien demandé, ne faites rien : personne n’entre sans cet e-mail.
accounts-note-button = Voir dans Tablée
accounts-note-foot = Vous recevez cet e-mail parce que votre structure participe à la coordination.
accounts-digest-subject = { $count ->
    [one] Une nouvelle de la coordination
   *[other] { $count } nouvelles de la coordination
}
accounts-digest-intro = { $count ->
    [one] Voici ce qui s’est passé :
   *[other] Voici les { $count } choses qui se sont passées :
}
accounts-digest-stop-label = Lien pour régler le résumé
accounts-digest-title = Votre résumé par e-mail
accounts-digest-lead = Un seul e-mail rassemble les nouvelles. Ce qui vous concerne directement arrive tout de suite.
accounts-digest-rhythm = À quel rythme ?
accounts-digest-weekly = Une fois par semaine, le lundi
accounts-digest-daily = Chaque matin
accounts-digest-never = Jamais
accounts-digest-save = Enregistrer
accounts-digest-saved = C’est noté.
accounts-several-subject = { $more ->
    [one] { $first } (et une autre annonce)
   *[other] { $first } (et { $more } autres annonces)
}
accounts-several-intro = Voici { $count } nouvelles qui n’attendent pas :
accounts-digest-more = { $count ->
    [one] Et une autre, à lire dans Tablée.
   *[other] Et { $count } autres, à lire dans Tablée.
}
accounts-account-title = Votre compte
accounts-account-lead = Ce que Tablée sait de vous, et par où vous entrez.
accounts-account-you = Vous
accounts-account-name = Votre nom
accounts-account-name-hint = Comme les autres vous connaissent. Exemple : Awa Diop
accounts-account-email = Votre adresse e-mail
accounts-account-email-hint = Pour en changer, écrivez à votre co-animatrice ou co-animateur.
accounts-account-language = Votre langue
accounts-account-language-fr = Français
accounts-account-language-en = English
accounts-account-digest = Le résumé des nouvelles par e-mail
accounts-account-kept = C’est enregistré.
accounts-devices-title = Où votre compte est ouvert
accounts-device-here = Cet appareil
accounts-device-other = Un autre de vos appareils
accounts-device-shared = Un ordinateur partagé
accounts-device-since = Depuis { $from }. Se ferme tout seul { $until }.
accounts-devices-end-others = Fermer les autres
accounts-devices-hint = Un téléphone perdu, un ordinateur oublié ouvert ? Fermez les autres : il faudra un nouvel e-mail pour y entrer.
accounts-devices-ended = { $count ->
    [0] Il n’y en avait pas d’autre.
    [one] C’est fermé sur un autre appareil.
   *[other] C’est fermé sur { $count } autres appareils.
}
accounts-passkeys-title = Clés d’accès
accounts-passkeys-lead = Une clé d’accès ouvre Tablée avec votre doigt, votre visage ou le code de votre téléphone, sans attendre d’e-mail. Elle reste sur votre appareil ; l’e-mail marche toujours.
accounts-passkey-elsewhere = Pour en ajouter une, ouvrez cette page avec un navigateur récent, sur votre téléphone ou votre ordinateur.
accounts-passkey-name = Nom de la nouvelle clé
accounts-passkey-name-hint = Pour la reconnaître dans cette liste. Exemple : mon téléphone
accounts-passkey-add = Ajouter une clé sur cet appareil
accounts-passkey-unnamed = Clé du { $day }
accounts-passkey-since = Ajoutée { $moment }
accounts-passkey-used = Utilisée { $moment }
accounts-passkey-never-used = Pas encore utilisée
accounts-passkey-is-aside = Mise de côté : retirez-la, puis ajoutez-en une nouvelle
accounts-passkey-remove = Retirer la clé « { $key } »
accounts-passkey-remove-short = Retirer
accounts-passkey-added = Votre clé d’accès est prête. La prochaine fois, entrez avec elle.
accounts-passkey-removed = La clé « { $key } » n’ouvre plus rien ici.
accounts-passkey-put-back = La clé « { $key } » ouvre de nouveau.
accounts-passkey-have = Vous avez une clé d’accès ?
accounts-passkey-open-with = Entrez avec votre doigt, votre visage ou le code de votre téléphone.
accounts-passkey-enter = Entrer avec ma clé d’accès
accounts-passkey-not-given = Votre appareil n’a pas donné de clé. Réessayez, ou passez par l’e-mail : il marche toujours.
accounts-passkey-gone = Le temps est passé, ou cette page a déjà servi. Réessayez.
accounts-passkey-unknown = Cette clé n’est pas connue ici, ou elle a été retirée. Entrez par e-mail : vous pourrez en ajouter une nouvelle.
accounts-passkey-not-proven = Votre clé n’a pas pu être vérifiée. Réessayez, ou passez par l’e-mail.
accounts-passkey-set-aside = Par prudence, cette clé est mise de côté : il en existe peut-être une copie. Entrez par e-mail, retirez-la, puis ajoutez-en une nouvelle.
accounts-passkey-shared = Cet ordinateur est partagé : ajoutez votre clé depuis votre propre appareil.
accounts-passkey-enough = Vous avez déjà dix clés. Retirez-en une pour en ajouter une autre.
accounts-passkey-not-kept = Cet appareil ne sait pas garder une clé d’accès. Essayez avec votre téléphone.
accounts-passkey-known = Cet appareil a déjà une clé d’accès pour vous.
accounts-passkey-mail-added-subject = Une clé d’accès a été ajoutée à votre compte
accounts-passkey-mail-added = La clé « { $key } » ouvre votre compte Tablée depuis { $moment }.
accounts-passkey-mail-removed-subject = Une clé d’accès a été retirée de votre compte
accounts-passkey-mail-removed = La clé « { $key } » n’ouvre plus votre compte Tablée depuis { $moment }.
accounts-passkey-mail-back-subject = Une clé d’accès a été remise sur votre compte
accounts-passkey-mail-back = La clé « { $key } » ouvre de nouveau votre compte Tablée depuis { $moment }.
accounts-passkey-mail-aside-subject = Une clé d’accès de votre compte a été mise de côté
accounts-passkey-mail-aside = La clé « { $key } » n’ouvre plus votre compte Tablée depuis { $moment } : il en existe peut-être une copie. Retirez-la, puis ajoutez-en une nouvelle.
accounts-passkey-mail-not-you = Si c’est bien vous, il n’y a rien à faire. Sinon, ouvrez votre compte, retirez les clés que vous ne connaissez pas et fermez les autres appareils.
accounts-passkey-mail-button = Voir mon compte
accounts-passkey-mail-foot = Vous recevez cet e-mail chaque fois qu’une clé de votre compte change.
