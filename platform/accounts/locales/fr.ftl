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
accounts-wrong-code = Ce ne sont pas les six chiffres du dernier e-mail.
accounts-expired-code = Ce code a expiré. Demandez un nouveau lien.
accounts-too-many = Trop d’essais à la suite. Attendez un quart d’heure.
accounts-welcome = Bienvenue. Vous êtes connecté sur cet appareil.
accounts-goodbye = Vous êtes déconnecté. À bientôt.
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
