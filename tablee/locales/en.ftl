tablee-nav-home = Home
tablee-home-hello = Hello { $name }
tablee-home-post = Offer food
tablee-home-waiting = Waiting for you
tablee-home-more = { $count ->
    [one] One more, less pressing, in the pages above.
   *[other] { $count } more, less pressing, in the pages above.
}
tablee-home-nothing-title = Nothing is waiting for you
tablee-home-nothing-text = Offers to take, proposals to accept and the day’s handovers will appear here.
tablee-home-nothing-action = See the collections
tablee-home-nowhere-title = You are in no organisation yet
tablee-home-nowhere-text = Ask your association or the CCAS to invite you: this page will fill as soon as you arrive.

tablee-welcome-title = Tablée: where food aid is coordinated
tablee-welcome-lead = A shop’s surplus, a pallet bought together, a need for baby milk: all meet at one table, and nobody loses their independence.
tablee-welcome-demo = Try the demonstration
tablee-welcome-share = Offer and ask in a minute
tablee-welcome-share-detail = From a phone, without a password. You would rather call? Somebody can type it in for you.
tablee-welcome-fair = Share fairly, and be able to check
tablee-welcome-fair-detail = The rule is written in plain words. Each organisation reads why it received what it received.
tablee-welcome-own = Keep hold of your data
tablee-welcome-own-detail = Each organisation chooses who sees what, and reads who looked. Nothing is kept on the people who are helped.

tablee-accessibility-title = Accessibility
tablee-accessibility-lead = Tablée wants to be usable by everybody: by keyboard, by voice, in large type.
tablee-accessibility-state = State: partially compliant with RGAA 4.1.2 by our own checks. No third party has audited it yet.
tablee-accessibility-known = Checked at every version: contrast, keyboard reading, display at 320 pixels and the faults the axe tool can find.
tablee-accessibility-contact = Is a page giving you trouble? Tell one of your facilitators: you will get its content in another way, and the fault will be mended.
tablee-accessibility-rights = Without an answer from us, you may turn to the Défenseur des droits.

tablee-data-title = Your data
tablee-data-lead = What Tablée keeps, for whom, and how to take it back.
tablee-data-nobody-helped = People who are helped: nothing. No name, no birth date, no address. Requests and reports are counts.
tablee-data-what = People who use Tablée: your name, your e-mail, your phone if you give it. Erased on request, and two years after your last visit at the latest.
tablee-data-who = Organisations: each owns its card and its figures and chooses who sees them. Neither the town nor the facilitators have a pass-key.
tablee-data-read = Each organisation reads which organisations looked at what it shares.
tablee-data-leave = An organisation may leave at any time with all of its data, in ordinary files.
tablee-data-cookies = Cookies: one to stay signed in, one for the language, one for the confirmation message and, for five minutes, one to enter with a passkey. None to measure or sell anything.

tablee-demo-title = Enter the demonstration
tablee-demo-lead = Choose a person: you see what they would see. Organisations and people are fictitious.
tablee-demo-others = Choose somebody else
tablee-demo-mailbox = Read the demonstration’s e-mails
tablee-demo-mailbox-title = The demonstration’s e-mails
tablee-demo-mailbox-lead = Nothing really leaves: here is what each person would have received.
tablee-demo-mailbox-empty = No e-mail yet
tablee-demo-mailbox-empty-text = Offer food or ask for a sign-in link: e-mails will appear here.
tablee-demo-mail-to = To { $name }, { $moment }
tablee-demo-mailbox-mine = For { $name }
tablee-demo-mailbox-all = For everybody
tablee-demo-mail-from = In the name of { $name }.
tablee-demo-mail-reply = Answers go to { $email }.
tablee-demo-mail-open = Follow the e-mail’s link
tablee-demo-mail-back = All e-mails
tablee-demo-entered = You are now in the place of { $name }.
tablee-demo-role-ccas = Partnership officer at the CCAS, co-facilitator
tablee-demo-role-lead = Runs a social grocery
tablee-demo-role-volunteer = Volunteer of 70 in a small association
tablee-demo-role-hub = Runs the logistics hub
tablee-demo-role-donor = Department manager in a supermarket that gives
tablee-demo-role-cofacilitator = Leads an association, co-facilitator
tablee-demo-role-social-worker = Social worker, reader of the coordination
tablee-demo-role-metropole = Officer at the métropole
