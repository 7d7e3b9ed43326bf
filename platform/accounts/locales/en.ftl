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
accounts-note-foot = You get this e-mail because your structure takes part in the coordination.
accounts-digest-subject = { $count ->
    [one] One piece of news from the coordination
   *[other] { $count } pieces of news from the coordination
}
accounts-digest-intro = { $count ->
    [one] Here is what happened:
   *[other] Here are the { $count } things that happened:
}
accounts-digest-stop-label = Link to set the digest
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
