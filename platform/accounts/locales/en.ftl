accounts-sign-in-title = Sign in
accounts-sign-in-lead = No password: we send you a link and a code by e-mail.
accounts-email = Your e-mail address
accounts-email-hint = The one your association or the CCAS knows. Example: name@example.org
accounts-send = Get the link
accounts-code-title = Look at your e-mail
accounts-code-lead = If { $email } is known here, an e-mail has just left. Open its link, or type the code.
accounts-code = Six-digit code
accounts-code-hint = It is valid for { $minutes } minutes.
accounts-shared-computer = This computer is shared: sign me out after 4 hours
accounts-enter = Enter
accounts-again = Send me a new link
accounts-no-mail = Nothing arrived? Look in your spam folder, or ask one of your facilitators for help.
accounts-link-title = Almost there
accounts-link-lead = Press the button to enter on this device.
accounts-link-gone-title = This link has expired
accounts-link-gone-lead = A sign-in link is valid for 15 minutes and works once.
accounts-link-renewable = It has expired. A new one can leave at once for the e-mail address of the person it was meant for.
accounts-new-link-subject = Your new link
accounts-new-link-text = The link you were sent has expired. Here is a new one, for the same thing.
accounts-new-link-foot = If you asked for nothing, do nothing: nobody acts without this e-mail.
accounts-new-link-sent = A new link has just left by e-mail, for the address of the person it was meant for.
accounts-wrong-code = These are not the six digits of the latest e-mail.
accounts-expired-code = This code has expired. Ask for a new link.
accounts-too-many = Too many tries in a row. Wait a quarter of an hour.
accounts-welcome = Welcome. You are signed in on this device.
accounts-goodbye = You are signed out. See you soon.
accounts-mail-subject = { $code } is your code for Tablée
accounts-mail-hello = Hello { $name },
accounts-mail-text = Here are your link and your code to enter Tablée. They are valid for { $minutes } minutes.
accounts-mail-button = Enter Tablée
accounts-mail-foot = If you did not ask for this, do nothing: nobody enters without this e-mail.
accounts-note-button = See it in Tablée
accounts-note-foot = You get this e-mail because your organisation takes part in the coordination.
accounts-digest-subject = { $count ->
    [one] One piece of news from the coordination
   *[other] { $count } pieces of news from the coordination
}
accounts-digest-intro = { $count ->
    [one] Here is what happened:
   *[other] Here are the { $count } things that happened:
}
accounts-digest-stop-label = Link to change how often you get this digest
accounts-digest-title = Your e-mail digest
accounts-digest-lead = One e-mail gathers the news. What concerns you directly arrives at once.
accounts-digest-rhythm = How often?
accounts-digest-weekly = Once a week, on Monday
accounts-digest-daily = Every morning
accounts-digest-never = Never
accounts-digest-save = Save
accounts-digest-saved = Noted.
accounts-several-subject = { $more ->
    [one] { $first } (and one more)
   *[other] { $first } (and { $more } more)
}
accounts-several-intro = Here are { $count } things that do not wait:
accounts-digest-more = { $count ->
    [one] And one more, to be read in Tablée.
   *[other] And { $count } more, to be read in Tablée.
}
accounts-account-title = Your account
accounts-account-lead = What Tablée knows of you, and how you come in.
accounts-account-you = You
accounts-account-name = Your name
accounts-account-name-hint = As others know you. Example: Awa Diop
accounts-account-email = Your e-mail address
accounts-account-email-hint = To change it, write to one of your facilitators.
accounts-account-language = Your language
accounts-account-language-fr = Français
accounts-account-language-en = English
accounts-account-digest = The digest of news by e-mail
accounts-account-kept = It is saved.
accounts-devices-title = Where your account is open
accounts-device-here = This device
accounts-device-other = Another of your devices
accounts-device-shared = A shared computer
accounts-device-since = Since { $from }. Closes by itself { $until }.
accounts-devices-end-others = Sign out elsewhere
accounts-devices-hint = A lost phone, a computer left open? Sign out elsewhere: a new e-mail will be needed to enter there.
accounts-devices-ended = { $count ->
    [0] There was no other.
    [one] You are signed out on one other device.
   *[other] You are signed out on { $count } other devices.
}
accounts-passkeys-title = Passkeys
accounts-passkeys-lead = A passkey opens Tablée with your finger, your face or your phone’s code, without waiting for an e-mail. It stays on your device; the e-mail always works.
accounts-passkey-elsewhere = To add one, open this page with a recent browser, on your phone or your computer.
accounts-passkey-name = Name of the new passkey
accounts-passkey-name-hint = To know it again in this list. Example: my phone
accounts-passkey-add = Add a passkey on this device
accounts-passkey-unnamed = Passkey of { $day }
accounts-passkey-since = Added { $moment }
accounts-passkey-used = Used { $moment }
accounts-passkey-never-used = Not used yet
accounts-passkey-is-aside = Set aside: remove it, then add a new one
accounts-passkey-remove = Remove the passkey “{ $key }”
accounts-passkey-remove-short = Remove
accounts-passkey-added = Your passkey is ready. Next time, enter with it.
accounts-passkey-removed = The passkey “{ $key }” opens nothing here any more.
accounts-passkey-put-back = The passkey “{ $key }” works again.
accounts-passkey-have = Do you have a passkey?
accounts-passkey-open-with = Enter with your finger, your face or your phone’s code.
accounts-passkey-enter = Enter with my passkey
accounts-passkey-not-given = Your device gave no passkey. Try again, or use the e-mail: it always works.
accounts-passkey-gone = Time has run out, or this page was used already. Try again.
accounts-passkey-unknown = This passkey is not known here, or was removed. Enter by e-mail: you can then add a new one.
accounts-passkey-not-proven = Your passkey could not be checked. Try again, or use the e-mail.
accounts-passkey-set-aside = To be safe, this passkey is set aside: a copy of it may exist. Enter by e-mail, remove it, then add a new one.
accounts-passkey-shared = This computer is shared: add your passkey from your own device.
accounts-passkey-enough = You have ten passkeys already. Remove one to add another.
accounts-passkey-not-kept = This device cannot keep a passkey. Try with your phone.
accounts-passkey-known = This device has a passkey for you already.
accounts-passkey-mail-added-subject = A passkey was added to your account
accounts-passkey-mail-added = The passkey “{ $key }” was added to your Tablée account { $moment }.
accounts-passkey-mail-removed-subject = A passkey was removed from your account
accounts-passkey-mail-removed = The passkey “{ $key }” was removed from your Tablée account { $moment }.
accounts-passkey-mail-back-subject = A passkey was put back on your account
accounts-passkey-mail-back = The passkey “{ $key }” was put back on your Tablée account { $moment }.
accounts-passkey-mail-aside-subject = A passkey of your account was set aside
accounts-passkey-mail-aside = The passkey “{ $key }” of your Tablée account was set aside { $moment }: a copy of it may exist. Remove it, then add a new one.
accounts-passkey-mail-not-you = If this was you, there is nothing to do. If not, open your account, remove the passkeys you do not know and sign out elsewhere.
accounts-passkey-mail-button = See my account
accounts-passkey-mail-foot = You get this e-mail each time a passkey of your account changes.
